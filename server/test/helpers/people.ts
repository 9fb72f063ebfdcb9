import type { Role } from '../../src/policy/roles.ts'
import type { TestServer } from './start.ts'

export const password = 'correct horse battery'

/** A token with this role; its headers. */
export async function tokenFor(server: TestServer, role: Role): Promise<{ readonly authorization: string }> {
  const made = await server.ask('POST', '/api/v1/tokens', { name: `${role} token`, roles: [role] })
  if (made.statusCode !== 201) throw new Error(made.body)
  return { authorization: `Bearer ${made.json().token}` }
}

/** A person with this role, and as this rep, signed in; the headers of their browser. */
export async function signedIn(
  server: TestServer,
  role: Role,
  rep: string | null = null,
): Promise<{ readonly authorization: string; readonly cookie: string }> {
  const email = `${role}-${Math.random().toString(36).slice(2)}@example.com`
  const made = await server.ask('POST', '/api/v1/users', { name: role, email, password, roles: [role], rep })
  if (made.statusCode !== 201) throw new Error(made.body)
  const answer = await server.ask('POST', '/api/v1/session', { email, password }, { authorization: '' })
  return { authorization: '', cookie: cookieOf(answer.headers['set-cookie']) }
}

/** The `name=value` of a Set-Cookie header. */
export function cookieOf(header: string | string[] | undefined): string {
  return String(Array.isArray(header) ? header[0] : header).split(';', 1)[0] ?? ''
}

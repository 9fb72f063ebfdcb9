import type { RouteHost } from '@sluice/sdk/server'
import { type rotateSession, sessionLimits } from '../commands/sessions.ts'
import { anonymous } from './caller.ts'
import { sessionCookie } from './cookie.ts'
import type { Identity } from './identify.ts'
import { hashSecret, newSecret } from './secret-text.ts'

/** Opens a session after a sign-in and gives its `Set-Cookie`. The value is new every time, so nobody can plant one beforehand. */
export async function openSessionCookie(host: RouteHost, user: string, secure: boolean): Promise<string> {
  const value = newSecret()
  await host.command('sessions.open', { user, hash: hashSecret(value) }, { ...anonymous, actor: { kind: 'user', id: user } })
  return sessionCookie(value, sessionLimits.lifetimeMs / 1_000, secure)
}

/** A new cookie value once a day; null when it is not time yet or another request just did it. */
export async function rotatedCookie(host: RouteHost, { session, caller }: Identity, secure: boolean): Promise<string | null> {
  if (session === null || host.now() - session.rotatedAt < sessionLimits.rotateAfterMs) return null
  const value = newSecret()
  const { id, hash } = session
  const { rotated } = await host.command<ReturnType<typeof rotateSession>>('sessions.rotate', { id, hash, next: hashSecret(value) }, caller)
  return rotated ? sessionCookie(value, Math.floor((session.expiresAt - host.now()) / 1_000), secure) : null
}

export function endedCookie(secure: boolean): string {
  return sessionCookie('', 0, secure)
}

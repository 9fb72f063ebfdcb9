import { Type } from 'typebox'
import { hashSecret, newSecret, tokenPrefix, tokenPrefixChars } from '../../auth/secret-text.ts'
import { type TokenRow, tokens } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import type { ServerRoute } from '../route.ts'
import { PersonName } from './session.ts'
import { RoleNames } from './users.ts'

const NewToken = Type.Object(
  { name: PersonName, roles: RoleNames, expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_650 })) },
  { additionalProperties: false },
)

/** API tokens for machines. The token is in the answer to its creation and never again. */
export function tokenRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  return [
    {
      method: 'GET',
      url: '/api/v1/tokens',
      summary: 'Every API token, without the token itself',
      tag: 'tokens',
      pagedBy: 'id',
      handle: () => ({ body: { items: records.list(tokens, { orderBy: [['createdAt', 'desc']], limit: 10_000 }).map(view) } }),
    },
    {
      method: 'POST',
      url: '/api/v1/tokens',
      summary: 'Makes an API token and shows it this once',
      tag: 'tokens',
      body: NewToken,
      remembersAnswers: false,
      async handle({ body, caller }, host) {
        const { name, roles, expiresInDays } = body as { name: string; roles: string[]; expiresInDays?: number }
        const token = newSecret(tokenPrefix)
        const expiresAt = expiresInDays === undefined ? null : host.now() + expiresInDays * 86_400_000
        const row = { name, roles, expiresAt, prefix: token.slice(0, tokenPrefixChars), hash: hashSecret(token), grantor: caller.roles }
        const { id } = await host.command<{ id: string }>('tokens.create', row, caller)
        const made = records.find(tokens, { id })
        return { status: 201, body: { ...(made === null ? { id } : view(made)), token } }
      },
    },
    {
      method: 'DELETE',
      url: '/api/v1/tokens/:id',
      summary: 'Revokes a token at once',
      tag: 'tokens',
      async handle({ params: { id = '' }, caller }, host) {
        await host.command('tokens.revoke', { id }, caller)
        return { status: 204 }
      },
    },
  ]
}

function view({ id, name, prefix, roles, createdBy, createdAt, expiresAt, revokedAt }: TokenRow) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return { id, name, prefix, roles, createdBy, createdAt: iso(createdAt), expiresAt: iso(expiresAt), revokedAt: iso(revokedAt) }
}

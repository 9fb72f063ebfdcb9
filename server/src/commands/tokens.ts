import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { tokens } from './tables.ts'
import { assertGrantable } from './users.ts'

export interface NewToken {
  readonly name: string
  readonly prefix: string
  readonly hash: string
  readonly roles: readonly string[]
  readonly expiresAt: number | null
  readonly grantor: readonly string[] | null
}

/** Command `tokens.create` → `{ id }`. The token itself never gets here, only its hash. */
export function createToken(context: WriteContext, token: NewToken): { readonly id: string } {
  assertGrantable(token.roles, token.grantor)
  const { name, prefix, hash, roles, expiresAt } = token
  const id = context.newId()
  const { actor, now } = context
  // A token makes tokens for its own maker, so that no chain of them hides who is behind; the audit log names the token.
  const createdBy = actor.behind ?? actor.id
  context.records.insert(tokens, { id, name, prefix, hash, roles, createdBy, createdAt: now, expiresAt, revokedAt: null })
  context.audit('token.created', { token: id }, { roles: [...roles] })
  return { id }
}

/** Command `tokens.revoke`. */
export function revokeToken(context: WriteContext, { id }: { readonly id: string }): { readonly revoked: boolean } {
  if (context.records.find(tokens, { id }) === null) throw refuse('SLU_TOKEN_UNKNOWN_ID')
  const revoked = context.records.update(tokens, { id, revokedAt: null }, { revokedAt: context.now }) === 1
  if (revoked) context.audit('token.revoked', { token: id })
  return { revoked }
}

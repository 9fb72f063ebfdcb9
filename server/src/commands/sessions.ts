import type { WriteContext } from '@sluice/sdk/server'
import { sessions } from './tables.ts'

/**
 * A session is open from sign-in until sign-out, 30 days, or a change of the person's rights.
 * Its cookie value is replaced once a day; the old one is good for a minute more.
 */
export const sessionLimits = { lifetimeMs: 30 * 86_400_000, rotateAfterMs: 86_400_000, previousGoodMs: 60_000, perUserMax: 20 } as const

/** Command `sessions.open` → `{ id }`. The person's oldest session makes room when there are too many. */
export function openSession(
  context: WriteContext,
  { user, hash }: { readonly user: string; readonly hash: string },
): { readonly id: string } {
  const at = context.now
  context.records.delete(sessions, { expiresAt: { lt: at } })
  const open = context.records.list(sessions, { where: { user }, orderBy: [['createdAt', 'desc']] })
  for (const old of open.slice(sessionLimits.perUserMax - 1)) context.records.delete(sessions, { id: old.id })
  const id = context.newId()
  const expiresAt = at + sessionLimits.lifetimeMs
  context.records.insert(sessions, { id, user, hash, previousHash: null, previousUntil: 0, createdAt: at, rotatedAt: at, expiresAt })
  context.audit('session.opened', { user, session: id })
  return { id }
}

/** Command `sessions.rotate`: a new cookie value. False when another request was faster. */
export function rotateSession(
  context: WriteContext,
  { id, hash, next }: { readonly id: string; readonly hash: string; readonly next: string },
): { readonly rotated: boolean } {
  const patch = { hash: next, previousHash: hash, previousUntil: context.now + sessionLimits.previousGoodMs, rotatedAt: context.now }
  return { rotated: context.records.update(sessions, { id, hash }, patch) === 1 }
}

/** Command `sessions.close`. */
export function closeSession(context: WriteContext, { id }: { readonly id: string }): { readonly closed: boolean } {
  const session = context.records.find(sessions, { id })
  if (session === null) return { closed: false }
  context.records.delete(sessions, { id })
  context.audit('session.closed', { user: session.user, session: id })
  return { closed: true }
}

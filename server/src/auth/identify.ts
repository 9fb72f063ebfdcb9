import type { RecordsReader } from '@sluice/engine/worker'
import type { Caller } from '@sluice/sdk/server'
import { type SessionRow, sessions, type TokenRow, tokens, type UserRow, users } from '../commands/tables.ts'
import { refuse } from '../http/errors/refusal.ts'
import { makeCaller } from './caller.ts'
import { hashSecret, sameText } from './secret-text.ts'

/** Who stands behind a request, and how they proved it. */
export interface Identity {
  readonly caller: Caller
  /** Cookies travel by themselves, so a request that carries one must prove that our own page sent it. */
  readonly by: 'cookie' | 'token'
  readonly user: UserRow | null
  readonly session: SessionRow | null
}

export interface Identifier {
  /** Null when the request names nobody; throws when it names somebody wrongly. */
  identify(authorization: string | undefined, cookie: string | undefined): Identity | null
  /** Rights changed: ask the records again. */
  forget(): void
}

/** Each answer is kept for a moment, because a sender's thousand events a second carry the same token. */
const keptMs = 5_000
const keptMax = 2_000

export function identifier(records: RecordsReader, adminToken: string | null, now: () => number): Identifier {
  const kept = new Map<string, { readonly identity: Identity | null; readonly until: number }>()
  const remember = (key: string, find: () => Identity | null): Identity | null => {
    const at = now()
    const known = kept.get(key)
    if (known !== undefined && known.until > at) return known.identity
    const identity = find()
    if (kept.size >= keptMax) kept.clear()
    kept.set(key, { identity, until: Math.min(at + keptMs, identity?.session?.expiresAt ?? Number.MAX_SAFE_INTEGER) })
    return identity
  }
  return {
    identify(authorization, cookie) {
      if (authorization !== undefined) {
        const token = /^Bearer +([\x21-\x7e]{8,500})$/i.exec(authorization)?.[1]
        const identity = token === undefined ? null : remember(`t ${hashSecret(token)}`, () => ofToken(records, token, adminToken, now()))
        if (identity === null) throw refuse('SLU_TOKEN_INVALID', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } })
        return identity
      }
      if (cookie === undefined || cookie === '' || cookie.length > 200) return null
      const hash = hashSecret(cookie)
      return remember(`c ${hash}`, () => ofCookie(records, hash, now()))
    },
    forget: () => kept.clear(),
  }
}

function ofToken(records: RecordsReader, token: string, adminToken: string | null, now: number): Identity | null {
  if (adminToken !== null && sameText(token, adminToken)) {
    const caller = makeCaller({ actor: { kind: 'token', id: 'admin' }, name: 'SLUICE_ADMIN_TOKEN', roles: ['admin'], rep: null })
    return { caller, by: 'token', user: null, session: null }
  }
  const [row] = records.list(tokens, { where: { hash: hashSecret(token) }, limit: 1 })
  if (row === undefined || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return null
  const behind = behindToken(records, row)
  const actor = { kind: 'token', id: row.id, ...(behind === null ? {} : { behind: behind.id }) } as const
  const behindRep = behind?.rep == null ? {} : { behindRep: behind.rep }
  const caller = makeCaller({ actor, name: row.name, roles: row.roles, rep: null, ...behindRep })
  return { caller, by: 'token', user: null, session: null }
}

function ofCookie(records: RecordsReader, hash: string, now: number): Identity | null {
  const session = findSession(records, hash, now)
  const user = session === null || session.expiresAt <= now ? null : records.find(users, { id: session.user })
  if (session === null || user === null || !user.active) return null
  const caller = makeCaller({ actor: { kind: 'user', id: user.id }, name: user.name, roles: user.roles, rep: user.rep })
  return { caller, by: 'cookie', user, session }
}

function findSession(records: RecordsReader, hash: string, now: number): SessionRow | null {
  const [current] = records.list(sessions, { where: { hash }, limit: 1 })
  if (current !== undefined) return current
  const [rotated] = records.list(sessions, { where: { previousHash: hash }, limit: 1 })
  return rotated !== undefined && rotated.previousUntil > now ? rotated : null
}

/** The person who made it, also by another token; nobody for one made at the machine or with the admin token of the environment. */
function behindToken(records: RecordsReader, { createdBy }: TokenRow): UserRow | null {
  const seen = new Set<string>()
  for (let id = createdBy; !seen.has(id); ) {
    seen.add(id)
    const maker = records.find(tokens, { id })
    if (maker === null) return records.find(users, { id })
    id = maker.createdBy
  }
  return null
}

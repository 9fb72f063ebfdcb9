import type { CoreEffect } from '../core/effect.ts'
import type { RunId, TokenId } from '../core/ids.ts'
import { engineLimits } from './limits.ts'
import type { LiveRun } from './live-run.ts'
import { defineTable } from './records.ts'
import type { Work } from './work.ts'

interface LockRow {
  readonly run: RunId
  /** The token that asked: names the hold and the place in the queue. */
  readonly token: TokenId
  /** One name for all flows of the workspace. */
  readonly key: string
  readonly state: 'held' | 'waiting'
  /** Order of asking, per key. */
  readonly place: number
  /** How many may hold it at once, as this one sees it. */
  readonly limit: number
  /** Tokens of the same run whose holds this one stands in: it keeps them while it waits. */
  readonly under: readonly TokenId[]
}

/** Locks that steps of any run hold or queue for. Part of the run's own commits, so a restart changes nothing. */
export const locksTable = defineTable<LockRow>({
  name: 'engine_locks',
  columns: {
    run: { type: 'text' },
    token: { type: 'text' },
    key: { type: 'text' },
    state: { type: 'text' },
    place: { type: 'integer' },
    limit: { type: 'integer' },
    under: { type: 'json' },
  },
  primaryKey: ['run', 'token'],
  indexes: [{ columns: ['key', 'state', 'place'] }],
})

/** In the order of asking; refused when the queue is full or when waiting could never end. */
export function requestLock(work: Work, live: LiveRun, { token, key, limit, under }: Extract<CoreEffect, { kind: 'lock.request' }>): void {
  const { records } = work.store
  const held = records.count(locksTable, { key, state: 'held' })
  const waiting = records.count(locksTable, { key, state: 'waiting' })
  if (waiting >= engineLimits.lockQueueMax) {
    const message = `${waiting} lines already wait for the lock “${key}” (limit ${engineLimits.lockQueueMax}); use narrower keys`
    refuse(work, live, token, 'SLU_LOCK_QUEUE_LIMIT', message)
    return
  }
  const row = { run: live.id, token, key, place: placeBehind(work, key), limit, under }
  if (waiting === 0 && held < limit) {
    records.insert(locksTable, { ...row, state: 'held' })
    grant(work, row)
  } else if (under.length > 0 && waitsForItself(work, key, new Set(under.map((id) => `${live.id} ${id}`)), new Set())) {
    const message = `waiting for the lock “${key}” could never end: who holds it waits for a lock that this line holds; take locks in one order`
    refuse(work, live, token, 'SLU_LOCK_DEADLOCK', message)
  } else records.insert(locksTable, { ...row, state: 'waiting' })
}

/** The hold or the place in the queue is gone; whoever is next goes on. */
export function freeLock(work: Work, run: RunId, token: TokenId): void {
  const { records } = work.store
  const row = records.find(locksTable, { run, token })
  if (row === null) return
  records.delete(locksTable, { run, token })
  for (;;) {
    const [next] = records.list(locksTable, { where: { key: row.key, state: 'waiting' }, orderBy: [['place', 'asc']], limit: 1 })
    if (next === undefined || records.count(locksTable, { key: row.key, state: 'held' }) >= next.limit) return
    records.update(locksTable, { run: next.run, token: next.token }, { state: 'held' })
    grant(work, next)
  }
}

function grant(work: Work, { run, token }: Pick<LockRow, 'run' | 'token'>): void {
  work.follow({ kind: 'ask', depth: work.depth, run, command: { kind: 'lock.grant', at: work.now, token } })
}

function refuse(work: Work, live: LiveRun, token: TokenId, code: string, message: string): void {
  const command = { kind: 'lock.refuse', at: work.now, token, error: { code, message, terminal: true } } as const
  work.follow({ kind: 'ask', depth: live.depth, run: live.id, command })
}

function placeBehind(work: Work, key: string): number {
  const [last] = work.store.records.list(locksTable, { where: { key }, orderBy: [['place', 'desc']], limit: 1 })
  return (last?.place ?? 0) + 1
}

/**
 * Whether everyone who holds this lock is kept from giving it back by `mine`: by waiting, in a hold's own lines, for a lock of
 * which the same is true. A hold ends with the last of its lines, so one that waits is enough.
 */
function waitsForItself(work: Work, key: string, mine: ReadonlySet<string>, asked: Set<string>): boolean {
  if (asked.has(key)) return false
  asked.add(key)
  const { records } = work.store
  const holders = records.list(locksTable, { where: { key, state: 'held' } })
  return (
    holders.length > 0 &&
    holders.every(
      ({ run, token }) =>
        mine.has(`${run} ${token}`) ||
        records
          .list(locksTable, { where: { run, state: 'waiting' } })
          .some((other) => other.under.includes(token) && waitsForItself(work, other.key, mine, asked)),
    )
  )
}

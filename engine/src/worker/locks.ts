import type { CoreEffect } from '../core/effect.ts'
import type { RunId, TokenId } from '../core/ids.ts'
import { type Worded, worded } from '../core/words.ts'
import { engineLimits } from './limits.ts'
import type { LiveRun } from './live-run.ts'
import { fairEach, type Rank, rankOfRun, ranks } from './rank.ts'
import { defineTable, type Where } from './records.ts'
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
  /** Absent for what is normal, and in rows of releases that knew no ranks. */
  readonly rank: Rank | null
  /** How often others went before it while it was the one that had waited longest. */
  readonly passed: number | null
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
    rank: { type: 'integer', nullable: true },
    passed: { type: 'integer', nullable: true },
  },
  primaryKey: ['run', 'token'],
  indexes: [{ columns: ['key', 'state', 'place'] }, { columns: ['key', 'state', 'rank', 'place'] }],
})

/** By rank, and then in the order of asking; refused when the queue is full or when waiting could never end. */
export function requestLock(work: Work, live: LiveRun, request: Extract<CoreEffect, { kind: 'lock.request' }>): void {
  const { token, key, limit, under, whenFull } = request
  const { records } = work.store
  const held = records.count(locksTable, { key, state: 'held' })
  const waiting = records.count(locksTable, { key, state: 'waiting' })
  if (whenFull === 'drop' && held + waiting >= limit) {
    dropStart(work, live, limit)
    return
  }
  if (waiting >= engineLimits.lockQueueMax) {
    const limit = engineLimits.lockQueueMax
    const en = `${waiting} lines already wait for the lock “${key}” (limit ${limit}); use narrower keys`
    const zh = `已有 ${waiting} 条分支在等待锁“${key}”（上限 ${limit}），请使用更细的键`
    refuse(work, live, token, worded('SLU_LOCK_QUEUE_LIMIT', en, zh))
    return
  }
  const rank = rankOfRun(live)
  if (whenFull === 'replace') makeRoom(work, { key, limit }, { run: live.id, rank })
  const row = {
    run: live.id,
    token,
    key,
    place: placeBehind(work, key),
    limit,
    under,
    rank: rank === ranks.normal ? null : rank,
    passed: null,
  }
  if (waiting === 0 && held < limit) {
    records.insert(locksTable, { ...row, state: 'held' })
    grant(work, row)
  } else if (under.length > 0 && waitsForItself(work, key, new Set(under.map((id) => `${live.id} ${id}`)), new Set())) {
    const en = `waiting for the lock “${key}” could never end: who holds it waits for a lock that this line holds; take locks in one order`
    const zh = `对锁“${key}”的等待永远不会结束：持有者正在等待本分支持有的锁；请在各处以相同顺序加锁`
    refuse(work, live, token, worded('SLU_LOCK_DEADLOCK', en, zh))
  } else {
    records.insert(locksTable, { ...row, state: 'waiting' })
    // Who stands in front may wait for a lock of its own, narrower limit; a line of a higher rank does not stand behind that.
    if (waiting > 0 && held < limit) giveOn(work, key)
  }
}

/** The oldest ones end, so that the new one is within the limit; none that goes before it does. */
export function makeRoom(
  work: Work,
  { key, limit }: { readonly key: string; readonly limit: number },
  { run: by, rank }: { readonly run: RunId; readonly rank: Rank },
): void {
  const rows = work.store.records.list(locksTable, { where: { key }, orderBy: [['place', 'asc']], limit: 10_000 })
  const runs = [...new Set(rows.map(({ run }) => run))]
  const urgent = new Set(rows.filter((row) => (row.rank ?? ranks.normal) < rank).map(({ run }) => run))
  for (const run of runs.filter((run) => !urgent.has(run)).slice(0, Math.max(0, runs.length - limit + 1)))
    cancel(work, run, `run ${by} took its place`)
}

/** A start that waited for quiet or its share finds no room, and its flow drops what does not fit in. */
function dropStart(work: Work, live: LiveRun, limit: number): void {
  const refs = { run: live.id, flow: live.prepared.flow.key, trigger: live.state?.trigger ?? '', by: 'concurrency' }
  work.store.audit.append({ at: work.now, actor: work.actor, kind: 'engine.start-dropped', refs, payload: null })
  cancel(work, live.id, `its flow runs ${limit} at once and drops what does not fit in`)
}

function cancel(work: Work, run: RunId, reason: string): void {
  work.follow({ kind: 'ask', depth: work.depth, run, command: { kind: 'run.cancel', at: work.now, reason, by: null } })
}

/** The hold or the place in the queue is gone; whoever is next goes on. */
export function freeLock(work: Work, run: RunId, token: TokenId): void {
  const { records } = work.store
  const row = records.find(locksTable, { run, token })
  if (row === null) return
  records.delete(locksTable, { run, token })
  giveOn(work, row.key)
}

/** As long as there is room, whoever is next goes on. */
function giveOn(work: Work, key: string): void {
  const { records } = work.store
  for (;;) {
    const oldest = firstWaiting(work, key, {})
    if (oldest === undefined) return
    const next = (oldest.passed ?? 0) >= fairEach - 1 ? oldest : (mostUrgent(work, key, oldest) ?? oldest)
    if (records.count(locksTable, { key, state: 'held' }) >= next.limit) return
    const { run, token } = oldest
    if (next.place !== oldest.place) records.update(locksTable, { run, token }, { passed: (oldest.passed ?? 0) + 1 })
    records.update(locksTable, { run: next.run, token: next.token }, { state: 'held' })
    grant(work, next)
  }
}

function mostUrgent(work: Work, key: string, oldest: LockRow): LockRow | undefined {
  return (
    firstWaiting(work, key, { rank: { lt: ranks.normal } }) ?? (oldest.rank === null ? oldest : firstWaiting(work, key, { rank: null }))
  )
}

function firstWaiting(work: Work, key: string, where: Where<LockRow>): LockRow | undefined {
  const orderBy = [...('rank' in where ? [['rank', 'asc'] as const] : []), ['place', 'asc'] as const]
  return work.store.records.list(locksTable, { where: { key, state: 'waiting', ...where }, orderBy, limit: 1 })[0]
}

function grant(work: Work, { run, token }: Pick<LockRow, 'run' | 'token'>): void {
  work.follow({ kind: 'ask', depth: work.depth, run, command: { kind: 'lock.grant', at: work.now, token } })
}

function refuse(work: Work, live: LiveRun, token: TokenId, error: Worded): void {
  const command = { kind: 'lock.refuse', at: work.now, token, error: { ...error, terminal: true } } as const
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

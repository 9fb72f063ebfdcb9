/**
 * Outside acts: queued → begun → done, or cancelled on the way. Rows stay after they are done: they prove what left and when.
 */
import type { OutboxRow, OutboxState, Store, Use } from '@sluice/engine/worker'
import type { JsonObject } from '@sluice/flows'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { storedJson } from '../stored-json.ts'

export interface StoredOutboxRow {
  readonly id: string
  readonly run: string | null
  readonly token: string | null
  readonly node: string | null
  readonly attempt: number
  readonly handler: string
  readonly request: string
  readonly use: string | null
  readonly refused_port: string | null
  readonly idempotency_key: string
  readonly on_result: string | null
  readonly state: OutboxState
  readonly not_before: number
  readonly begun_at: number | null
  readonly rank: number
}

/** Every column but `position` and `sum`, in the order the checksum takes them. */
export const outboxColumns =
  'id, run, token, node, attempt, handler, request, use, subject, refused_port, idempotency_key, on_result, state, not_before, begun_at, rank'

export function outboxStore(db: Connection): Store['outbox'] {
  const insert = db.prepare(`INSERT INTO outbox (${outboxColumns}, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const find = db.prepare<[string], StoredOutboxRow>('SELECT * FROM outbox WHERE id = ?')
  const findByToken = db.prepare<[string, string], StoredOutboxRow>(
    'SELECT * FROM outbox WHERE run = ? AND token = ? ORDER BY position DESC LIMIT 1',
  )
  const update = db.prepare('UPDATE outbox SET state = ?, not_before = ?, begun_at = ?, sum = ? WHERE id = ?')
  const summed = db.prepare<[string], StoredOutboxRow & { subject: string | null }>('SELECT * FROM outbox WHERE id = ?')
  const ready = db.prepare<[number, number, number], StoredOutboxRow>(
    "SELECT * FROM outbox WHERE state = 'queued' AND rank = ? AND not_before <= ? ORDER BY not_before, position LIMIT ?",
  )
  const begun = db.prepare<[], StoredOutboxRow>("SELECT * FROM outbox WHERE state = 'begun' ORDER BY position")
  const open = db.prepare<[string], StoredOutboxRow>(
    "SELECT * FROM outbox WHERE subject = ? AND state IN ('queued', 'begun') ORDER BY position",
  )

  /** Who waits longest, whatever the rank. */
  function oldest(now: number, count: number): StoredOutboxRow[] {
    return ranks
      .flatMap((rank) => ready.all(rank, now, count))
      .sort((left, right) => left.not_before - right.not_before)
      .slice(0, count)
  }

  return {
    insert(row) {
      const values = valuesOf(row)
      insert.run(...values, rowSum(values))
    },
    find: (id) => orNull(find.get(id)),
    findByToken: (run, token) => orNull(findByToken.get(run, token)),
    update(id, patch) {
      const row = summed.get(id)
      if (row === undefined) return
      const changed = valuesOf({ ...rowOf(row), ...patch })
      update.run(patch.state, patch.notBefore ?? row.not_before, patch.begunAt ?? row.begun_at, rowSum(changed), id)
    },
    ready(now, limit, fair) {
      const found = fair === 0 ? [] : oldest(now, Math.min(fair, limit))
      const ids = new Set(found.map(({ id }) => id))
      for (const rank of ranks) {
        if (found.length >= limit) break
        const places = limit - found.length
        const next = ready.all(rank, now, places + ids.size).filter(({ id }) => !ids.has(id))
        found.push(...next.slice(0, places))
      }
      return found.map(rowOf)
    },
    begun: () => begun.all().map(rowOf),
    openOfSubject: (subject) => open.all(subject).map(rowOf),
  }
}

/** The first one first. Rows that an earlier release stored for a withdrawal have the second of them. */
const ranks = [-1, 0, 1, 2] as const

function valuesOf(row: OutboxRow): (string | number | null)[] {
  return [
    row.id,
    row.run,
    row.token,
    row.node,
    row.attempt,
    row.handler,
    JSON.stringify(row.request),
    row.use === null ? null : JSON.stringify(row.use),
    row.use?.subject ?? null,
    row.refusedPort,
    row.idempotencyKey,
    row.onResult,
    row.state,
    row.notBefore,
    row.begunAt,
    row.rank ?? 1,
  ]
}

function orNull(row: StoredOutboxRow | undefined): OutboxRow | null {
  return row === undefined ? null : rowOf(row)
}

function rowOf(row: StoredOutboxRow): OutboxRow {
  return {
    id: row.id,
    run: row.run,
    token: row.token,
    node: row.node,
    attempt: row.attempt,
    handler: row.handler,
    request: storedJson<JsonObject>(row.request),
    use: row.use === null ? null : storedJson<Use>(row.use),
    refusedPort: row.refused_port,
    idempotencyKey: row.idempotency_key,
    onResult: row.on_result,
    state: row.state,
    notBefore: row.not_before,
    begunAt: row.begun_at,
    ...(row.rank === -1 || row.rank === 0 || row.rank === 2 ? { rank: row.rank } : {}),
  }
}

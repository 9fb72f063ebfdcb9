/** Runs: one row each. A live run carries its whole state; an ended one only what lists and callers ask for. */
import type { RunError, RunState, RunStatus } from '@sluice/engine/core'
import type { RunIndex, Store } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { storedJson } from '../stored-json.ts'
import { forgetRuns } from './forget.ts'
import { runParts } from './run-parts.ts'

interface RunRow {
  readonly id: string
  readonly flow: string
  readonly version: number
  readonly digest: string
  readonly status: RunStatus
  readonly subject: string | null
  readonly uses: string
  readonly event_id: string | null
  readonly trigger: string
  readonly parent_run: string | null
  readonly parent_token: string | null
  readonly started_at: number
  readonly ended_at: number | null
  readonly seq: number
  readonly output: string | null
  readonly error: string | null
  readonly state: string | null
}

export function runsStore(db: Connection): Store['runs'] {
  const load = db.prepare<[string], RunRow>('SELECT * FROM runs WHERE id = ?')
  const insertSql = `
    INSERT INTO runs (id, flow, version, digest, status, subject, uses, event_id, trigger, parent_run, parent_token,
      started_at, ended_at, seq, output, error, state, sum, part)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  const insert = db.prepare(insertSql)
  // A run stays in the part it was first written to; one about nobody is in none, which is 0.
  const save = db.prepare(`${insertSql}
    ON CONFLICT (id) DO UPDATE SET flow = excluded.flow, version = excluded.version, digest = excluded.digest, status = excluded.status,
      subject = excluded.subject, uses = excluded.uses, event_id = excluded.event_id, trigger = excluded.trigger,
      parent_run = excluded.parent_run, parent_token = excluded.parent_token, started_at = excluded.started_at,
      ended_at = excluded.ended_at, seq = excluded.seq, output = excluded.output, error = excluded.error, state = excluded.state,
      sum = excluded.sum, part = iif(excluded.subject IS NULL, 0, part)`)
  const parts = runParts(db)
  const liveOfSubject = db.prepare<[string], RunRow>('SELECT * FROM runs WHERE subject = ? AND ended_at IS NULL ORDER BY id')

  return {
    load(id) {
      const row = load.get(id)
      return row === undefined ? null : { state: stateOf(row), index: indexOf(row) }
    },
    save(state, index, isNew = false) {
      const values = valuesOf(state, index)
      // Most runs are written once, when they have ended; the way round what may be there costs them a tenth of the row.
      const part = index.subject === null ? 0 : isNew ? parts.next() : parts.current()
      ;(isNew ? insert : save).run(...values, rowSum(values), part)
    },
    forget: forgetRuns(db),
    liveOfSubject(subject) {
      return liveOfSubject.all(subject).map((row) => ({
        id: row.id,
        flow: row.flow,
        version: row.version,
        status: row.status,
        subject: row.subject,
        index: indexOf(row),
      }))
    },
  }
}

function valuesOf(state: RunState, index: RunIndex): (string | number | null)[] {
  return [
    state.id,
    state.flow,
    state.version,
    state.digest,
    state.status,
    index.subject,
    JSON.stringify(index.uses),
    index.eventId,
    state.trigger,
    state.parent?.run ?? null,
    state.parent?.token ?? null,
    state.startedAt,
    state.endedAt,
    state.seq,
    state.endedAt === null || state.output === null ? null : JSON.stringify(state.output),
    state.error === null ? null : JSON.stringify(state.error),
    state.endedAt === null ? JSON.stringify(state) : null,
  ]
}

function indexOf(row: RunRow): RunIndex {
  return { subject: row.subject, uses: storedJson<RunIndex['uses']>(row.uses), eventId: row.event_id }
}

/** The summary of an ended run, in the shape of a state: no tokens are left in it, and outputs are folded from the journal on demand. */
function stateOf(row: RunRow): RunState {
  if (row.state !== null) return storedJson<RunState>(row.state)
  return {
    id: row.id,
    flow: row.flow,
    version: row.version,
    digest: row.digest,
    status: row.status,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    event: null,
    trigger: row.trigger,
    tokens: {},
    scopes: {},
    outputs: {},
    output: row.output === null ? null : storedJson<Json>(row.output),
    error: row.error === null ? null : storedJson<RunError>(row.error),
    parent: row.parent_run === null || row.parent_token === null ? null : { run: row.parent_run, token: row.parent_token },
    next: { token: 0, scope: 0, timer: 0 },
    seq: row.seq,
    limit: null,
  }
}

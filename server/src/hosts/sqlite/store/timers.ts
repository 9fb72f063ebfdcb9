/** Durable timers of runs and packs, found by when they are due. */
import type { Store, TimerRow } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'
import { storedJson } from '../stored-json.ts'

interface StoredTimer {
  readonly run: string
  readonly id: string
  readonly due_at: number
  readonly command: string | null
  readonly payload: string
  readonly rank: number
}

export function timersStore(db: Connection): Store['timers'] {
  const set = db.prepare('INSERT OR REPLACE INTO timers (run, id, due_at, command, payload, sum, rank) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const clear = db.prepare('DELETE FROM timers WHERE run = ? AND id = ?')
  const due = db.prepare<[number, number], StoredTimer>('SELECT * FROM timers WHERE due_at <= ? ORDER BY due_at, run, id LIMIT ?')
  // Those of a rank before normal are few; they have an index of their own, so that all others cost nothing more.
  const urgent = db.prepare<[number, number], StoredTimer>(
    'SELECT * FROM timers WHERE rank < 1 AND due_at <= ? ORDER BY rank, due_at, run, id LIMIT ?',
  )
  const next = db.prepare<[], number>('SELECT due_at FROM timers ORDER BY due_at LIMIT 1').pluck()

  return {
    set(timer) {
      const values = [timer.run, timer.id, timer.dueAt, timer.command, JSON.stringify(timer.payload)]
      set.run(...values, rowSum(values), timer.rank ?? 1)
    },
    clear(run, id) {
      clear.run(run, id)
    },
    due(now, limit, fair) {
      const places = limit - fair
      const first = places > 0 ? urgent.all(now, places) : []
      if (first.length === 0) return due.all(now, limit).map(timerOf)
      const rest = due.all(now, limit).filter(({ run, id }) => !first.some((one) => one.id === id && one.run === run))
      return [...first, ...rest.slice(0, limit - first.length)].map(timerOf)
    },
    nextDueAt: () => next.get() ?? null,
  }
}

function timerOf(row: StoredTimer): TimerRow {
  const { run, id, due_at: dueAt, command, payload, rank } = row
  const timer = { run, id, dueAt, command, payload: storedJson<Json>(payload) }
  return rank === -1 || rank === 0 || rank === 2 ? { ...timer, rank } : timer
}

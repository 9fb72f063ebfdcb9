/** Durable timers of runs and packs, found by when they are due. */
import type { Store, TimerRow } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import type { Connection } from '../connection.ts'
import { rowSum } from '../row-sum.ts'

interface StoredTimer {
  readonly run: string
  readonly id: string
  readonly due_at: number
  readonly command: string | null
  readonly payload: string
}

export function timersStore(db: Connection): Store['timers'] {
  const set = db.prepare('INSERT OR REPLACE INTO timers (run, id, due_at, command, payload, sum) VALUES (?, ?, ?, ?, ?, ?)')
  const clear = db.prepare('DELETE FROM timers WHERE run = ? AND id = ?')
  const due = db.prepare<[number, number], StoredTimer>('SELECT * FROM timers WHERE due_at <= ? ORDER BY due_at, run, id LIMIT ?')
  const next = db.prepare<[], number>('SELECT due_at FROM timers ORDER BY due_at LIMIT 1').pluck()

  return {
    set(timer) {
      const values = [timer.run, timer.id, timer.dueAt, timer.command, JSON.stringify(timer.payload)]
      set.run(...values, rowSum(values))
    },
    clear(run, id) {
      clear.run(run, id)
    },
    due: (now, limit) => due.all(now, limit).map(timerOf),
    nextDueAt: () => next.get() ?? null,
  }
}

function timerOf(row: StoredTimer): TimerRow {
  return { run: row.run, id: row.id, dueAt: row.due_at, command: row.command, payload: JSON.parse(row.payload) as Json }
}

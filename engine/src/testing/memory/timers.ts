import type { Store, TimerRow } from '../../worker/index.ts'
import type { UndoLog } from './undo-log.ts'

/** Timers in a map, with the ones due found by a scan: tests arm hundreds, not millions. */
export function memoryTimers(undo: UndoLog): Store['timers'] & { readonly all: () => readonly TimerRow[] } {
  const timers = new Map<string, TimerRow>()
  return {
    set: (timer) => undo.set(timers, `${timer.run} ${timer.id}`, timer),
    clear(run, id) {
      undo.delete(timers, `${run} ${id}`)
    },
    due(now, limit, fair) {
      const due = [...timers.values()].filter(({ dueAt }) => dueAt <= now).sort(byDue)
      const first = due
        .filter((timer) => rankOf(timer) < 1)
        .sort((left, right) => rankOf(left) - rankOf(right))
        .slice(0, limit - fair)
      return [...first, ...due.filter((timer) => !first.includes(timer))].slice(0, limit)
    },
    nextDueAt() {
      let next: number | null = null
      for (const { dueAt } of timers.values()) if (next === null || dueAt < next) next = dueAt
      return next
    },
    all: () => [...timers.values()].sort(byDue),
  }
}

function rankOf({ rank = 1 }: TimerRow): number {
  return rank
}

function byDue(left: TimerRow, right: TimerRow): number {
  return left.dueAt - right.dueAt || compare(left.run, right.run) || compare(left.id, right.id)
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

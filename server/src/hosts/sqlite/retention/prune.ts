/**
 * Takes away what ended long ago. An event and all the runs it started go together or not at all, so that what was acknowledged is
 * either there with its answer or gone whole; `verify` relies on it. Walks by id, because ids sort by time: what goes lies side by side
 * in the file, and no index has to be kept for it on the hot path.
 */
import type { StartedRun } from '@sluice/engine/worker'
import { encodeTime } from 'ulid'
import type { Connection } from '../connection.ts'
import { storedJson } from '../stored-json.ts'

export interface PruneOrder {
  /** Ended before this instant, in milliseconds, and received before it. */
  readonly before: number
  readonly runsMax: number
  /** Says that the step has taken its time. */
  readonly isOver: () => boolean
}

export interface Pruned {
  readonly runs: number
  readonly events: number
  readonly acts: number
  /** False: nothing more to take at the moment. */
  readonly more: boolean
}

interface EndedRun {
  readonly id: string
  readonly ended_at: number | null
}

interface NamingEvent {
  readonly event: string
  readonly runs: string
}

export interface Pruner {
  /** One step, inside a transaction of the caller. */
  step(order: PruneOrder): Pruned
}

export function pruner(db: Connection): Pruner {
  const runs = db.prepare<[string, string, number], EndedRun>('SELECT id, ended_at FROM runs WHERE id > ? AND id < ? ORDER BY id LIMIT ?')
  const endedAt = db.prepare<[string], number | null>('SELECT ended_at FROM runs WHERE id = ?').pluck()
  const eventAfter = db.prepare<[string], NamingEvent>('SELECT event, runs FROM inbox WHERE event > ? ORDER BY event LIMIT 1')
  const bareEvents = db.prepare<[string, string, number], NamingEvent>(
    'SELECT event, runs FROM inbox WHERE event > ? AND event < ? ORDER BY event LIMIT ?',
  )
  const looseActs = db.prepare<[number, number], number>(`
    SELECT position FROM outbox WHERE position > ? AND run IS NULL AND state IN ('done', 'cancelled') AND not_before < ? ORDER BY position LIMIT 500`)
  const statements = {
    run: db.prepare('DELETE FROM runs WHERE id = ?'),
    journal: db.prepare('DELETE FROM journal WHERE run = ?'),
    acts: db.prepare("DELETE FROM outbox WHERE run = ? AND state IN ('done', 'cancelled')"),
    act: db.prepare('DELETE FROM outbox WHERE position = ?'),
    event: db.prepare('DELETE FROM inbox WHERE event = ?'),
  }
  // Where the walks stand. What was passed over lives still; the next round looks again.
  let runAfter = ''
  let eventPosition = ''
  let actAfter = 0

  /** The event that started a run was stored right after it got its id, by the same clock of ids. */
  function eventOf(run: string): { readonly event: string; readonly runs: readonly string[] } | null {
    const next = eventAfter.get(run)
    if (next === undefined || !next.runs.includes(run)) return null
    return { event: next.event, runs: storedJson<readonly StartedRun[]>(next.runs).map((started) => started.run) }
  }

  function removeRun(id: string): void {
    statements.journal.run(id)
    statements.acts.run(id)
    statements.run.run(id)
  }

  function pruneRuns({ before, runsMax, isOver }: PruneOrder): { readonly runs: number; readonly events: number; readonly more: boolean } {
    const gone = { runs: 0, events: 0 }
    const border = encodeTime(Math.max(0, before), 10)
    while (gone.runs < runsMax && !isOver()) {
      const page = runs.all(runAfter, border, 200)
      if (page.length === 0) {
        runAfter = ''
        return { ...gone, more: false }
      }
      for (const { id, ended_at: ended } of page) {
        if (gone.runs >= runsMax || isOver()) break
        runAfter = id
        if (ended === null || ended >= before) continue
        const origin = eventOf(id)
        const together = origin === null ? [id] : origin.runs
        const open = together.some((run) => run !== id && isOpen(endedAt.get(run), before))
        if (open) continue
        for (const run of together) removeRun(run)
        gone.runs += together.length
        if (origin === null) continue
        statements.event.run(origin.event)
        gone.events += 1
      }
    }
    return { ...gone, more: true }
  }

  /** Events that started nothing, and those whose runs are gone already. */
  function pruneEvents({ before, runsMax, isOver }: PruneOrder): { readonly events: number; readonly more: boolean } {
    let events = 0
    const border = encodeTime(Math.max(0, before), 10)
    while (events < runsMax && !isOver()) {
      const page = bareEvents.all(eventPosition, border, 200)
      if (page.length === 0) {
        eventPosition = ''
        return { events, more: false }
      }
      for (const row of page) {
        eventPosition = row.event
        const named = storedJson<readonly StartedRun[]>(row.runs)
        if (named.some(({ run }) => endedAt.get(run) !== undefined)) continue
        statements.event.run(row.event)
        events += 1
      }
    }
    return { events, more: true }
  }

  function pruneActs({ before }: PruneOrder): { readonly acts: number; readonly more: boolean } {
    const positions = looseActs.pluck().all(actAfter, before)
    for (const position of positions) statements.act.run(position)
    actAfter = positions.at(-1) ?? 0
    return { acts: positions.length, more: positions.length > 0 }
  }

  return {
    step(order) {
      const byRun = pruneRuns(order)
      if (byRun.more) return { ...byRun, acts: 0 }
      const byEvent = pruneEvents(order)
      const events = byRun.events + byEvent.events
      if (byEvent.more) return { runs: byRun.runs, events, acts: 0, more: true }
      const { acts, more } = pruneActs(order)
      return { runs: byRun.runs, events, acts, more }
    },
  }
}

/** A run that is gone stands in nobody's way. */
function isOpen(ended: number | null | undefined, before: number): boolean {
  return ended === null || (ended !== undefined && ended >= before)
}

/** Decides when to prune and how much, a short step at a time between the engine's turns; gives freed pages back to the disk. */
import type { Actor, Store } from '@sluice/engine/worker'
import type { Connection } from '../connection.ts'
import { type Retention, retentionLimits } from './limits.ts'
import { type Pruner, pruner } from './prune.ts'

export interface KeeperPorts {
  readonly db: Connection
  readonly store: Pick<Store, 'transaction' | 'audit'>
  readonly now: () => number
  readonly settings: () => Retention
  /** Runs started since this process began. */
  readonly runsStarted: () => number
}

export interface Keeper {
  /** One step, outside any transaction. Gives the milliseconds after which to call again. */
  step(): number
  stats(): { readonly prunedRuns: number; readonly prunedEvents: number; readonly storedRuns: number }
}

const system: Actor = { kind: 'system', id: 'retention' }
const auditEveryMs = 3_600_000
const dayMs = 86_400_000

export function retentionKeeper({ db, store, now, settings, runsStarted }: KeeperPorts): Keeper {
  // Two walks: one for age, one for number, each with a place of its own in the file.
  const byAge = pruner(db)
  const byNumber = pruner(db)
  const runs = counter(db)
  let counted: number | null = null
  let prunedRuns = 0
  let prunedEvents = 0
  let unaudited = { runs: 0, events: 0 }
  let auditedAt = Number.NEGATIVE_INFINITY

  /** Counted once, over some steps; afterwards what starts and what goes is added and taken away. */
  function storedRuns(): number {
    return (counted ?? runs.soFar) + runsStarted() - prunedRuns
  }

  function take(prune: Pruner, before: number, runsMax: number, isOver: () => boolean): boolean {
    if (runsMax <= 0) return false
    const { runs, events, more } = store.transaction(() => prune.step({ before, runsMax, isOver }))
    prunedRuns += runs
    prunedEvents += events
    unaudited = { runs: unaudited.runs + runs, events: unaudited.events + events }
    return more
  }

  /** At most one entry an hour: pruning under load would otherwise fill the log with itself. */
  function audit(at: number): void {
    if (unaudited.runs + unaudited.events === 0 || at - auditedAt < auditEveryMs) return
    const { runs, events } = unaudited
    store.transaction(() => store.audit.append({ at, actor: system, kind: 'retention.pruned', refs: {}, payload: { runs, events } }))
    unaudited = { runs: 0, events: 0 }
    auditedAt = at
  }

  /** Pages that pruning left empty are used again; only what is far too many goes back to the disk, a few at a time. */
  function giveBack(): boolean {
    const free = db.pragma('freelist_count', { simple: true }) as number
    const pages = db.pragma('page_count', { simple: true }) as number
    if (free <= Math.max(retentionLimits.freePagesMin, pages * retentionLimits.freeShare)) return false
    db.pragma(`incremental_vacuum(${retentionLimits.vacuumPages})`)
    return true
  }

  return {
    step() {
      const began = now()
      // A clock that is set back ends the step too, or it would go on for as long.
      const isOver = () => Math.abs(now() - began) >= retentionLimits.stepMsMax
      if (counted === null) {
        if (!runs.goOn(runsStarted(), isOver)) return retentionLimits.pauseMs
        counted = runs.soFar
      }
      const { runDays, runsMax } = settings()
      const surplus = Math.min(retentionLimits.stepRunsMax, storedRuns() - runsMax)
      const crowded = take(byNumber, began - retentionLimits.keptMsMin, surplus, isOver)
      const aged = isOver() || take(byAge, began - runDays * dayMs, retentionLimits.stepRunsMax, isOver)
      audit(began)
      const vacuums = giveBack()
      return crowded || aged || vacuums ? retentionLimits.pauseMs : retentionLimits.lookMs
    },
    stats: () => ({ prunedRuns, prunedEvents, storedRuns: storedRuns() }),
  }
}

interface RunCounter {
  /** Runs counted so far that began before this process did. */
  readonly soFar: number
  /** Counts on until it is over; true when all are counted. Nothing may be pruned before. */
  goOn(startedHere: number, isOver: () => boolean): boolean
}

/**
 * A file of a million runs takes seconds to count when nothing of it is in memory yet, right after the start, and everybody would wait. Runs
 * that begin meanwhile have later ids than those that are there.
 */
function counter(db: Connection): RunCounter {
  const last = db.prepare<[], string | null>('SELECT max(id) FROM runs').pluck()
  const part = db.prepare<[string, string, number], { readonly count: number; readonly last: string | null }>(
    'SELECT count(*) AS count, max(id) AS last FROM (SELECT id FROM runs WHERE id > ? AND id <= ? ORDER BY id LIMIT ?)',
  )
  let until: string | null | undefined
  let after = ''
  let soFar = 0
  return {
    get soFar() {
      return soFar
    },
    goOn(startedHere, isOver) {
      if (until === undefined) {
        until = last.get() ?? null
        soFar = -startedHere
      }
      while (until !== null && after < until) {
        const found = part.get(after, until, retentionLimits.countedAtOnce)
        if (found?.last == null) break
        soFar += found.count
        after = found.last
        if (isOver()) return after >= until
      }
      return true
    },
  }
}

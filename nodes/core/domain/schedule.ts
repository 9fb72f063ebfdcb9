import { after, durationMs, type EpochMs } from '@sluice/sdk'
import { Cron } from 'croner'

/** When a schedule trigger starts runs: by a cron line or at a steady interval. */
export interface ScheduleSpec {
  readonly cron: string | null
  /** ISO 8601 duration. */
  readonly every: string | null
  /** IANA name. Cron lines are read in this zone, daylight saving included. */
  readonly timeZone: string
}

/** Shortest interval we keep: a schedule is no stream. */
export const intervalMsMin = 1_000

/** The next due instant after `from`, or null when there is none (a cron line for 30 February, a broken one). */
export function nextDue(spec: ScheduleSpec, from: EpochMs): EpochMs | null {
  if (spec.cron !== null) return nextByCron(spec.cron, spec.timeZone, from)
  return spec.every === null ? null : nextByInterval(spec.every, from)
}

/**
 * The next due instant that still lies ahead, counted on from the last one so that an interval keeps its beat.
 * Instants that passed while nothing ran are skipped: one late run stands for all of them.
 */
export function nextAfterFire(spec: ScheduleSpec, lastDue: EpochMs, now: EpochMs): EpochMs | null {
  const next = nextDue(spec, lastDue)
  if (next === null || next > now) return next
  if (spec.cron !== null) return nextDue(spec, now)
  const step = next - lastDue
  return lastDue + Math.ceil((now - lastDue + 1) / step) * step
}

/** Why a cron line cannot be used, or null. */
export function cronProblem(cron: string, timeZone: string): string | null {
  try {
    new Cron(cron, { timezone: timeZone, mode: '5-or-6-parts', paused: true })
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

export function timeZoneExists(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch {
    return false
  }
}

function nextByCron(cron: string, timeZone: string, from: EpochMs): EpochMs | null {
  try {
    return new Cron(cron, { timezone: timeZone, mode: '5-or-6-parts', paused: true }).nextRun(new Date(from))?.getTime() ?? null
  } catch {
    return null
  }
}

function nextByInterval(every: string, from: EpochMs): EpochMs | null {
  const length = durationMs(every, from)
  return length === null || length < intervalMsMin ? null : after(from, every)
}

import { after, durationMs, type EpochMs, isWorkingDay, onWorkingDay, type WorkingCalendar } from '@sluice/sdk'
import { Cron } from 'croner'

/** When a schedule trigger starts runs: by a cron line or at a steady interval. */
export interface ScheduleSpec {
  readonly cron: string | null
  /** ISO 8601 duration. */
  readonly every: string | null
  /** IANA name. Cron lines are read in this zone, daylight saving included. */
  readonly timeZone: string
  /** Days off of this calendar are passed over, or moved from. */
  readonly dayOff?: { readonly calendar: WorkingCalendar; readonly rule: DayOff } | null
}

/** What happens to a time that falls on a day off: it is left out, or comes on the working day after or before. */
export type DayOff = 'skip' | 'next' | 'previous'

/** Shortest interval we keep: a schedule is no stream. */
export const intervalMsMin = 1_000

/** Times looked at to find one on a working day: over a year of daily ones, and of an interval over a long holiday. */
const triesMax = 20_000

/** The next due instant after `from`, or null when there is none (a cron line for 30 February, a broken one). */
export function nextDue(spec: ScheduleSpec, from: EpochMs): EpochMs | null {
  return onDays(spec, from, (at) => rawNext(spec, at))
}

/**
 * The next due instant that still lies ahead, counted on from the last one so that an interval keeps its beat.
 * Instants that passed while nothing ran are skipped: one late run stands for all of them.
 */
export function nextAfterFire(spec: ScheduleSpec, lastDue: EpochMs, now: EpochMs): EpochMs | null {
  const next = nextDue(spec, lastDue)
  if (next === null || next > now) return next
  if (spec.cron !== null) return nextDue(spec, now)
  const step = (rawNext(spec, lastDue) ?? next) - lastDue
  const ahead = lastDue + Math.ceil((now - lastDue + 1) / step) * step
  return onDays(spec, ahead - 1, (at) => (at < ahead ? ahead : rawNext(spec, at)))
}

function rawNext(spec: ScheduleSpec, from: EpochMs): EpochMs | null {
  if (spec.cron !== null) return nextByCron(spec.cron, spec.timeZone, from)
  return spec.every === null ? null : nextByInterval(spec.every, from)
}

/** The first of the times after `from` once days off are passed over or moved from; two that fall together are one. */
function onDays({ dayOff = null }: ScheduleSpec, from: EpochMs, next: (at: EpochMs) => EpochMs | null): EpochMs | null {
  let at = next(from)
  if (dayOff === null) return at
  const { calendar, rule } = dayOff
  for (let tries = 0; at !== null && tries < triesMax; tries++) {
    const kept = rule === 'skip' ? (isWorkingDay(calendar, at) ? at : null) : onWorkingDay(calendar, at, rule)
    if (kept !== null && kept > from) return kept
    at = next(at)
  }
  return null
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

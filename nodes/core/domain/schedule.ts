import {
  after,
  daysOffBefore,
  durationMs,
  type EpochMs,
  isWorkingDay,
  onWorkingDay,
  sameTimeOn,
  type WorkingCalendar,
  workingDayAfter,
} from '@sluice/sdk'
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

/** Times looked at to find one on a working day: nearly four years of Sundays. */
const triesMax = 200

/** The next due instant after `from`, or null when there is none (a cron line for 30 February, a broken one). */
export function nextDue(spec: ScheduleSpec, from: EpochMs): EpochMs | null {
  const { dayOff = null } = spec
  // What moves to the working day after may come from days off before this moment.
  const begin = dayOff?.rule === 'next' ? daysOffBefore(dayOff.calendar, from) : null
  return onDays(spec, from, rawNext(spec, begin === null ? from : begin - 1))
}

/** The next due instants after `from`, at most `count`; fewer when there are no more. */
export function nextDues(spec: ScheduleSpec, from: EpochMs, count: number): readonly EpochMs[] {
  const dues: EpochMs[] = []
  for (let at = nextDue(spec, from); at !== null && dues.length < count; at = nextDue(spec, at)) dues.push(at)
  return dues
}

/**
 * The next due instant that still lies ahead, counted on from the last one so that an interval keeps its beat.
 * Instants that passed while nothing ran are skipped: one late run stands for all of them.
 */
export function nextAfterFire(spec: ScheduleSpec, lastDue: EpochMs, now: EpochMs): EpochMs | null {
  const next = nextDue(spec, lastDue)
  if (next === null || next > now) return next
  if (spec.cron !== null) return nextDue(spec, now)
  const ahead = rawFrom(spec, lastDue, now + 1)
  return ahead === null ? null : onDays(spec, now, ahead)
}

/** Why no run will ever start: no such day is in any calendar, or all of them are days off that are left out. */
export function whyNever(spec: ScheduleSpec): 'no-day' | 'days-off' | null {
  const { cron, dayOff = null } = spec
  if (cron === null || nextByCron(cron, spec.timeZone, 0) === null) return cron === null ? null : 'no-day'
  if (dayOff === null) return null
  return nextDue(spec, Date.UTC(dayOff.calendar.years[0], 0, 1)) === null ? 'days-off' : null
}

function rawNext(spec: ScheduleSpec, from: EpochMs): EpochMs | null {
  if (spec.cron !== null) return nextByCron(spec.cron, spec.timeZone, from)
  return spec.every === null ? null : nextByInterval(spec.every, from)
}

/** The first time at or after `to`, when `at` is an earlier one: an interval keeps its beat. */
function rawFrom(spec: ScheduleSpec, at: EpochMs, to: EpochMs): EpochMs | null {
  if (spec.cron !== null) return rawNext(spec, to - 1)
  const next = rawNext(spec, at)
  return next === null || next >= to ? next : at + Math.ceil((to - at) / (next - at)) * (next - at)
}

/** The first of the times from `first` on, once days off are passed over or moved from, after `from`; two that fall together are one. */
function onDays(spec: ScheduleSpec, from: EpochMs, first: EpochMs | null): EpochMs | null {
  const { dayOff = null } = spec
  let at = first
  if (dayOff === null) return at
  const { calendar, rule } = dayOff
  for (let tries = 0; at !== null && tries < triesMax; tries++) {
    const works = isWorkingDay(calendar, at)
    const kept = works ? at : rule === 'skip' ? null : onWorkingDay(calendar, at, rule)
    if (kept !== null && kept > from) return kept
    // Nobody looks at each second of a long holiday: on to the time of day of `from`, at most to where people work again.
    const open = works ? null : workingDayAfter(calendar, at)
    const same = kept === null ? at : sameTimeOn(calendar, at, from) + 1
    const to = same > at ? Math.min(same, open ?? same) : open
    at = to === null ? rawNext(spec, at) : rawFrom(spec, at, to)
  }
  return null
}

/** What is wrong with a cron line: its number of parts, one of the parts, or something that none of them shows alone. */
export type CronProblem =
  | { readonly kind: 'parts' }
  | { readonly kind: 'part'; readonly part: CronPart; readonly text: string }
  | { readonly kind: 'line' }
export type CronPart = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'weekday'

const cronParts: readonly CronPart[] = ['second', 'minute', 'hour', 'day', 'month', 'weekday']

/** Why a cron line cannot be used, or null. The reader's own reasons are English and speak of its insides: we say which part it refuses. */
export function cronProblem(cron: string, timeZone: string): CronProblem | null {
  // The reader takes a single date or a word such as @reboot too; neither is a time that comes again.
  if (!/^(\S+\s+){4,5}\S+$|^@(?!reboot$)\S+$/i.test(cron.trim())) return { kind: 'parts' }
  if (isCron(cron, timeZone)) return null
  const texts = cron.trim().split(/\s+/)
  if (texts.length < 5) return { kind: 'line' }
  // Each part alone, the others left open.
  const at = texts.findIndex((text, place) => !isCron(texts.map((_, other) => (other === place ? text : '*')).join(' '), timeZone))
  const text = texts[at]
  const part = cronParts[at + cronParts.length - texts.length]
  return text === undefined || part === undefined ? { kind: 'line' } : { kind: 'part', part, text }
}

function isCron(cron: string, timeZone: string): boolean {
  try {
    readCron(cron, timeZone)
    return true
  } catch {
    return false
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

let last: { readonly cron: string; readonly timeZone: string; readonly read: Cron } | null = null

/** The same line is asked again and again while days off are passed over; reading it is most of the work. */
function readCron(cron: string, timeZone: string): Cron {
  if (last?.cron !== cron || last.timeZone !== timeZone)
    last = { cron, timeZone, read: new Cron(cron, { timezone: timeZone, mode: '5-or-6-parts', paused: true }) }
  return last.read
}

function nextByCron(cron: string, timeZone: string, from: EpochMs): EpochMs | null {
  try {
    return readCron(cron, timeZone).nextRun(new Date(from))?.getTime() ?? null
  } catch {
    return null
  }
}

function nextByInterval(every: string, from: EpochMs): EpochMs | null {
  const length = durationMs(every, from)
  return length === null || length < intervalMsMin ? null : after(from, every)
}

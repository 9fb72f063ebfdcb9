import type { EpochMs } from '@sluice/engine/core'
import { parseDuration } from './duration.ts'

/** When people work: hours of the working days of one place. Plain data. */
export interface WorkingCalendar {
  readonly id: string
  readonly label: { readonly en: string; readonly 'zh-CN': string }
  /** IANA name: hours are those on the wall there, daylight saving included. */
  readonly timeZone: string
  /** 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[]
  /** Minutes of the day, in order, not touching: 540 is nine in the morning. */
  readonly hours: readonly (readonly [from: number, to: number])[]
  /** Days off that would be working days, `2026-10-01`. */
  readonly holidays: readonly string[]
  /** Working days that would be days off: a Saturday that makes up for a long holiday. */
  readonly shifted: readonly string[]
  /** Years whose holidays are known; outside of them only the weekdays count. */
  readonly years: readonly [first: number, last: number]
  /** Where the days of each year come from, for those that ship. */
  readonly sources?: readonly {
    readonly year: number
    readonly says: { readonly en: string; readonly 'zh-CN': string }
    readonly address?: string
  }[]
}

const dayMs = 86_400_000
/** Ten years of days: longer waits are typing mistakes. */
const daysMax = 3_660

/**
 * The instant a duration of working time after another: `PT4H` are four hours in which people work, `P2D` the same time of day two
 * working days later. Outside of working time it starts with the next working moment. Null for months and years, which are no
 * working time, and for what lies too far away.
 * @example `afterWorking(calendar, fridayAt17, 'PT2H') // Monday at 10`
 */
export function afterWorking(calendar: WorkingCalendar, start: EpochMs, duration: string): EpochMs | null {
  const parts = parseDuration(duration)
  if (parts === null || parts.years > 0 || parts.months > 0) return null
  const days = new Days(calendar)
  const from = days.next(start)
  const later = from === null ? null : days.skip(from, parts.days)
  return later === null ? null : days.spend(later, parts.ms)
}

/** Whether people work at this moment. */
export function isWorking(calendar: WorkingCalendar, at: EpochMs): boolean {
  return new Days(calendar).next(at) === at
}

/** Whether people work on the day that this moment lies in, at the place of the calendar. */
export function isWorkingDay(calendar: WorkingCalendar, at: EpochMs): boolean {
  const days = new Days(calendar)
  return days.isWorking(days.dayOf(at))
}

/** The same time of day on the next, or the last, working day; the moment itself on a working day. Null: there is none within ten years. */
export function onWorkingDay(calendar: WorkingCalendar, at: EpochMs, direction: 'next' | 'previous'): EpochMs | null {
  const days = new Days(calendar)
  const first = days.dayOf(at)
  const step = direction === 'next' ? 1 : -1
  for (let day = first; Math.abs(day - first) < daysMax; day += step)
    if (days.isWorking(day)) return day === first ? at : instantOf(day, minuteOf(at, calendar.timeZone), calendar.timeZone)
  return null
}

/** When the next working day after the day of this moment begins, at the place of the calendar. Null: there is none within ten years. */
export function workingDayAfter(calendar: WorkingCalendar, at: EpochMs): EpochMs | null {
  const days = new Days(calendar)
  const first = days.dayOf(at) + 1
  for (let day = first; day < first + daysMax; day++) if (days.isWorking(day)) return instantOf(day, 0, calendar.timeZone)
  return null
}

/** When the days off begin in which this moment lies, or that end where its working day begins. Null: there are none. */
export function daysOffBefore(calendar: WorkingCalendar, at: EpochMs): EpochMs | null {
  const days = new Days(calendar)
  const today = days.dayOf(at)
  let first = today
  while (first > today - daysMax && !days.isWorking(first - 1)) first--
  return first === today && days.isWorking(today) ? null : instantOf(first, 0, calendar.timeZone)
}

/** The moment of the day of `day` at which clocks at the place of the calendar show what they show at `time`. */
export function sameTimeOn(calendar: WorkingCalendar, day: EpochMs, time: EpochMs): EpochMs {
  return instantOf(new Days(calendar).dayOf(day), minuteOf(time, calendar.timeZone), calendar.timeZone)
}

/**
 * The day so many days, or working days of a calendar, after another; before it for a negative number. Null: no date, or too far.
 * @example `dayAfter('2026-10-08', -3, china) // 2026-09-29: before National Day and its weekend`
 */
export function dayAfter(date: string, count: number, calendar: WorkingCalendar | null): string | null {
  const first = dayNumber(date)
  if (first === null || Math.abs(count) > daysMax) return null
  if (calendar === null) return dayName(first + count)
  const days = new Days(calendar)
  const step = count < 0 ? -1 : 1
  let left = Math.abs(count)
  for (let day = first; Math.abs(day - first) < 2 * daysMax; day += step) {
    if (day !== first && days.isWorking(day)) left--
    if (left === 0) return dayName(day)
  }
  return null
}

/** The instant at which clocks of the place show this minute of this day; null for what is no date. */
export function instantOn(date: string, minute: number, timeZone: string): EpochMs | null {
  const day = dayNumber(date)
  return day === null ? null : instantOf(day, minute, timeZone)
}

/** The day a date or an instant begins with is in the calendar: `Date.parse` reads 30 February as 2 March. */
export function hasRealDay(text: string): boolean {
  return dayNumber(text.slice(0, 10)) !== null
}

function dayNumber(date: string): number | null {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(date) : Number.NaN
  return Number.isNaN(at) || dayName(at / dayMs) !== date ? null : at / dayMs
}

function dayName(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

class Days {
  readonly #calendar: WorkingCalendar
  readonly #off: ReadonlySet<string>
  readonly #on: ReadonlySet<string>

  constructor(calendar: WorkingCalendar) {
    this.#calendar = calendar
    this.#off = setOf(calendar.holidays)
    this.#on = setOf(calendar.shifted)
  }

  /** The first working moment at or after this one. */
  next(at: EpochMs): EpochMs | null {
    const first = this.dayOf(at)
    for (let day = first; day < first + daysMax; day++) {
      for (const [from, to] of this.#hoursOf(day)) if (at < to) return Math.max(at, from)
    }
    return null
  }

  /** The same time of day so many working days later; one that is no working time there gives the next working moment. */
  skip(at: EpochMs, count: number): EpochMs | null {
    const first = this.dayOf(at)
    const minute = minuteOf(at, this.#calendar.timeZone)
    let left = count
    for (let day = first; day < first + daysMax; day++) {
      if (day > first && this.isWorking(day)) left--
      if (left <= 0) return day === first ? at : this.next(instantOf(day, minute, this.#calendar.timeZone))
    }
    return null
  }

  /** When so much working time has passed. */
  spend(at: EpochMs, ms: number): EpochMs | null {
    const first = this.dayOf(at)
    let left = ms
    for (let day = first; day < first + daysMax; day++) {
      for (const [from, to] of this.#hoursOf(day)) {
        const begin = Math.max(from, at)
        if (begin >= to) continue
        if (left <= to - begin) return begin + left
        left -= to - begin
      }
    }
    return null
  }

  #hoursOf(day: number): readonly (readonly [EpochMs, EpochMs])[] {
    if (!this.isWorking(day)) return []
    const { hours, timeZone } = this.#calendar
    return hours.map(([from, to]) => [instantOf(day, from, timeZone), instantOf(day, to, timeZone)] as const)
  }

  isWorking(day: number): boolean {
    const name = dayName(day)
    if (this.#on.has(name)) return true
    // Day 0 was a Thursday.
    return !this.#off.has(name) && this.#calendar.weekdays.includes(((((day + 3) % 7) + 7) % 7) + 1)
  }

  /** The calendar day at the place, as days since 1970-01-01. */
  dayOf(at: EpochMs): number {
    return Math.floor((at + offsetAt(at, this.#calendar.timeZone)) / dayMs)
  }
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

/** Calendars are asked often and hold up to 2,500 days. */
function setOf(days: readonly string[]): ReadonlySet<string> {
  const known = sets.get(days) ?? new Set(days)
  sets.set(days, known)
  return known
}

function minuteOf(at: EpochMs, timeZone: string): number {
  const wall = at + offsetAt(at, timeZone)
  return (wall - Math.floor(wall / dayMs) * dayMs) / 60_000
}

/**
 * The instant at which clocks of the place show this minute of this day: of a time that comes twice the first, and of one that is
 * skipped as much later as clocks go forward, so that nothing is due before its time or on the day before.
 */
function instantOf(day: number, minute: number, timeZone: string): EpochMs {
  const wall = day * dayMs + minute * 60_000
  const before = offsetAt(wall - dayMs, timeZone)
  const after = offsetAt(wall + dayMs, timeZone)
  const isThere = (offset: number) => offsetAt(wall - offset, timeZone) === offset
  return before === after || isThere(before) || !isThere(after) ? wall - before : wall - after
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** How far clocks of the place are ahead of UTC at this moment. */
function offsetAt(at: EpochMs, timeZone: string): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const
    format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', ...digits })
    formats.set(timeZone, format)
  }
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at / 1_000) * 1_000
}

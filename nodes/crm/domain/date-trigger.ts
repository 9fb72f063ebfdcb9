import { dayAfter, type EpochMs, instantOn, type WorkingCalendar } from '@sluice/sdk'

/** When a flow starts by a date of a customer: so many days before or after it, at a time of day somewhere. */
export interface DateSpec {
  readonly when: 'before' | 'on' | 'after'
  readonly days: number
  /** `HH:MM` on the clocks of `timeZone`. */
  readonly at: string
  readonly timeZone: string
}

export const dateLimits = {
  daysMax: 3_650,
  /** What was due while nothing ran starts late within this time; after it the date counts as missed. */
  catchUpMsMax: 7 * 86_400_000,
  /** Starts of one turn, and customers looked at in one turn after a publish. */
  startsPerTurn: 50,
  sweepPerTurn: 500,
  /** A paused flow is asked again so much later. */
  pausedMs: 10 * 60_000,
} as const

/** The day of a field's value: `2026-10-01`, also with a time behind it; null for anything else. */
export function dateIn(value: unknown): string | null {
  const [date] = typeof value === 'string' ? (/^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(value.trim()) ?? []) : []
  return date !== undefined && instantOn(date, 0, 'UTC') !== null ? date : null
}

/** The instant a date is due; null when there is none. With a calendar the days are working days of it. */
export function dueOf(spec: DateSpec, date: string, calendar: WorkingCalendar | null): EpochMs | null {
  const count = spec.when === 'on' ? 0 : spec.when === 'before' ? -spec.days : spec.days
  const day = dayAfter(date, count, calendar)
  const minute = minuteOf(spec.at)
  return day === null || minute === null ? null : instantOn(day, minute, spec.timeZone)
}

/** When the day is over there. */
export function endOf(date: string, timeZone: string): EpochMs {
  const next = dayAfter(date, 1, null)
  return (next === null ? null : instantOn(next, 0, timeZone)) ?? 0
}

function minuteOf(at: string): number | null {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(at) ?? []
  return hour === undefined || minute === undefined ? null : Number(hour) * 60 + Number(minute)
}

import type { EpochMs } from '@sluice/engine/core'

/** An ISO 8601 duration taken apart. Years and months are calendar parts: how long they are depends on where they start. */
export interface Duration {
  readonly years: number
  readonly months: number
  /** Weeks and days, as days. */
  readonly days: number
  /** Hours, minutes and seconds, as milliseconds. */
  readonly ms: number
}

/** JSON Schema pattern of a duration that is not empty, for config fields. */
export const durationPattern = '^P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?$'

/** Longest duration we accept: a hundred years. Longer ones are typing mistakes. */
export const durationMsMax = 100 * 366 * 86_400_000

const shape =
  /^P(?=.)(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?(?:T(?=.)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,9})?)S)?)?$/

/** Null when the text is no ISO 8601 duration. @example `parseDuration('PT90S') // { years: 0, months: 0, days: 0, ms: 90000 }` */
export function parseDuration(text: string): Duration | null {
  if (text.length > 80) return null
  const found = shape.exec(text)
  if (found === null) return null
  const [years, months, weeks, days, hours, minutes, seconds] = found.slice(1).map((part) => (part === undefined ? 0 : Number(part)))
  return {
    years: years ?? 0,
    months: months ?? 0,
    days: (weeks ?? 0) * 7 + (days ?? 0),
    ms: (hours ?? 0) * 3_600_000 + (minutes ?? 0) * 60_000 + Math.round((seconds ?? 0) * 1_000),
  }
}

/**
 * The instant one duration after another, calendar parts counted in UTC. A month after 31 January is the last day of February.
 * Null when the text is no duration or too long.
 * @example `after(0, 'P1D') // 86400000`
 */
export function after(start: EpochMs, duration: string): EpochMs | null {
  const parts = parseDuration(duration)
  if (parts === null) return null
  const end = addMonths(start, parts.years * 12 + parts.months) + parts.days * 86_400_000 + parts.ms
  return Number.isFinite(end) && end - start <= durationMsMax ? end : null
}

/** Length in milliseconds, counted from an instant because months differ. @example `durationMs('PT1M') // 60000` */
export function durationMs(duration: string, start: EpochMs = 0): number | null {
  const end = after(start, duration)
  return end === null ? null : end - start
}

function addMonths(start: EpochMs, months: number): EpochMs {
  if (months === 0) return start
  const date = new Date(start)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  date.setUTCDate(Math.min(day, daysInMonth(date)))
  return date.getTime()
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
}

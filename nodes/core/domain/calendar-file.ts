import type { Json, JsonObject } from '@sluice/sdk'
import { calendarLimits, isDay } from './calendar.ts'

/** Days read from a file, or what is wrong with it. */
export type CalendarFile =
  | { readonly ok: true; readonly holidays: readonly string[]; readonly shifted: readonly string[] }
  | { readonly ok: false; readonly line: number | null; readonly says: string }

/**
 * Holidays and shifted workdays from a file. CSV: `date,kind` with `holiday` or `workday`, in either language, a header and more
 * columns allowed. JSON: `{ holidays, shifted }`, a list of `{ date, kind }`, or the shape of public holiday data with
 * `days: [{ date, isOffDay }]`.
 */
export function readCalendarFile(text: string): CalendarFile {
  if (text.length > calendarLimits.fileCharsMax)
    return { ok: false, line: null, says: `the file is longer than ${calendarLimits.fileCharsMax} characters` }
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  if (trimmed === '') return { ok: false, line: null, says: 'the file is empty' }
  return trimmed.startsWith('{') || trimmed.startsWith('[') ? readJson(trimmed) : readCsv(trimmed)
}

const kinds: { readonly [word: string]: 'holiday' | 'workday' } = {
  holiday: 'holiday',
  off: 'holiday',
  休: 'holiday',
  放假: 'holiday',
  节假日: 'holiday',
  workday: 'workday',
  work: 'workday',
  班: 'workday',
  上班: 'workday',
  调休: 'workday',
}

function readCsv(text: string): CalendarFile {
  const found = new Sorted()
  const lines = text.split(/\r\n|\n|\r/)
  for (const [index, line] of lines.entries()) {
    const cells = line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ''))
    const [date = '', word = ''] = cells
    if (line.trim() === '' || (index === 0 && !/\d/.test(date))) continue
    const wrong = found.add(date.replaceAll('/', '-'), kinds[word.toLowerCase()])
    if (wrong !== null) return { ok: false, line: index + 1, says: wrong }
  }
  return found.result()
}

function readJson(text: string): CalendarFile {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch {
    return { ok: false, line: null, says: 'the file is no JSON' }
  }
  const found = new Sorted()
  for (const { date, kind, at } of entriesOf(value)) {
    const wrong = found.add(date, kind)
    if (wrong !== null) return { ok: false, line: null, says: `${at}: ${wrong}` }
  }
  return found.result()
}

interface Entry {
  readonly date: string
  readonly kind: 'holiday' | 'workday' | undefined
  readonly at: string
}

function entriesOf(value: Json): readonly Entry[] {
  if (Array.isArray(value)) return value.map((one, index) => entryOf(one, `/${index}`))
  const { days, holidays, shifted } = members(value)
  const listed = (list: Json | undefined, name: string, kind: 'holiday' | 'workday') =>
    Array.isArray(list) ? list.map((date, index): Entry => ({ date: String(date), kind, at: `/${name}/${index}` })) : []
  return [
    ...(Array.isArray(days) ? days.map((one, index) => entryOf(one, `/days/${index}`)) : []),
    ...listed(holidays, 'holidays', 'holiday'),
    ...listed(shifted, 'shifted', 'workday'),
  ]
}

function entryOf(one: Json, at: string): Entry {
  const { date = one, kind, isOffDay } = members(one)
  const said = typeof isOffDay === 'boolean' ? (isOffDay ? 'holiday' : 'workday') : kinds[String(kind).toLowerCase()]
  return { date: typeof date === 'string' ? date : JSON.stringify(date), kind: said, at }
}

function members(value: Json): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

class Sorted {
  readonly #holidays = new Set<string>()
  readonly #shifted = new Set<string>()

  add(date: string, kind: 'holiday' | 'workday' | undefined): string | null {
    if (!isDay(date)) return `${date.slice(0, 40)} is no date like 2026-10-01`
    if (kind === undefined) return `${date} is neither a holiday nor a workday`
    const [own, other] = kind === 'holiday' ? [this.#holidays, this.#shifted] : [this.#shifted, this.#holidays]
    if (other.has(date)) return `${date} is both a holiday and a workday`
    own.add(date)
    return null
  }

  result(): CalendarFile {
    if (this.#holidays.size > calendarLimits.holidaysMax || this.#shifted.size > calendarLimits.shiftedMax)
      return { ok: false, line: null, says: `more than ${calendarLimits.holidaysMax} holidays or ${calendarLimits.shiftedMax} workdays` }
    if (this.#holidays.size + this.#shifted.size === 0) return { ok: false, line: null, says: 'there are no days in it' }
    return { ok: true, holidays: [...this.#holidays].sort(), shifted: [...this.#shifted].sort() }
  }
}

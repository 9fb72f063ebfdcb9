import { type WorkingCalendar, workingCalendar } from '@sluice/sdk'
import { type Static, Type } from 'typebox'
import { timeZoneExists } from './schedule.ts'

export const calendarLimits = { calendarsMax: 100, holidaysMax: 2_000, shiftedMax: 500, fileCharsMax: 200_000 } as const

const closed = { additionalProperties: false } as const
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const Minute = Type.Integer({ minimum: 0, maximum: 1_440 })
const Name = Type.String({ minLength: 1, maxLength: 100 })

/** A calendar as it is written down by an admin. */
export const CalendarBody = Type.Object(
  {
    label: Type.Object({ en: Name, 'zh-CN': Name }, closed),
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    weekdays: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7, uniqueItems: true }),
    hours: Type.Array(Type.Array(Minute, { minItems: 2, maxItems: 2 }), { minItems: 1, maxItems: 12 }),
    holidays: Type.Array(Day, { maxItems: calendarLimits.holidaysMax }),
    shifted: Type.Array(Day, { maxItems: calendarLimits.shiftedMax }),
  },
  closed,
)
export type CalendarBody = Static<typeof CalendarBody>

export const calendarId = /^[a-z0-9][a-z0-9-]{0,63}$/

/** What a calendar field of a step takes. */
export const calendarPattern = '^[a-z0-9][a-z0-9-]{0,63}$'

export function isShipped(id: string): boolean {
  return workingCalendar(id) !== null
}

/** Whether a day exists: there is no 30 February. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

export interface CalendarFlaw {
  readonly path: string
  readonly message: string
}

/** What the shape alone does not say. */
export function calendarFlaws({ timeZone, hours, holidays, shifted }: CalendarBody): readonly CalendarFlaw[] {
  const flaws: CalendarFlaw[] = []
  if (!timeZoneExists(timeZone)) flaws.push({ path: '/timeZone', message: `there is no time zone ${timeZone}` })
  let last = -1
  hours.forEach(([from = 0, to = 0], index) => {
    if (from >= to) flaws.push({ path: `/hours/${index}`, message: 'must end after they begin' })
    else if (from <= last) flaws.push({ path: `/hours/${index}`, message: 'must begin after the hours before them have ended' })
    last = to
  })
  const off = new Set(holidays)
  holidays.forEach((day, index) => {
    if (!isDay(day)) flaws.push({ path: `/holidays/${index}`, message: `${day} is no day` })
  })
  shifted.forEach((day, index) => {
    if (!isDay(day)) flaws.push({ path: `/shifted/${index}`, message: `${day} is no day` })
    else if (off.has(day)) flaws.push({ path: `/shifted/${index}`, message: `${day} is a holiday as well` })
  })
  return flaws.slice(0, 20)
}

export function calendarOf(id: string, body: CalendarBody): WorkingCalendar {
  const days = (list: readonly string[]) => [...new Set(list)].sort()
  const years = [...body.holidays, ...body.shifted].map((day) => Number(day.slice(0, 4)))
  return {
    id,
    label: body.label,
    timeZone: body.timeZone,
    weekdays: [...body.weekdays].sort(),
    hours: body.hours.map(([from = 0, to = 0]) => [from, to] as const),
    holidays: days(body.holidays),
    shifted: days(body.shifted),
    years: years.length === 0 ? [0, 0] : [Math.min(...years), Math.max(...years)],
  }
}

import type { CalendarView } from '../../app/api/index.ts'

/** Monday to Friday, nine to six, where the reader is. */
export function emptyCalendar(): CalendarView {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const weekdays = [1, 2, 3, 4, 5]
  const years = [0, 0] as const
  return {
    id: '',
    label: { en: '', 'zh-CN': '' },
    timeZone,
    weekdays,
    hours: [[540, 1_080]],
    holidays: [],
    shifted: [],
    years,
    shipped: false,
  }
}

/** Hours as people write them: `09:00-12:00, 13:00-18:00`. */
export function hoursText(hours: CalendarView['hours']): string {
  return hours.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(', ')
}

/** Null: that is no list of hours. */
export function readHours(text: string): CalendarView['hours'] | null {
  const parts = text.split(/[,，;；]/).map((part) => part.trim())
  const hours = parts.map((part) => {
    const [, fromHour, fromMinute, toHour, toMinute] = /^(\d{1,2})[:：](\d{2})\s*[-–—至]\s*(\d{1,2})[:：](\d{2})$/.exec(part) ?? []
    if (toMinute === undefined) return null
    const from = Number(fromHour) * 60 + Number(fromMinute)
    const to = Number(toHour) * 60 + Number(toMinute)
    return Number(fromMinute) < 60 && Number(toMinute) < 60 && to <= 1_440 ? ([from, to] as const) : null
  })
  return hours.every((one) => one !== null) ? (hours as CalendarView['hours']) : null
}

/** Days, one a line or with commas between. */
export function readDays(text: string): readonly string[] {
  return text.split(/[\s,，;；]+/).filter((day) => day !== '')
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

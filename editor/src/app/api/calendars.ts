import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { Page } from './shapes.ts'

/** Working time of a place, as `GET /calendars` tells it. */
export interface CalendarView {
  readonly id: string
  readonly label: { readonly en: string; readonly 'zh-CN': string }
  readonly timeZone: string
  /** 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[]
  /** Minutes of the day. */
  readonly hours: readonly (readonly [number, number])[]
  readonly holidays: readonly string[]
  readonly shifted: readonly string[]
  readonly years: readonly [number, number]
  readonly sources?: readonly {
    readonly year: number
    readonly says: { readonly en: string; readonly 'zh-CN': string }
    readonly address?: string
  }[]
  /** Comes with the product and cannot be changed. */
  readonly shipped: boolean
}

export type CalendarBody = Omit<CalendarView, 'id' | 'years' | 'sources' | 'shipped'>

export const calendarsQuery = queryOptions({
  queryKey: ['calendars'],
  queryFn: ({ signal }) => api.get<Page<CalendarView>>('/calendars', undefined, signal),
  staleTime: 300_000,
})

export const saveCalendar = ({ id, ...body }: CalendarBody & { readonly id: string }) =>
  api.put<CalendarView>(`/calendars/${encodeURIComponent(id)}`, body)

export const removeCalendar = (id: string) => api.delete<void>(`/calendars/${encodeURIComponent(id)}`)

/** Days of a CSV or JSON file; nothing is kept by it. */
export const readCalendarFile = (text: string) => api.post<Pick<CalendarView, 'holidays' | 'shifted'>>('/calendars/read-file', { text })

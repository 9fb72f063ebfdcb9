import type { Json } from '@sluice/flows'
import type { GivenCalendar } from './order.ts'

/** The calendars of the workspace as they are now: what a simulation or a replay counts by. */
export function givenCalendars(calendars: readonly GivenCalendar[]): readonly { readonly command: string; readonly payload: Json }[] {
  return calendars.map((calendar) => ({ command: 'core.calendar.save', payload: calendar as unknown as Json }))
}

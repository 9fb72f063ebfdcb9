import type { ScheduleSpec } from '@sluice/nodes/core/times'
import type { WorkingCalendar } from '@sluice/sdk'

export type TimesSpec = Pick<ScheduleSpec, 'timeZone'> & {
  readonly cron: string
  readonly dayOff: Exclude<ScheduleSpec['dayOff'], undefined>
}

/** A cron line with the settings that stand beside it. */
export function timesSpec(
  cron: string,
  { timeZone, calendar, onDayOff }: Readonly<Record<string, unknown>>,
  calendars: readonly WorkingCalendar[],
): TimesSpec {
  const known = calendars.find(({ id }) => id === calendar)
  return {
    cron,
    timeZone: typeof timeZone === 'string' && timeZone !== '' ? timeZone : 'UTC',
    // A calendar nobody knows any more keeps nothing back; that is what the server does with it.
    dayOff: known === undefined ? null : { calendar: known, rule: onDayOff === 'next' || onDayOff === 'previous' ? onDayOff : 'skip' },
  }
}

/** A moment as it reads in the zone of the schedule. */
export function timeFormat(language: string, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  })
}

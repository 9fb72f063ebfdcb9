import { after, afterWorking, workingCalendar } from '@sluice/sdk'

/** When a task is due: by the clock, or by the working time of a place. Null: no duration, or one that is no working time. */
export function dueAtOf(now: number, due: string, calendar: string | undefined): number | null {
  if (calendar === undefined) return after(now, due)
  const found = workingCalendar(calendar)
  return found === null ? null : afterWorking(found, now, due)
}

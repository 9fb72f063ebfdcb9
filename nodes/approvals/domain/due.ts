import { after, afterWorking, type WorkingCalendar } from '@sluice/sdk'

/** When a task is due: by the clock, or by working time. Null: no duration, or one that is no working time. */
export function dueAtOf(now: number, due: string, calendar: WorkingCalendar | null): number | null {
  return calendar === null ? after(now, due) : afterWorking(calendar, now, due)
}

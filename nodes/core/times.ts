/** When a schedule comes, for whoever shows it: the same rules that start its runs. */
export { type DayOff, nextDues, type ScheduleSpec, timeZoneExists } from './domain/schedule.ts'

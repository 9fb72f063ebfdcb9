import { afterWorking, failure, type NodeOutcome, waitUntil, words } from '@sluice/sdk'
import type { StepContext } from '@sluice/sdk/server'
import { findCalendar } from './calendars.ts'

/** Waits by a calendar of the workspace. The instant stands in the journal: a calendar that changes later moves nothing. */
export function waitByCalendar({
  config,
  input,
  now,
  records,
}: StepContext<{ readonly for?: string; readonly calendar?: string }>): NodeOutcome {
  const calendar = findCalendar(records, config.calendar ?? '')
  if (calendar === null)
    return failure('SLU_CALENDAR_UNKNOWN', words(`There is no calendar ${config.calendar}.`, `没有工作日历 ${config.calendar}。`))
  const dueAt = afterWorking(calendar, now, config.for ?? '')
  if (dueAt === null)
    return failure(
      'SLU_WAIT_TIME',
      words('The time to wait for is no ISO 8601 duration of days and hours.', '等待时间不是由天和小时组成的 ISO 8601 时长。'),
    )
  return waitUntil(Math.max(dueAt, now), input)
}

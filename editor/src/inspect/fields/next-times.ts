import { nextDues, timeZoneExists } from '@sluice/nodes/core/times'
import type { TimesSpec } from './times-spec.ts'

const shownMax = 4

/** What a page asks its counting worker. */
export interface CountRequest {
  readonly id: number
  readonly spec: TimesSpec
  readonly now: number
}

/** When a cron line comes next, in its zone and by its calendar, as the server will count. */
export function dueTimes({ cron, timeZone, dayOff }: TimesSpec, now: number): readonly number[] {
  return timeZoneExists(timeZone) ? nextDues({ cron, every: null, timeZone, dayOff }, now, shownMax) : []
}

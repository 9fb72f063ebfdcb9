import type { WorkingCalendar } from '@sluice/sdk'
import { defineTable } from '@sluice/sdk/server'
import type { DayOff } from '../domain/schedule.ts'

/** A working calendar of the workspace. */
export const calendars = defineTable<{ readonly id: string; readonly calendar: WorkingCalendar; readonly updatedAt: number }>({
  name: 'core_calendars',
  columns: { id: { type: 'text' }, calendar: { type: 'json' }, updatedAt: { type: 'integer' } },
  primaryKey: ['id'],
})

/** One armed schedule trigger of an active flow version. Its timer has the key `scheduleKey(row)`. */
export interface ScheduleRow {
  readonly flow: string
  readonly node: string
  readonly cron: string | null
  readonly every: string | null
  readonly timeZone: string
  /** Days off of this calendar are passed over, or moved from. */
  readonly calendar: string | null
  readonly onDayOff: DayOff | null
  readonly dueAt: number
}

export const schedules = defineTable<ScheduleRow>({
  name: 'core_schedules',
  columns: {
    flow: { type: 'text' },
    node: { type: 'text' },
    cron: { type: 'text', nullable: true },
    every: { type: 'text', nullable: true },
    timeZone: { type: 'text' },
    calendar: { type: 'text', nullable: true },
    onDayOff: { type: 'text', nullable: true },
    dueAt: { type: 'integer' },
  },
  primaryKey: ['flow', 'node'],
})

/** A webhook call that was taken, so that the same call again gives the same run. */
export interface DeliveryRow {
  readonly flow: string
  readonly node: string
  /** The caller's id of the call: `webhook-id` of Standard Webhooks. */
  readonly id: string
  readonly run: string
  readonly at: number
}

export const deliveries = defineTable<DeliveryRow>({
  name: 'core_webhook_deliveries',
  columns: { flow: { type: 'text' }, node: { type: 'text' }, id: { type: 'text' }, run: { type: 'text' }, at: { type: 'integer' } },
  primaryKey: ['flow', 'node', 'id'],
  indexes: [{ columns: ['at'] }],
})

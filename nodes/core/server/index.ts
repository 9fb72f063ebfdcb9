import { definePackServer } from '@sluice/sdk/server'
import { calendarRoutes, removeCalendar, saveCalendar, tellCalendar } from './calendars.ts'
import { callFlow } from './call.ts'
import { prepareCode, runCode } from './code.ts'
import { prepareRequest, sendRequest } from './http-request.ts'
import { fireSchedule, syncSchedules } from './schedule.ts'
import { calendars, deliveries, schedules } from './tables.ts'
import { waitByCalendar } from './wait.ts'
import { receiveWebhook } from './webhook.ts'

export type { CalendarBody } from '../domain/calendar.ts'
export { ownCalendars } from './calendars.ts'

/** Calls, requests, schedules and webhooks of the core pack. */
export const coreServer = definePackServer({
  id: 'core',
  tables: [schedules, deliveries, calendars],
  commands: {
    'core.schedule.sync': syncSchedules,
    'core.schedule.fire': fireSchedule,
    'core.calendar.save': saveCalendar,
    'core.calendar.remove': removeCalendar,
    'core.calendar.find': tellCalendar,
    'core.webhook.receive': receiveWebhook,
  },
  steps: { 'core.call': callFlow, 'core.code': prepareCode, 'core.wait': waitByCalendar, 'core.http-request': prepareRequest },
  outside: {
    'core.code': { touches: 'nobody', act: runCode },
    'core.http-request': { touches: 'either', effectKind: 'share', act: sendRequest },
  },
  routes: calendarRoutes,
})

import { definePackServer } from '@sluice/sdk/server'
import { callFlow } from './call.ts'
import { prepareCode, runCode } from './code.ts'
import { prepareRequest, sendRequest } from './http-request.ts'
import { fireSchedule, syncSchedules } from './schedule.ts'
import { deliveries, schedules } from './tables.ts'
import { receiveWebhook } from './webhook.ts'

/** Calls, requests, schedules and webhooks of the core pack. */
export const coreServer = definePackServer({
  id: 'core',
  tables: [schedules, deliveries],
  commands: {
    'core.schedule.sync': syncSchedules,
    'core.schedule.fire': fireSchedule,
    'core.webhook.receive': receiveWebhook,
  },
  steps: { 'core.call': callFlow, 'core.code': prepareCode, 'core.http-request': prepareRequest },
  outside: {
    'core.code': { touches: 'nobody', act: runCode },
    'core.http-request': { touches: 'either', effectKind: 'share', act: sendRequest },
  },
})

import type { PackServer } from '@sluice/sdk/server'
import { aiServer } from './ai/server/index.ts'
import { approvalsServer } from './approvals/server/index.ts'
import { channelsServer } from './channels/server/index.ts'
import { consentServer } from './consent/server/index.ts'
import { coreServer } from './core/server/index.ts'
import { crmServer } from './crm/server/index.ts'
import { demoServer } from './demo/server/index.ts'
import { maskingServer } from './masking/server/index.ts'
import { notifyServer } from './notify/server/index.ts'

/** The server halves, in the order they are activated. */
export const packServers: readonly PackServer[] = [
  coreServer,
  consentServer,
  crmServer,
  maskingServer,
  notifyServer,
  approvalsServer,
  aiServer,
  channelsServer,
  demoServer,
]

/** Triggers that a pack's own timers start, and the command that arms them. */
export const timed = { 'core.schedule': 'core.schedule.sync', 'crm.date-field': 'crm.dates.sync' } as const

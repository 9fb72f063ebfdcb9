import { alerts } from './alerts.ts'
import { app } from './app.ts'
import { audit } from './audit.ts'
import { customers } from './customers.ts'
import { flows } from './flows.ts'
import { messages } from './messages.ts'
import { operate } from './operate.ts'
import { runs } from './runs.ts'
import { settings } from './settings.ts'
import { tasks } from './tasks.ts'
import { withdrawals } from './withdrawals.ts'

/** What lists, forms and the frame around them say; loaded at the start. */
export const screens = {
  ...alerts,
  ...app,
  ...audit,
  ...customers,
  ...flows,
  ...messages,
  ...operate,
  ...runs,
  ...settings,
  ...tasks,
  ...withdrawals,
} as const

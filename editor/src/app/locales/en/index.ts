import { alerts } from './alerts.ts'
import { app } from './app.ts'
import { audit } from './audit.ts'
import { canvas } from './canvas.ts'
import { customers } from './customers.ts'
import { flows } from './flows.ts'
import { inspect } from './inspect.ts'
import { messages } from './messages.ts'
import { problems } from './problems.ts'
import { replay } from './replay.ts'
import { runs } from './runs.ts'
import { settings } from './settings.ts'
import { tasks } from './tasks.ts'
import { withdrawals } from './withdrawals.ts'

/** Every text of the screens in English; the ids of this object are the ids that exist. */
export const en = {
  ...alerts,
  ...app,
  ...audit,
  ...canvas,
  ...customers,
  ...flows,
  ...inspect,
  ...messages,
  ...problems,
  ...replay,
  ...runs,
  ...settings,
  ...tasks,
  ...withdrawals,
} as const

export type MessageId = keyof typeof en

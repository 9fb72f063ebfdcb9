import { alerts } from './alerts.ts'
import { empty } from './empty.ts'
import { messages } from './messages.ts'
import { operate } from './operate.ts'
import { pause } from './pause.ts'
import { runList } from './run-list.ts'
import { runs } from './runs.ts'
import { tasks } from './tasks.ts'
import { templates } from './templates.ts'

/** What lists and forms say; loaded with the first of them. The frame around them has its own part, `app`. */
export const screens = {
  ...templates,
  ...alerts,
  ...empty,
  ...messages,
  ...operate,
  ...pause,
  ...runList,
  ...runs,
  ...tasks,
}

import type { MessageId } from '../en/index.ts'
import { app } from './app.ts'
import { builder } from './builder.ts'
import { screens } from './screens.ts'

export const zh: Record<MessageId, string> = { ...app, ...screens, ...builder }

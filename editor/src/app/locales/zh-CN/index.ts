import type { MessageId } from '../en/index.ts'
import { app } from './app.ts'
import { builder } from './builder.ts'
import { moments } from './moments.ts'
import { screens } from './screens.ts'

export const zh: Record<MessageId, string> = { ...app, ...screens, ...builder, ...moments }

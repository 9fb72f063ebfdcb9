import type { MessageId } from '../en/index.ts'
import { builder } from './builder.ts'
import { screens } from './screens.ts'

export const zh: Record<MessageId, string> = { ...screens, ...builder }

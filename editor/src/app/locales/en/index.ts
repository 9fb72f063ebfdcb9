import { app } from './app.ts'
import { builder } from './builder.ts'
import { screens } from './screens.ts'

/** Every text in English; the ids of this object are the ids that exist. */
export const en = { ...app, ...screens, ...builder } as const

export type MessageId = keyof typeof en

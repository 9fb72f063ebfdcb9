import { app } from './app.ts'
import { builder } from './builder.ts'
import { moments } from './moments.ts'
import { screens } from './screens.ts'

/** Every text in English; the ids of this object are the ids that exist. */
export const en = { ...app, ...screens, ...builder, ...moments } as const

export type MessageId = keyof typeof en

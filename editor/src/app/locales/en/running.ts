import { operate } from './operate.ts'
import { runs } from './runs.ts'

/** What is said about runs and done with them. */
export const running = { ...operate, ...runs } as const

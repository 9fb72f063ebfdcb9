import { replay } from './replay.ts'
import { simulate } from './simulate.ts'

/** What the replay and the simulator say; loaded with the first of them. */
export const moments = { ...replay, ...simulate }

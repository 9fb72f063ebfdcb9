import type { switches as english } from '../en/switches.ts'
import { dualTrack } from './dual-track.ts'
import { push } from './push.ts'

export const switches: Readonly<Record<keyof typeof english, string>> = { ...push, ...dualTrack }

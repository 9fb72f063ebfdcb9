import { dualTrack } from './dual-track.ts'
import { push } from './push.ts'

/** Settings › Workspace, and what its switches bring elsewhere. */
export const switches = { ...push, ...dualTrack } as const

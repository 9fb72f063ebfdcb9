import { playLimits } from '@sluice/nodes/simulate'

/** Bounds of trying a draft here. It runs on a thread of its own that is ended when it takes too long. */
export const simulationPoolLimits = {
  threads: 1,
  timeMs: playLimits.timeMs,
  heapMb: 256,
  stackMb: 4,
  waitingMax: 8,
} as const

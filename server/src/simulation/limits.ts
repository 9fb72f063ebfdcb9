/** Bounds of trying a draft. It runs on a thread of its own that is ended when it takes too long. */
export const simulationPoolLimits = {
  threads: 1,
  timeMs: 20_000,
  heapMb: 256,
  stackMb: 4,
  waitingMax: 8,
  eventsMax: 200,
  answersMax: 200,
  consentsMax: 200,
  /** Entries of a timeline; the rest is cut and said so. */
  timelineMax: 5_000,
} as const

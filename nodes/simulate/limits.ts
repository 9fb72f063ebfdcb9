/** Bounds of trying a draft, on the server and in the browser. Whoever plays it ends what takes longer than `timeMs`. */
export const playLimits = {
  timeMs: 20_000,
  eventsMax: 200,
  answersMax: 200,
  consentsMax: 200,
  /** Entries of a timeline; the rest is cut and said so. */
  timelineMax: 5_000,
} as const

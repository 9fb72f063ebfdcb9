/** How long what has ended is kept. What lives is never touched, whatever its age. */
export interface Retention {
  /** Ended runs, their journals and the events they came from. */
  readonly runDays: number
  /** Beyond this many ended runs the oldest go earlier. */
  readonly runsMax: number
}

export const retentionDefault: Retention = { runDays: 180, runsMax: 1_000_000 }

export const retentionLimits = {
  runDaysMin: 1,
  runDaysMax: 3_650,
  runsMaxMin: 1_000,
  runsMaxMax: 100_000_000,
  /** However full it gets: a run that ended just now can still be looked at, and a repeated event still finds its answer. */
  keptMsMin: 10 * 60_000,
  /** Of one step: it holds up the engine's turn. */
  stepMsMax: 10,
  stepRunsMax: 1_000,
  /** Between two steps while there is more to do, and when the engine has nothing else to do. */
  pauseMs: 30,
  idlePauseMs: 10,
  /** Between two looks when there was nothing. */
  lookMs: 60_000,
  /** Runs counted in one statement after a start. */
  countedAtOnce: 5_000,
  /** Share of free pages in the file from which they are given back. */
  freeShare: 0.1,
  freePagesMin: 256,
  /** Pages given back in one step. */
  vacuumPages: 512,
} as const

/** Name in the workspace's settings. */
export const retentionSetting = 'retention'

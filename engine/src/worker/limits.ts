/** Bounds of the loop. Each refusal names the limit, what it met and what to do. */
export const engineLimits = {
  /** Flow versions kept ready in memory; others are read from the store when needed. */
  flowsCachedMax: 500,
  /** Outside acts at work at once; more wait in the outbox. */
  effectsInFlightMax: 1_000,
  /** How long an act waits that gave its place to those for other hosts. */
  putBackMs: { min: 100, max: 60_000 },
  /** Runs that follow from one another inside one request: event, flow, event, flow … */
  cascadeDepthMax: 32,
  /** Runs that call one another, or emit what starts the next one, however much time lies between; each run carries its own depth. */
  callDepthMax: 100,
  /** Runs that one request may start, directly or through what it emits. */
  cascadeRunsMax: 1_000,
  /** Commands inside commands. */
  commandDepthMax: 16,
  /** Steps one request may run; a longer stretch goes on in the next turn, so that nobody waits behind it. */
  stretchStepsMax: 2_000,
  /** Waiting steps one event may wake. */
  signalsMax: 10_000,
  /** Earlier events a step looks through for the one it waits for. */
  earlierEventsMax: 10_000,
  /** Runs of a resumed flow that go on in one turn. */
  heldPerTurn: 500,
  /** Events that started nothing: kept so many, so long; counted again after so many new ones. */
  lettersMax: 100_000,
  lettersKeptMsMax: 30 * 86_400_000,
  lettersPrunedEach: 1_000,
  /** Lines that may wait for one lock. */
  lockQueueMax: 10_000,
  /** Starts that give way when one of a higher rank comes; those behind them keep their moments. */
  rateShiftMax: 1_000,
  timersPerTurn: 500,
  /** After an event failed, so many commits keep each event apart from the others; a sender of bad ones makes no batch run twice each time. */
  carefulCommits: 100,
  /** A timer whose work throws is tried again, later each time, at most this often. */
  timerTriesMax: 20,
  timerRetryMsMin: 1_000,
  timerRetryMsMax: 60_000,
} as const

/** Bounds of one run. Each is checked in `decide` and named in the refusal. */
export const runLimits = {
  /** Tokens alive at once; each of them is part of the state that is loaded and stored with the run. */
  tokensMax: 1_000,
  /** Tokens ever created: a loop that never ends stops here. */
  stepsMax: 100_000,
  /** How often a line may come back to the head of a loop when its step does not say: a poll each hour for a year. */
  loopRounds: 10_000,
  /** What a step may set instead. */
  loopRoundsMax: 100_000,
  /** Forks inside forks that are still open. */
  scopeDepthMax: 1_000,
  /** UTF-8 bytes of what one step hands on. */
  payloadBytesMax: 1_048_576,
  payloadDepthMax: 200,
  /** Items of one for-each; each takes at least one step of the run. */
  eachItemsMax: 10_000,
  /** Items of one for-each at work at once. */
  eachConcurrencyMax: 100,
  /** Completed steps that could still be undone; each keeps its input and output in the run. */
  undoableMax: 2_000,
  /** Tokens for undo lines, beyond `stepsMax`: a run that failed at its limit can still be undone. */
  undoStepsMax: 10_000,
  /** What all lines and all last outputs hold together: a run is stored whole whenever it waits. */
  stateBytesMax: 8_388_608,
} as const

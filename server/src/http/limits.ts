/** Bounds of the door. Each refusal names the limit. */
export const httpLimits = {
  bodyBytesMax: 1024 * 1024,
  flowFileBytesMax: 8 * 1024 * 1024,
  eventBatchBytesMax: 8 * 1024 * 1024,
  eventsPerBatchMax: 1_000,
  idCharsMax: 200,
  urlBytesMax: 8_192,
  headerBytesMax: 16_384,
  headersMax: 100,
  /** From the first byte of a request to its last: slow senders are cut off. */
  requestMsMax: 30_000,
  headersMsMax: 10_000,
  idleConnectionMsMax: 65_000,
  connectionCheckMs: 5_000,
  connectionsMax: 10_000,
  streamsMax: 500,
  streamsPerCallerMax: 20,
  /**
   * Waiting for one screen. Beyond it the screen misses events and is told to read anew (`event: reset`); one that reads nothing for a
   * whole beat after that is cut off. 500 screens that read nothing hold 128 MB for half a minute at most.
   */
  streamBytesMax: 256 * 1024,
  /** Runs of one bulk action: they are done in one commit. */
  bulkRunsMax: 200,
  /** Live runs that publishing or going back moves or stops; what is beyond stays on its version and the answer says so. */
  settleRunsMax: 5_000,
  waitMsMax: 30_000,
  stopMsMax: 10_000,
} as const

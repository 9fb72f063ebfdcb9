export const codeLimits = {
  /** Inner clock, looked at by the interpreter; the outer one ends the thread. */
  timeMs: 500,
  outerTimeMs: 2_000,
  memoryBytes: 32 * 1024 * 1024,
  stackBytes: 256 * 1024,
  outputBytesMax: 1024 * 1024,
  threads: 1,
  waitingMax: 1_000,
  heapMb: 128,
  stackMb: 4,
} as const

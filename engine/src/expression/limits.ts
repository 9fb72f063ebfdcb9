/** Bounds of one expression. Each refusal names the limit it met. */
export const expressionLimits = {
  sourceCharsMax: 10_000,
  /** Brackets inside brackets. */
  nestingMax: 64,
  /** Levels of the syntax tree; also keeps our own recursion far from the end of the stack. */
  treeDepthMax: 300,
  /** Nodes of the syntax tree. `??` and `?:` copy their left side, so a short text can ask for a huge tree. */
  treeNodesMax: 50_000,
  /** Items looked at by one in-process evaluation: about 5 ms on one core. */
  stepsMax: 250_000,
  /** A literal range such as `[1..12]` that still counts as total. */
  rangeItemsMax: 1_000,
  /** Characters of a picture such as `#,##0.00`. */
  pictureCharsMax: 64,
  /** Characters of one regular expression; the engine's program grows with it. */
  regexCharsMax: 1_000,
  /** `??` and `?:` in a text whose slashes could be regular expressions or divisions. */
  unsureDefaultsMax: 6,
  resultBytesMax: 1024 * 1024,
  resultDepthMax: 100,
  /** Kept in the cache of compiled expressions. */
  cachedMax: 10_000,
  cachedCharsMax: 4_000_000,
  /** Inside the worker; the pool's own clock stands outside it. */
  workerTimeoutMs: 1_000,
  workerStackMax: 500,
  workerSequenceMax: 100_000,
} as const

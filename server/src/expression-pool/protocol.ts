/** What travels between the pool and its threads. */
import type { Evaluated, Scope } from '@sluice/engine/expression'

export interface EvaluateOrder {
  readonly source: string
  readonly scope: Scope
}

export const poolLimits = {
  /** Outer clock: a thread that has not answered by then is ended. */
  evaluateMs: 250,
  heapMb: 64,
  stackMb: 4,
  resultBytesMax: 1024 * 1024,
  threads: 2,
  waitingMax: 10_000,
} as const

/** The answer is JSON text of an `Evaluated`: made inside the thread, so that nothing but plain data can come out. */
export function readEvaluated(text: string): Evaluated {
  const read = JSON.parse(text) as Evaluated
  // JSON has no undefined: a result that is missing comes as a missing field.
  return read.ok && !('value' in read) ? { ok: true, value: undefined } : read
}

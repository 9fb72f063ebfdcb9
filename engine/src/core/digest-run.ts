import { digestOf } from './canonical.ts'
import type { RunState } from './run.ts'

/** Canonical digest of a run: equal on every host that folded the same journal. */
export function digestRun(run: RunState): string {
  return digestOf(run)
}

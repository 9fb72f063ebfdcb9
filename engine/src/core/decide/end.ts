import type { Json } from '@sluice/flows'
import type { UserId } from '../ids.ts'
import type { RunError } from '../run.ts'
import { freeLocks } from './lock.ts'
import type { Progress } from './progress.ts'
import { cancelToken } from './release.ts'

type Ending =
  | { readonly kind: 'run.succeeded'; readonly output: Json }
  | { readonly kind: 'run.failed'; readonly error: RunError }
  | { readonly kind: 'run.cancelled'; readonly reason: string; readonly by: UserId | null }

const reasons = { 'run.succeeded': 'the run stopped', 'run.failed': 'the run failed', 'run.cancelled': 'the run was cancelled' } as const

/** Ends the run and every line in it. */
export function endRun(progress: Progress, ending: Ending, firedLimit = false): void {
  const { run, at } = progress
  for (const token of Object.values(run.tokens)) cancelToken(progress, token, reasons[ending.kind])
  freeLocks(progress)
  progress.arrivals.length = 0
  for (const { timerId } of Object.values(run.regions ?? {})) progress.clearTimer(timerId)
  if (!firedLimit) progress.clearTimer(run.limit?.timerId)
  const { parent } = run
  progress.emit({ version: 1, at, ...ending })
  const status = ending.kind === 'run.succeeded' ? 'succeeded' : ending.kind === 'run.failed' ? 'failed' : 'cancelled'
  const output = ending.kind === 'run.succeeded' ? ending.output : null
  const reason = ending.kind === 'run.cancelled' ? { reason: ending.reason } : {}
  progress.effects.push({ kind: 'run.ended', status, output, parent, ...reason })
}

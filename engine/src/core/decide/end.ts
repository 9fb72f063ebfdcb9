import type { Json } from '@sluice/flows'
import type { TokenId, UserId } from '../ids.ts'
import type { RunError } from '../run.ts'
import { freeLocks } from './lock.ts'
import type { Progress } from './progress.ts'
import { cancelToken } from './release.ts'
import { undoRun } from './undo.ts'

type Ending =
  | { readonly kind: 'run.succeeded'; readonly output: Json }
  | { readonly kind: 'run.failed'; readonly error: RunError }
  | { readonly kind: 'run.cancelled'; readonly reason: string; readonly by: UserId | null }

interface EndOptions {
  /** The run's own time limit rang just now. */
  readonly limitFired?: boolean
  /** What the steps did is undone first. A failed run does so unless told otherwise. */
  readonly compensate?: boolean
  /** The line that brought it about. */
  readonly by?: TokenId
}

const reasons = { 'run.succeeded': 'the run stopped', 'run.failed': 'the run failed', 'run.cancelled': 'the run was cancelled' } as const

/** Ends the run and every line in it; before that, what its steps did is undone. */
export function endRun(progress: Progress, ending: Ending, options: EndOptions = {}): void {
  const { run, at } = progress
  const { limitFired = false, compensate = ending.kind === 'run.failed', by = null } = options
  progress.compensates = compensate
  progress.arrivals.length = 0
  for (const { timerId } of Object.values(run.regions ?? {})) progress.clearTimer(timerId)
  if (!limitFired) progress.clearTimer(run.limit?.timerId)
  if (
    compensate &&
    ending.kind !== 'run.succeeded' &&
    run.undoing?.[''] === undefined &&
    undoRun(progress, ending, reasons[ending.kind], by)
  )
    return
  for (const token of Object.values(run.tokens)) cancelToken(progress, token, reasons[ending.kind], true)
  freeLocks(progress)
  const { parent } = run
  progress.emit({ version: 1, at, ...ending })
  const status = ending.kind === 'run.succeeded' ? 'succeeded' : ending.kind === 'run.failed' ? 'failed' : 'cancelled'
  const output = ending.kind === 'run.succeeded' ? ending.output : null
  const error = ending.kind === 'run.failed' ? { error: ending.error } : {}
  const reason = ending.kind === 'run.cancelled' ? { reason: ending.reason } : {}
  const authors = authorsOf(run.authors, ending.kind === 'run.cancelled' ? ending.by : null)
  progress.effects.push({
    kind: 'run.ended',
    status,
    output,
    parent,
    ...error,
    ...reason,
    ...(authors === undefined ? {} : { authors }),
  })
}

/** Whose words go on to the caller: with those in the run, the reason of whoever cancelled it. */
function authorsOf(said: readonly UserId[] | undefined, by: UserId | null): readonly UserId[] | undefined {
  return by === null || said?.includes(by) === true ? said : [...(said ?? []), by]
}

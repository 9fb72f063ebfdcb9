import { applySaid } from './apply/authors.ts'
import { applyEachReviewed, applyEachReviewing, applyEachStarted, applyItemFailed, applyItemStarted } from './apply/each.ts'
import { applyRunForked, applyRunMoved } from './apply/fork.ts'
import { applyJoinArrived, applyJoinIgnored, applyJoinPassed } from './apply/join.ts'
import { applyLockFreed, applyLockLeft, applyLockTaken } from './apply/lock.ts'
import { applyNodeCompleted, applyNodeFailed, applyNodeRetried, applyNodeWaiting, applyRetryScheduled } from './apply/node.ts'
import { applyRaceWon, applyRegionEnded, applyRegionEntered, applyRegionLeft } from './apply/region.ts'
import { applyRunCancelled, applyRunFailed, applyRunQueued, applyRunStarted, applyRunSucceeded } from './apply/run.ts'
import { applyIncident, applyTokenCancelled, recordedOnly } from './apply/token.ts'
import { applyUndoEnded, applyUndoStarted, applyUndoStepDone, applyUndoStepStarted } from './apply/undo.ts'
import type { CompiledFlow } from './compiled.ts'
import { RunDraft } from './draft.ts'
import type { EntryKind, EntryOf, JournalEntry } from './entry.ts'
import type { RunState } from './run.ts'

export type Applier<Kind extends EntryKind> = (draft: RunDraft, entry: EntryOf<Kind>) => void

/** A released applier is never edited: a later version of a kind gets its own table beside this one. */
const appliersV1: { readonly [Kind in EntryKind]: Applier<Kind> } = {
  'run.started': applyRunStarted,
  'node.completed': applyNodeCompleted,
  'node.waiting': applyNodeWaiting,
  'node.failed': applyNodeFailed,
  'node.retry-scheduled': applyRetryScheduled,
  'node.retried': applyNodeRetried,
  'join.arrived': applyJoinArrived,
  'join.passed': applyJoinPassed,
  'join.ignored': applyJoinIgnored,
  'race.won': applyRaceWon,
  'each.started': applyEachStarted,
  'each.item-started': applyItemStarted,
  'each.item-failed': applyItemFailed,
  'each.reviewing': applyEachReviewing,
  'each.reviewed': applyEachReviewed,
  'region.entered': applyRegionEntered,
  'region.left': applyRegionLeft,
  'region.ended': applyRegionEnded,
  'run.queued': applyRunQueued,
  'lock.taken': applyLockTaken,
  'lock.left': applyLockLeft,
  'lock.freed': applyLockFreed,
  'token.cancelled': applyTokenCancelled,
  'timer.fired': recordedOnly,
  'signal.received': applySaid,
  'task.answered': applySaid,
  'task.noted': recordedOnly,
  'incident.raised': applyIncident,
  'node.skipped': applySaid,
  'run.forked': applyRunForked,
  'run.moved': applyRunMoved,
  'undo.started': applyUndoStarted,
  'undo.step-started': applyUndoStepStarted,
  'undo.step-done': applyUndoStepDone,
  'undo.ended': applyUndoEnded,
  'run.succeeded': applyRunSucceeded,
  'run.failed': applyRunFailed,
  'run.cancelled': applyRunCancelled,
}

/** Folds one entry into a draft; the only code that changes a run. */
export function applyTo(draft: RunDraft, entry: JournalEntry): void {
  const applier = entry.version === 1 && Object.hasOwn(appliersV1, entry.kind) ? appliersV1[entry.kind] : undefined
  if (applier === undefined) throw new Error(`SLU_ENTRY_UNKNOWN: no applier for ${entry.kind}@${entry.version}; a newer Sluice wrote it`)
  ;(applier as (draft: RunDraft, entry: JournalEntry) => void)(draft, entry)
  draft.run.seq++
}

/** The run after one entry; what was handed in stays as it was. Null stands for a run that has not started. */
export function apply(flow: CompiledFlow, run: RunState | null, entry: JournalEntry): RunState {
  return applyAll(flow, run, [entry])
}

/** The run after several entries, with one copy for all of them. */
export function applyAll(flow: CompiledFlow, run: RunState | null, entries: Iterable<JournalEntry>): RunState {
  const draft = new RunDraft(flow, run)
  for (const entry of entries) applyTo(draft, entry)
  return draft.seal()
}

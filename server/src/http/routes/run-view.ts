import type { RunError, RunState } from '@sluice/engine/core'
import type { Sight } from '@sluice/sdk/server'
import type { RunView, RunWait } from '../../hosts/sqlite/index.ts'
import type { RunsReader } from '../../hosts/sqlite/reader/index.ts'
import { instant } from '../page.ts'
import { runLens, seenEvent, seenRun } from './run-lens.ts'

/** A run as lists and streams show it (CONTRACT §2). */
function runSummary({ id, flow, version, digest, status, subject, trigger, eventId, parent, startedAt, endedAt, error }: RunView) {
  return {
    id,
    flow,
    version,
    digest,
    state: status,
    subject,
    trigger,
    eventId,
    parent,
    startedAt: instant(startedAt),
    endedAt: instant(endedAt),
    error,
  }
}

/** A run as the list shows it: one that stands still also says what for, or why. */
export function runLine(runs: RunsReader, run: RunView) {
  const isOpen = run.status === 'waiting' || run.status === 'incident'
  return { ...runSummary(run), waits: isOpen ? runs.waits(run.id).map(waitView) : [] }
}

/** While a run stands still for an operator, its error is the incident's. */
export function withIncident(runs: RunsReader, run: RunView): RunView {
  return run.status === 'incident' && run.error === null ? { ...run, error: incidentOf(runs.state(run.id)) } : run
}

/** One run as this reader may see it. While it stands still for an operator, `error` says why. */
export function runDetail(runs: RunsReader, run: RunView, sight: Sight) {
  const { id } = run
  const event = runs.event(id)
  const lens = runLens(runs, run, sight, [run.output])
  return {
    ...runSummary(seenRun(withIncident(runs, run), lens)),
    event: seenEvent(event, lens),
    output: lens.mask(run.output),
    waits: runs.waits(id).map(waitView),
    ...undoView(runs, id),
    entries: run.seq,
  }
}

/** What has been undone, in that order, and whether the run still is about it; nothing where nothing was. */
function undoView(runs: RunsReader, id: string) {
  const { undoing, undone } = runs.undo(id)
  return { ...(undoing ? { undoing } : {}), ...(undone.length > 0 ? { undone } : {}) }
}

function incidentOf(state: RunState | null): RunError | null {
  return Object.values(state?.tokens ?? {}).find((token) => token.state === 'incident')?.error ?? null
}

function waitView({ node, token, kind, id, dueAt, since }: RunWait) {
  return { node, token, kind, id, dueAt: instant(dueAt), since: instant(since) }
}

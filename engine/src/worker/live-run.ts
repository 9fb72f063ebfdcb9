import type { Command } from '../core/command.ts'
import { advanceDraft } from '../core/decide.ts'
import type { RunDraft } from '../core/draft.ts'
import type { Decision } from '../core/effect.ts'
import type { JournalEntry } from '../core/entry.ts'
import type { RunId } from '../core/ids.ts'
import type { RunState } from '../core/run.ts'
import { carryOut } from './core-effects.ts'
import type { RunIndex } from './ports.ts'
import type { PreparedFlow } from './prepared-flow.ts'
import type { Work } from './work.ts'

/** A run in the memory of one request: its state, and the entries that are not in the journal yet. */
export interface LiveRun {
  readonly id: RunId
  /** Another version's only when a person moves the run. */
  prepared: PreparedFlow
  /** Held by nobody else beyond the moment: the next command may change it in place. */
  state: RunState | null
  /** What made the state in this request; null when an undo may bring that state back. */
  draft: RunDraft | null
  index: RunIndex
  readonly entries: JournalEntry[]
  /** Sequence number of the first of `entries`. */
  readonly firstSeq: number
  readonly depth: number
}

/** The run, from this request's memory or from the store; null when there is none. */
export function loadRun(work: Work, id: RunId): LiveRun | null {
  const known = work.runs.get(id)
  if (known !== undefined) return known
  const stored = work.store.runs.load(id)
  if (stored === null) return null
  const { state, index } = stored
  const prepared = work.shared.flows.get(state.flow, state.version)
  const live: LiveRun = { id, prepared, state, draft: null, index, entries: [], firstSeq: state.seq + 1, depth: work.depth }
  work.set(work.runs, id, live)
  return live
}

export function addRun(work: Work, id: RunId, prepared: PreparedFlow, index: RunIndex, depth: number): LiveRun {
  const live: LiveRun = { id, prepared, state: null, draft: null, index, entries: [], firstSeq: 1, depth }
  work.set(work.runs, id, live)
  return live
}

/** Puts a command to a run and carries out what follows from it. */
export function ask(work: Work, live: LiveRun, command: Command): Decision {
  const { decision, run, draft } = advanceDraft(live.prepared.flow, live.state, work.undoable ? null : live.draft, command)
  if (!decision.accepted) {
    work.shared.counts.rejections++
    return decision
  }
  if (work.undoable) rememberRun(work, live)
  live.state = run
  live.draft = work.undoable ? null : draft
  for (const entry of decision.entries) live.entries.push(entry)
  carryOut(work, live, decision.effects)
  return decision
}

function rememberRun(work: Work, live: LiveRun): void {
  const { state, entries } = live
  const { length } = entries
  work.undo(() => {
    live.state = state
    entries.length = length
  })
}

/** Writes every changed run: one journal row for all that happened to it in this request. */
export function saveRuns(work: Work): void {
  const { runs, journal } = work.store
  for (const { id, state, index, entries, firstSeq, prepared } of work.runs.values()) {
    if (entries.length === 0 || state === null) continue
    journal.append({ run: id, seq: firstSeq, at: work.now, entries })
    runs.save(state, index, firstSeq === 1)
    work.shared.counts.entries += entries.length
    const { key, version } = prepared.flow
    work.topics.push({ kind: 'run', run: id, flow: key, version, status: state.status, seq: firstSeq, entries })
  }
}

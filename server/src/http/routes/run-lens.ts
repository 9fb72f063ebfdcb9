import type { JournalEntry, Unwound, Words } from '@sluice/engine/core'
import type { Lens, Sight } from '@sluice/sdk/server'
import type { JournalItem, RunView } from '../../hosts/sqlite/index.ts'
import type { RunsReader } from '../../hosts/sqlite/reader/index.ts'

/** A called run carries its caller's data; this far up it is looked for. */
const callersMax = 32

/** What this reader may see of a run's data. `more` is what will be shown beside how the run and its callers began. */
export function runLens(
  runs: RunsReader,
  run: Pick<RunView, 'id' | 'subject' | 'parent'>,
  sight: Sight,
  more: readonly unknown[] = [],
): Lens {
  return sight.on(run.subject, [...more, ...begun(runs, run)])
}

/** One lens for the errors of a whole list. A run that says whom it is about need not be opened for it. */
export function listLens(runs: RunsReader, list: readonly RunView[], sight: Sight): Lens {
  const failed = list.filter(({ error }) => error !== null)
  return sight.on(
    null,
    failed.map((run) => run.subject ?? begun(runs, run)),
  )
}

/** How a run and its callers began: it names the customers. */
export function begun(runs: RunsReader, run: Pick<RunView, 'id' | 'subject' | 'parent'>): readonly unknown[] {
  const mentioned: unknown[] = []
  let at: Pick<RunView, 'id' | 'subject' | 'parent'> | null = run
  for (let step = 0; at !== null && step < callersMax; step += 1) {
    mentioned.push(at.subject, runs.journal(at.id, 0, 1).items)
    at = at.parent === null ? null : runs.find(at.parent.run)
  }
  return mentioned
}

/** A run as the lens lets it be seen. Its ids, states and times are nobody's data. */
export function seenRun<Run extends Pick<RunView, 'output' | 'error'>>(run: Run, lens: Lens): Run {
  return { ...run, output: lens.mask(run.output), error: run.error === null ? null : withText(run.error, lens) }
}

export function seenItem({ seq, entry }: JournalItem, lens: Lens): JournalItem {
  return { seq, entry: seenEntry(entry, lens) }
}

/** Hides values and keeps the entry an entry: who folds it gets the same run, only with less in it. */
function seenEntry(entry: JournalEntry, lens: Lens): JournalEntry {
  const seen: Record<string, unknown> = { ...entry }
  for (const name of ['data', 'output', 'why', 'items', 'added']) if (name in entry) seen[name] = lens.mask(seen[name])
  if ('event' in entry && entry.event !== null) seen.event = { ...entry.event, data: lens.mask(entry.event.data) }
  if ('error' in entry) seen.error = withText(entry.error, lens)
  if ('wait' in entry && entry.wait.kind === 'timer') seen.wait = { ...entry.wait, data: lens.mask(entry.wait.data) }
  if ('wait' in entry && entry.wait.kind === 'event') seen.wait = { ...entry.wait, key: lens.text(entry.wait.key) }
  if (entry.kind === 'undo.started') seen.ending = seenEnding(entry.ending, lens)
  if (entry.kind === 'undo.started' && entry.exit !== null)
    seen.exit = { ...entry.exit, data: lens.mask(entry.exit.data), why: lens.mask(entry.exit.why) }
  if ('reason' in entry) seen.reason = lens.text(entry.reason)
  return seen as unknown as JournalEntry
}

function seenEnding(ending: Unwound | null, lens: Lens): Unwound | null {
  if (ending === null) return null
  return ending.kind === 'run.failed' ? { ...ending, error: withText(ending.error, lens) } : { ...ending, reason: lens.text(ending.reason) }
}

function withText<Fault extends { readonly message: string; readonly text?: Words }>(error: Fault, lens: Lens): Fault {
  const seen = { ...error, message: lens.text(error.message) }
  const { text } = error
  return text === undefined ? seen : { ...seen, text: { en: lens.text(text.en), 'zh-CN': lens.text(text['zh-CN']) } }
}

import { type FlowEvent, type JournalEntry, type Unwound, type Wait, type Words, written } from '@sluice/engine/core'
import type { Caller, Lens, Sight } from '@sluice/sdk/server'
import type { Door } from '../../door.ts'
import type { JournalItem, RunView } from '../../hosts/sqlite/index.ts'
import type { RunsReader } from '../../hosts/sqlite/reader/index.ts'

/** A called run carries its caller's data; this far up it is looked for. */
const callersMax = 32

/** All runs, or those about customers this reader knows. */
export function mayLookAt(door: Pick<Door, 'sight'>, { subject }: Pick<RunView, 'subject'>, caller: Caller): boolean {
  if (caller.may('runs.read')) return true
  return caller.may('runs.own') && subject !== null && door.sight(caller).knows(subject)
}

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
  if ('event' in entry) seen.event = seenEvent(entry.event, lens)
  if ('error' in entry) seen.error = withText(entry.error, lens)
  if ('key' in entry) seen.key = lens.text(entry.key)
  if ('wait' in entry) seen.wait = seenWait(entry.wait, lens)
  if (entry.kind === 'run.forked') {
    const { begin, kept } = entry
    seen.begin = { ...begin, input: lens.mask(begin.input), event: seenEvent(begin.event, lens), outputs: eachOf(begin.outputs, lens.mask) }
    seen.kept = eachOf(kept, ({ port, data }) => ({ port, data: lens.mask(data) }))
  }
  if (entry.kind === 'undo.started') seen.ending = seenEnding(entry.ending, lens)
  if (entry.kind === 'undo.started' && entry.exit !== null)
    seen.exit = { ...entry.exit, data: lens.mask(entry.exit.data), why: lens.mask(entry.exit.why) }
  if ('reason' in entry) seen.reason = lens.text(entry.reason)
  return seen as unknown as JournalEntry
}

export function seenEvent(event: FlowEvent | null, lens: Lens): FlowEvent | null {
  if (event === null) return null
  const { extensions } = event
  return written({ ...event, ...(extensions === undefined ? {} : { extensions: lens.mask(extensions) }), data: lens.mask(event.data) })
}

/** What a line waits by may be somebody's number: the key of an event, of a lock, of a share of a rate. */
function seenWait(wait: Wait, lens: Lens): Wait {
  if (wait.kind === 'event' || wait.kind === 'lock') return { ...wait, key: lens.text(wait.key) }
  if (wait.kind !== 'timer') return wait
  const seen = { ...wait, data: lens.mask(wait.data) }
  return wait.lock === undefined ? seen : { ...seen, lock: { ...wait.lock, key: lens.text(wait.lock.key) } }
}

/** By the names of steps, which are nobody's data. */
function eachOf<Value, Shown>(values: Readonly<Record<string, Value>>, shown: (value: Value) => Shown): Record<string, Shown> {
  return Object.fromEntries(Object.entries(values).map(([node, value]) => [node, shown(value)]))
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

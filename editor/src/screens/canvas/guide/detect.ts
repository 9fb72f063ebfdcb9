import { whenCommandDone } from '../../../app/commands/index.ts'
import type { FlowEditor } from '../../../canvas/flow-editor.ts'
import type { Entry, FlowState } from '../../../doc/index.ts'
import type { RunView } from '../../../run/run-store.ts'
import type { TourTask } from './tour.ts'

/** What carries out a command says its name; these are what tasks ask for. */
const byCommand: Readonly<Record<string, TourTask>> = {
  'canvas.test': 'test',
  'canvas.simulate': 'test',
  'canvas.publish': 'publish',
}

/** The task that a command of the document carries out: the name it has in the undo list, and what it wrote. */
function taskOf({ label, forward }: Pick<Entry, 'label' | 'forward'>): TourTask | null {
  switch (label.id) {
    case 'canvas.do.add':
    case 'canvas.do.insert':
    case 'canvas.do.paste':
    case 'canvas.do.duplicate':
      return 'step'
    case 'canvas.do.rename':
      return 'text'
    case 'canvas.do.configure':
      return forward.some((patch) => patch.op === 'set' && isText(patch.value)) ? 'text' : null
    default:
      return null
  }
}

function isText(value: unknown): boolean {
  if (typeof value === 'string') return true
  return typeof value === 'object' && value !== null && 'en' in value
}

/** The entry that a command has just made or made longer; undoing, recalling and what others did make none. */
function newEntry(now: FlowState, before: FlowState): Entry | null {
  const [entry, last] = [now.history.undo.at(-1), before.history.undo.at(-1)]
  if (entry === undefined || now.revision === before.revision || now.history.undo.length < before.history.undo.length) return null
  return entry.at === last?.at && entry.label === last.label ? null : entry
}

/** A chosen wire that something has passed: its data are shown. */
function looksAtData({ doc, selection }: Pick<FlowState, 'doc' | 'selection'>, { picture }: Pick<RunView, 'picture'>): boolean {
  return [...selection].some((ref) => {
    const wire = doc.edges.get(ref)
    return wire !== undefined && picture?.passages.has(`${wire.from.node}.${wire.from.port}`) === true
  })
}

/** Tells what is done on this canvas, by whatever hand: keys, palette, menus, pointer. Gives back how to stop. */
export function watchTasks({ flow, runs }: FlowEditor, did: (task: TourTask) => void): () => void {
  const look = () => {
    if (looksAtData(flow.getState(), runs.getState())) did('data')
  }
  const stops = [
    whenCommandDone((id) => {
      const task = byCommand[id]
      if (task !== undefined) did(task)
    }),
    flow.subscribe((now, before) => {
      const entry = newEntry(now, before)
      const task = entry === null ? null : taskOf(entry)
      if (task !== null) did(task)
      if (now.selection !== before.selection) look()
    }),
    runs.subscribe((now, before) => {
      if (now.picture !== before.picture) look()
    }),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

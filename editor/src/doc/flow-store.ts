import { createStore, type StoreApi } from 'zustand/vanilla'
import { Draft } from './draft.ts'
import { type Entry, emptyHistory, type History, record, seal } from './history.ts'
import type { Label } from './label.ts'
import { type FlowDocument, nothingSelected, refTarget, type Selection } from './model.ts'
import type { Patch } from './patch.ts'
import { Workspace } from './workspace.ts'

/**
 * The open flow. Moves: `change` (new entry, or merged into the last), `undo`, `redo`, `select`, `replace` (another document altogether),
 * `receive` (what others did). Only those six write; whatever the engine adds about runs lives in another store.
 */
export interface FlowState {
  readonly doc: FlowDocument
  readonly selection: Selection
  readonly history: History
  /** Counts every change of the document, so that saving and checking know what they have seen. */
  readonly revision: number
}

export interface Change {
  readonly label: Label
  readonly merge?: string
}

/** What was done to the document, for the journal. */
export type Listener = (patches: readonly Patch[], revision: number) => void

export interface FlowStore extends StoreApi<FlowState> {
  /** Runs `write` on a draft. False when it changed nothing. @example `flow.change(label('rename'), (draft) => draft.set('nodes', id, ['name'], name))` */
  change(change: Label | Change, write: (draft: Draft) => void): boolean
  undo(): Entry | null
  redo(): Entry | null
  /** The next keystroke starts a new entry. */
  seal(): void
  select(refs: Iterable<string>): void
  /** Another document; history starts anew unless it is kept. */
  replace(doc: FlowDocument): void
  /** What was undoable before the page was loaded is so again; only while nothing was done since. */
  recall(history: History): void
  onPatches(listener: Listener): () => void
  /** The document with what others did in it. Their changes are no entries; the history is one's own, kept out of their way (`besides.ts`). */
  receive(doc: FlowDocument, history: History): void
}

export interface FlowStoreOptions {
  readonly now?: () => number
}

export function createFlowStore(doc: FlowDocument, options: FlowStoreOptions = {}): FlowStore {
  const now = options.now ?? (() => Date.now())
  const store = createStore<FlowState>(() => ({ doc, selection: nothingSelected, history: emptyHistory, revision: 0 }))
  const listeners = new Set<Listener>()

  function tell(patches: readonly Patch[]): void {
    for (const listener of listeners) listener(patches, store.getState().revision)
  }

  function step(from: 'undo' | 'redo'): Entry | null {
    const { history, doc: before, revision } = store.getState()
    const entry = history[from].at(-1)
    if (entry === undefined) return null
    const workspace = new Workspace(before)
    for (const patch of from === 'undo' ? entry.inverse : entry.forward) workspace.apply(patch)
    if (workspace.forward.length === 0) {
      // Others took over all of it: the entry goes, and whoever asked is told.
      store.setState({ history: { ...history, [from]: history[from].slice(0, -1) } })
      return { ...entry, overtaken: true }
    }
    const to = from === 'undo' ? 'redo' : 'undo'
    const moved = { [from]: history[from].slice(0, -1), [to]: [...history[to], entry] } as unknown as History
    const next = workspace.finish()
    store.setState({
      doc: next,
      history: moved,
      revision: revision + 1,
      selection: existing(next, from === 'undo' ? entry.before : entry.after),
    })
    tell(workspace.forward)
    return entry
  }

  return Object.assign(store, {
    change(change: Label | Change, write: (draft: Draft) => void): boolean {
      const { doc: before, selection, history, revision } = store.getState()
      const draft = new Draft(before)
      write(draft)
      const { forward, inverse } = draft.workspace
      if (forward.length === 0) return false
      const next = draft.workspace.finish()
      const after = existing(next, draft.selection ?? selection)
      const named = 'label' in change ? change : { label: change }
      const entry: Entry = {
        label: named.label,
        forward: [...forward],
        inverse: [...inverse].reverse(),
        before: selection,
        after,
        merge: named.merge ?? null,
        at: now(),
      }
      store.setState({ doc: next, selection: after, history: record(history, entry), revision: revision + 1 })
      tell(entry.forward)
      return true
    },
    undo: () => step('undo'),
    redo: () => step('redo'),
    seal() {
      const { history } = store.getState()
      const sealed = seal(history)
      if (sealed !== history) store.setState({ history: sealed })
    },
    select(refs: Iterable<string>) {
      const { doc: here, selection } = store.getState()
      const next = existing(here, new Set(refs))
      if (next.size !== selection.size || [...next].some((ref) => !selection.has(ref))) store.setState({ selection: next })
    },
    replace(next: FlowDocument) {
      store.setState({ doc: next, selection: nothingSelected, history: emptyHistory, revision: store.getState().revision + 1 })
    },
    recall(history: History) {
      const now = store.getState().history
      if (now.undo.length === 0 && now.redo.length === 0) store.setState({ history })
    },
    receive(next: FlowDocument, history: History) {
      const { selection, revision } = store.getState()
      store.setState({ doc: next, selection: existing(next, selection), history, revision: revision + 1 })
    },
    onPatches(listener: Listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
}

function existing(doc: FlowDocument, selection: Selection): Selection {
  const kept = [...selection].filter((ref) => {
    const target = refTarget(ref)
    return doc[target.in].has(target.id)
  })
  return kept.length === selection.size ? selection : new Set(kept)
}

import type { FlowDefinition } from '@sluice/flows'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toFile } from './file.ts'
import type { FlowStore } from './flow-store.ts'
import type { Journal } from './journal.ts'
import type { Patch } from './patch.ts'

/**
 * Keeps the server's draft equal to the document.
 *
 * `saved` → (change) `pending` → (idle 600 ms, 2 s at the latest) `saving` → `saved`
 * `saving` → `pending` when something changed meanwhile · `offline` when no answer came, until there is one; tried again with growing pauses
 * `saving` → `conflict` when the server has a newer draft: nothing is sent until a person chose · `refused` when it may not be saved
 *
 * While the flow is shared over its socket, saving is lent to it (`lend`): it sends, merges and says how things stand; this keeps the
 * journal. When the socket cannot be had for long, saving comes back here.
 */
export type SaveState = 'saved' | 'pending' | 'saving' | 'offline' | 'conflict' | 'refused'

export interface Saving {
  readonly state: SaveState
  /** The server's answer is awaited; what is tried again is called offline until there is one. */
  readonly isAsking: boolean
  readonly savedAt: number | null
  readonly etag: string | null
  readonly pending: number
  readonly conflict: { readonly theirs: FlowDefinition; readonly etag: string | null } | null
  readonly reason: string | null
}

export type SaveAnswer =
  | { readonly kind: 'saved'; readonly etag: string | null }
  | { readonly kind: 'conflict'; readonly theirs: FlowDefinition; readonly etag: string | null }
  | { readonly kind: 'offline' }
  | { readonly kind: 'refused'; readonly reason: string }

export interface AutosavePorts {
  readonly journal: Journal
  readonly put: (file: FlowDefinition, etag: string | null) => Promise<SaveAnswer>
  readonly now: () => number
  readonly after: (ms: number, act: () => void) => () => void
}

const autosaveLimits = { idleMs: 600, waitMsMax: 1_800, journalMs: 20, retryMsMin: 1_000, retryMsMax: 30_000 } as const

/** Who saves while saving is lent. */
export interface Borrower {
  changed(): void
  flush(): void
  /** What the server does not have, for the journal. */
  unsaved(): { readonly base: FlowDefinition; readonly patches: readonly Patch[] }
}

export interface Autosave extends StoreApi<Saving> {
  /** Sends now what is pending. */
  flush(): Promise<void>
  /** A person chose: their draft goes away under ours. */
  keepMine(): Promise<void>
  /** A person chose: our changes go away; the document becomes theirs. */
  takeTheirs(): FlowDefinition | null
  /** Work found in the journal counts as unsaved from the start. */
  adopt(patches: readonly Patch[]): void
  /** Null while an answer is awaited; ask again then. Otherwise: where the server stands. */
  lend(borrower: Borrower): { readonly base: FlowDefinition; readonly etag: string | null } | null
  giveBack(base: FlowDefinition, etag: string | null, patches: readonly Patch[]): void
  /** Writes into the journal what is unsaved now. */
  keep(): void
  stop(): void
}

export function autosave(flow: FlowStore, base: FlowDefinition, etag: string | null, ports: AutosavePorts): Autosave {
  const store = createStore<Saving>(() => ({
    state: 'saved',
    isAsking: false,
    savedAt: null,
    etag,
    pending: 0,
    conflict: null,
    reason: null,
  }))
  let from = base
  let unsaved: Patch[] = []
  let firstAt: number | null = null
  let cancelTimer = () => {}
  let journalDue = false
  let retryMs: number = autosaveLimits.retryMsMin
  let lent: Borrower | null = null

  const key = base.key
  const writeJournal = () => {
    if (journalDue) return
    journalDue = true
    ports.after(autosaveLimits.journalMs, () => {
      journalDue = false
      const { base, patches } = lent?.unsaved() ?? { base: from, patches: unsaved }
      const record = { flow: key, base, etag: store.getState().etag, patches, at: ports.now() }
      void (patches.length === 0 ? ports.journal.clear(key) : ports.journal.write(record))
    })
  }

  function schedule(ms: number): void {
    cancelTimer()
    cancelTimer = ports.after(ms, () => void send())
  }

  function changed(patches: readonly Patch[]): void {
    if (lent !== null) {
      writeJournal()
      lent.changed()
      return
    }
    unsaved = [...unsaved, ...patches]
    writeJournal()
    const { state, isAsking } = store.getState()
    store.setState({ pending: unsaved.length })
    if (state === 'conflict' || isAsking) return
    firstAt ??= ports.now()
    if (state !== 'offline') store.setState({ state: 'pending', reason: null })
    schedule(Math.max(0, Math.min(autosaveLimits.idleMs, firstAt + autosaveLimits.waitMsMax - ports.now())))
  }

  async function send(force = false): Promise<void> {
    const { state, isAsking, etag: known } = store.getState()
    if (lent !== null || isAsking || (state === 'conflict' && !force) || unsaved.length === 0) return
    cancelTimer()
    const sent = unsaved.length
    const file = toFile(flow.getState().doc)
    store.setState({ isAsking: true, state: state === 'offline' ? state : 'saving' })
    const answer = await ports.put(file, known)
    settle(answer, file, sent)
  }

  function settle(answer: SaveAnswer, file: FlowDefinition, sent: number): void {
    firstAt = null
    const told = (how: Partial<Saving>) => store.setState({ ...how, isAsking: false })
    if (answer.kind === 'saved') {
      unsaved = unsaved.slice(sent)
      from = file
      retryMs = autosaveLimits.retryMsMin
      const state = unsaved.length > 0 ? 'pending' : 'saved'
      told({ state, savedAt: ports.now(), etag: answer.etag, pending: unsaved.length, conflict: null, reason: null })
      writeJournal()
      if (unsaved.length > 0) schedule(autosaveLimits.idleMs)
    } else if (answer.kind === 'conflict') {
      told({ state: 'conflict', conflict: { theirs: answer.theirs, etag: answer.etag } })
    } else if (answer.kind === 'refused') {
      told({ state: 'refused', reason: answer.reason })
    } else {
      told({ state: 'offline' })
      schedule(retryMs)
      retryMs = Math.min(retryMs * 2, autosaveLimits.retryMsMax)
    }
  }

  const stopListening = flow.onPatches(changed)
  return Object.assign(store, {
    async flush() {
      if (lent === null) await send()
      else lent.flush()
    },
    lend(borrower: Borrower) {
      if (store.getState().isAsking) return null
      cancelTimer()
      unsaved = []
      lent = borrower
      return { base: from, etag: store.getState().etag }
    },
    giveBack(base: FlowDefinition, known: string | null, patches: readonly Patch[]) {
      lent = null
      from = base
      // Whoever had it gives it back because no answer comes any more.
      store.setState({ etag: known, state: patches.length > 0 ? 'offline' : 'saved', pending: 0 })
      if (patches.length > 0) changed(patches)
    },
    keep: writeJournal,
    async keepMine() {
      const { conflict } = store.getState()
      if (conflict === null) return
      store.setState({ etag: conflict.etag, conflict: null })
      await send(true)
    },
    takeTheirs() {
      const { conflict } = store.getState()
      if (conflict === null) return null
      unsaved = []
      from = conflict.theirs
      writeJournal()
      store.setState({ state: 'saved', etag: conflict.etag, pending: 0, conflict: null, savedAt: ports.now() })
      return conflict.theirs
    },
    adopt: (patches: readonly Patch[]) => changed(patches),
    stop() {
      stopListening()
      cancelTimer()
    },
  })
}

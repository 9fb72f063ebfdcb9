import type { FlowDefinition } from '@sluice/flows'
import { diffDocuments } from '@sluice/flows/document'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FlowEditor } from '../canvas/flow-editor.ts'
import { type Autosave, type FlowDocument, fromFile, type Loss, type Patch, placeSteps, toFile } from '../doc/index.ts'
import { SharedDocument } from '../doc/shared.ts'
import { Link, type LinkPorts } from './link.ts'
import { createPeople, type Here, type Peer, type PeopleStore } from './people.ts'

/** One flow that is open in several windows: its socket, its people, and what was lost on the way. */
export interface Together {
  readonly people: PeopleStore
  readonly losses: StoreApi<{ readonly list: readonly Told[] }>
  /** Says where this window is. */
  here(here: Here): void
  /** Threads of comments that somebody changed. */
  onComments(listener: () => void): () => void
  settle(told: Told): void
  stop(): void
}

export interface Told {
  readonly id: number
  readonly loss: Loss
}

export interface SharePorts extends LinkPorts {
  readonly url: string
  readonly now: () => number
  /** Hears when the network comes and goes. */
  readonly network: (listener: (isOnline: boolean) => void) => () => void
  /** What was lost and not decided yet, also after this window was closed. */
  readonly kept: { read(): readonly Loss[]; write(list: readonly Loss[]): void }
  /** What the server does not take, in its words. */
  readonly refused: (title: string) => void
}

/** How often changes go out while somebody types, and after how many vain attempts saving takes the other way. */
const shareLimits = { sendMs: 60, failuresMax: 4, toldMax: 50, closeMsMax: 5_000 } as const

interface State {
  readonly kind: 'state'
  readonly seq: number
  readonly etag: string
  readonly file: FlowDefinition
  readonly by: string
  readonly you: string
  readonly people: readonly Peer[]
}

type Message =
  | State
  | {
      readonly kind: 'accepted'
      readonly id: number
      readonly seq: number
      readonly etag: string
      readonly patches: readonly Patch[] | null
    }
  | {
      readonly kind: 'refused'
      readonly id: number
      readonly code: string
      readonly title: string
      readonly detail: string
      readonly errors: readonly { readonly path: string; readonly message: string }[]
    }
  | ({ readonly kind: 'change'; readonly etag: string } & Parameters<SharedDocument['received']>[0])
  | { readonly kind: 'people'; readonly people: readonly Peer[] }
  | { readonly kind: 'here'; readonly people: readonly (Here & { readonly id: string })[] }
  | { readonly kind: 'comments' }

export function shareFlow(
  { flow, saving, catalogue }: Pick<FlowEditor, 'flow' | 'saving' | 'catalogue'>,
  file: FlowDefinition,
  ports: SharePorts,
): Together {
  const people = createPeople()
  let told = 0
  const numbered = (loss: Loss): Told => ({ id: ++told, loss })
  const losses = createStore<{ readonly list: readonly Told[] }>(() => ({ list: ports.kept.read().map(numbered) }))
  losses.subscribe(({ list }) => ports.kept.write(list.map(({ loss }) => loss)))
  const heard = new Set<() => void>()
  let shared: SharedDocument | null = null
  let isLent = false
  let isClosing = false
  let etag: string | null = null
  let cancelSend: (() => void) | null = null

  const tell = (loss: Loss) => {
    losses.setState({ list: [...losses.getState().list, numbered(loss)].slice(-shareLimits.toldMax) })
  }
  // Steps without a place are given one here; the places travel with the first change, so that looking at a flow never changes it.
  let unplaced: readonly Patch[] = []
  const placed = (of: FlowDefinition) => placeSteps(fromFile(of), catalogue)
  const begin = (base: FlowDefinition) =>
    new SharedDocument(flow, placed(base), {
      now: ports.now,
      tell,
      send: (batch) => {
        if (link.send({ kind: 'change', ...batch, patches: [...unplaced, ...batch.patches] })) unplaced = []
      },
    })
  const report = () => {
    if (saving === null || !isLent || shared === null) return
    const pending = shared.pending().length
    const isLive = link.state === 'live'
    const state = pending === 0 ? 'saved' : !isLive ? 'offline' : shared.isSending ? 'saving' : 'pending'
    saving.setState({ state, pending, etag, conflict: null, reason: null, ...(pending === 0 ? { savedAt: ports.now() } : {}) })
    saving.keep()
    if (isClosing && pending === 0) link.end()
  }
  const send = () => {
    cancelSend?.()
    cancelSend = null
    if (isLent && link.state === 'live') shared?.send()
    report()
  }
  const sendSoon = () => {
    cancelSend ??= ports.later(send, shareLimits.sendMs)
  }
  // The journal asks with every change, and the server's side of it mostly is the same as before.
  let written: { readonly of: FlowDocument; readonly base: FlowDefinition } | null = null
  const baseOf = (of: FlowDocument) => {
    if (written?.of !== of) written = { of, base: toFile(of) }
    return written.base
  }
  const borrower = {
    changed: () => {
      saving?.setState({ pending: Math.max(1, saving.getState().pending), ...(link.state === 'live' ? { state: 'pending' as const } : {}) })
      sendSoon()
    },
    flush: send,
    unsaved: () => (shared === null ? { base: file, patches: [] } : { base: baseOf(shared.confirmed), patches: shared.pending() }),
  }

  function join(state: State): void {
    if (saving !== null && !isLent) {
      const lent = saving.lend(borrower)
      // An answer of the other way is on its way: it says where the server stands.
      if (lent === null) return void untilIdle(saving, () => link.state === 'live' && join(state))
      isLent = true
      shared = begin(lent.base)
    }
    shared ??= begin(file)
    etag = state.etag
    const draft = placed(state.file)
    unplaced = diffDocuments(fromFile(state.file), draft)
    shared.rejoined(draft, state.seq, state.by)
    send()
  }

  function take(message: Message): void {
    switch (message.kind) {
      case 'state':
        people.setState({ state: 'live', you: message.you, all: message.people })
        join(message)
        for (const listener of heard) listener()
        break
      case 'accepted':
        etag = message.etag
        shared?.accepted(message.id, message.seq, message.patches)
        send()
        break
      case 'change':
        etag = message.etag
        shared?.received(message)
        report()
        break
      case 'refused':
        refuse(message)
        break
      case 'people':
        people.setState({ all: message.people })
        break
      case 'here': {
        const moved = new Map(message.people.map((each) => [each.id, each]))
        people.setState({ all: people.getState().all.map((peer) => ({ ...peer, ...moved.get(peer.id) })) })
        break
      }
      case 'comments':
        for (const listener of heard) listener()
    }
  }

  function refuse({ id, code, title, detail, errors }: Extract<Message, { kind: 'refused' }>): void {
    shared?.refused(id)
    if (code === 'SLU_LIVE_TAKEN') {
      send()
      return
    }
    const [first] = errors
    const reason = first === undefined ? detail : `${detail} ${first.path}: ${first.message}`
    if (code === 'SLU_PERMISSION_DENIED') {
      shared?.rollBack()
      ports.refused(`${title}. ${detail}`)
      report()
      return
    }
    // It stays on the screen and in the journal, and goes out with the next change.
    saving?.setState({ state: 'refused', reason })
  }

  const link: Link = new Link(ports.url, ports, {
    onMessage: (message) => take(message as Message),
    onState(state) {
      if (state === 'live') return
      people.setState({ state: state === 'away' ? 'away' : 'off', all: [], following: null })
      report()
      const givesUp = state === 'ended' || link.failures >= shareLimits.failuresMax
      if (givesUp && isLent && saving !== null && shared !== null) {
        const { base, patches } = borrower.unsaved()
        isLent = false
        shared = null
        saving.giveBack(base, etag, patches)
      }
    },
  })
  const stopNetwork = ports.network((isOnline) => (isOnline ? link.hurry() : link.drop()))

  return {
    people,
    losses,
    here: (here) => void link.send({ kind: 'here', ...here }),
    onComments(listener) {
      heard.add(listener)
      return () => heard.delete(listener)
    },
    settle: (each) => losses.setState({ list: losses.getState().list.filter((other) => other.id !== each.id) }),
    stop() {
      stopNetwork()
      // What is on its way arrives first; without an answer it stays in the journal.
      isClosing = isLent && (shared?.isSending === true || (shared?.pending().length ?? 0) > 0)
      send()
      if (isClosing) ports.later(() => link.end(), shareLimits.closeMsMax)
      else link.end()
    },
  }
}

function untilIdle(saving: Autosave, act: () => void): void {
  const stop = saving.subscribe(({ isAsking }) => {
    if (isAsking) return
    stop()
    act()
  })
}

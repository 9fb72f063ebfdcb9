import type { FlowDefinition } from '@sluice/flows'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toFile } from './file.ts'
import type { FlowStore } from './flow-store.ts'
import { hashOf } from './hash.ts'
import { emptyHistory, type History } from './history.ts'
import type { FlowDocument } from './model.ts'
import type { Shelf } from './shelf.ts'

/** A state of the drawing that somebody gave a name. */
export interface Checkpoint {
  readonly name: string
  readonly at: number
  readonly file: FlowDefinition
}

/** What the browser keeps of a flow's past. */
export interface PastRecord {
  readonly flow: string
  /** The document the history leads to: undo is only offered on exactly that one. */
  readonly fingerprint: string
  readonly history: History
  readonly checkpoints: readonly Checkpoint[]
}

const pastLimits = { checkpointsMax: 30, pauseMs: 400 } as const

export interface Past extends StoreApi<{ readonly checkpoints: readonly Checkpoint[] }> {
  /** Reads what the last visit left; undo comes back when the document is the one it belongs to. */
  recall(): Promise<void>
  mark(name: string): void
  forget(at: number): void
  flush(): void
  stop(): void
}

export interface PastPorts {
  readonly shelf: Shelf<PastRecord>
  readonly now: () => number
  readonly after: (ms: number, act: () => void) => () => void
}

/** Keeps the undo list and the named states of one flow over reloads. */
export function keepPast(flow: FlowStore, ports: PastPorts): Past {
  const store = createStore<{ readonly checkpoints: readonly Checkpoint[] }>(() => ({ checkpoints: [] }))
  const key = flow.getState().doc.head.key
  let cancel: (() => void) | null = null
  let ready = false

  const write = () => {
    cancel?.()
    cancel = null
    if (!ready) return
    const { doc, history } = flow.getState()
    void ports.shelf.write({ flow: key, fingerprint: fingerprintOf(doc), history, checkpoints: store.getState().checkpoints })
  }
  const later = () => {
    cancel ??= ports.after(pastLimits.pauseMs, write)
  }
  const stopListening = flow.subscribe((state, before) => {
    if (state.history !== before.history) later()
  })
  return Object.assign(store, {
    async recall() {
      const record = await ports.shelf.read(key)
      ready = true
      if (record === null) return
      // Asked for again after work was brought back: what is known is not there twice.
      const { checkpoints } = store.getState()
      store.setState({
        checkpoints: [...record.checkpoints.filter(({ at }) => checkpoints.every((point) => point.at !== at)), ...checkpoints],
      })
      if (record.fingerprint === fingerprintOf(flow.getState().doc)) flow.recall(record.history ?? emptyHistory)
    },
    mark(name: string) {
      const point = { name, at: ports.now(), file: toFile(flow.getState().doc) }
      store.setState({ checkpoints: [...store.getState().checkpoints, point].slice(-pastLimits.checkpointsMax) })
      write()
    },
    forget(at: number) {
      store.setState({ checkpoints: store.getState().checkpoints.filter((point) => point.at !== at) })
      write()
    },
    flush: write,
    stop() {
      stopListening()
      if (cancel !== null) write()
    },
  })
}

/** Same file, same fingerprint; its length makes a chance match rarer still. */
function fingerprintOf(doc: FlowDocument): string {
  const text = JSON.stringify(toFile(doc))
  return `${text.length}-${hashOf(text)}`
}

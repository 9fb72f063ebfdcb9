import type { FlowDefinition } from '@sluice/flows'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Simulated } from './result.ts'
import { orderOf, type Session } from './session.ts'

export interface SimulationState {
  readonly session: Session | null
  /** Sessions before the last acts, newest last. */
  readonly past: readonly Session[]
  readonly result: Simulated | null
  /** The draft that was played: editing goes on beneath. */
  readonly file: FlowDefinition | null
  readonly isPlaying: boolean
  readonly problem: unknown
}

export interface SimulationStore extends StoreApi<SimulationState> {
  /** Plays the session from its beginning; the one before it can be taken up again. False: refused, or overtaken. */
  tell(session: Session, file: FlowDefinition): Promise<boolean>
  takeBack(file: FlowDefinition): Promise<boolean>
  end(): void
}

export type Play = (flow: string, order: object) => Promise<Simulated>

const pastMax = 100
const nothing = { session: null, past: [], result: null, file: null, isPlaying: false, problem: null } as const

/** One simulation at a time; an answer that comes late, after something else was told, is dropped. */
export function createSimulation(play: Play): SimulationStore {
  const store = createStore<SimulationState>(() => nothing)
  let turn = 0

  async function run(session: Session, past: readonly Session[], file: FlowDefinition): Promise<boolean> {
    const mine = ++turn
    store.setState({ isPlaying: true, problem: null })
    try {
      const result = await play(file.key, orderOf(session, file))
      if (mine !== turn) return false
      store.setState({ session, past, result, file, isPlaying: false })
      return true
    } catch (problem) {
      // What was told last did not count: the run before it stays.
      if (mine === turn) store.setState({ isPlaying: false, problem })
      return false
    }
  }

  return Object.assign(store, {
    tell(session: Session, file: FlowDefinition) {
      const { session: before, past } = store.getState()
      return run(session, before === null ? past : [...past, before].slice(-pastMax), file)
    },
    takeBack(file: FlowDefinition) {
      const { past } = store.getState()
      const last = past.at(-1)
      return last === undefined ? Promise.resolve(false) : run(last, past.slice(0, -1), file)
    },
    end() {
      turn += 1
      store.setState(nothing)
    },
  })
}

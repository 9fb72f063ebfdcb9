import type { Problem } from '@sluice/flows'
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface ProblemView {
  readonly problems: readonly Problem[]
  readonly byNode: ReadonlyMap<string, readonly Problem[]>
  /** Revision of the document that was checked. */
  readonly checked: number
}

export interface ProblemStore extends StoreApi<ProblemView> {
  put(problems: readonly Problem[], revision: number): void
}

/** What is wrong with the open flow, as last checked. */
export function createProblemStore(): ProblemStore {
  const store = createStore<ProblemView>(() => ({ problems: [], byNode: new Map(), checked: -1 }))
  return Object.assign(store, {
    put(problems: readonly Problem[], checked: number) {
      const before = store.getState()
      // The same findings again: nothing that shows them has to render.
      if (JSON.stringify(before.problems) === JSON.stringify(problems)) {
        store.setState({ checked })
        return
      }
      const byNode = new Map<string, Problem[]>()
      for (const problem of problems) {
        if (problem.node !== undefined) byNode.set(problem.node, [...(byNode.get(problem.node) ?? []), problem])
      }
      store.setState({ problems, byNode, checked })
    },
  })
}

import type { WireLabel } from '@sluice/engine/compile'
import type { Problem } from '@sluice/flows'
import { createStore, type StoreApi } from 'zustand/vanilla'

export interface ProblemView {
  readonly problems: readonly Problem[]
  readonly byNode: ReadonlyMap<string, readonly Problem[]>
  /** What is known of the data on each wire, by the id of the wire. */
  readonly labels: ReadonlyMap<string, WireLabel>
  /** Revision of the document that was checked. */
  readonly checked: number
  /** Who checks, and can be asked more. */
  readonly checker: Worker | null
}

export interface ProblemStore extends StoreApi<ProblemView> {
  put(problems: readonly Problem[], revision: number): void
  /** Wires in the order of the file that was checked. */
  putLabels(labels: readonly WireLabel[], wires: readonly string[]): void
}

/** What is wrong with the open flow, as last checked. */
export function createProblemStore(): ProblemStore {
  const store = createStore<ProblemView>(() => ({ problems: [], byNode: new Map(), labels: new Map(), checked: -1, checker: null }))
  return Object.assign(store, {
    putLabels(labels: readonly WireLabel[], wires: readonly string[]) {
      const before = store.getState().labels
      const found = new Map<string, WireLabel>()
      for (const label of labels) {
        const wire = wires[label.edge] ?? ''
        const known = before.get(wire)
        // The same label stays the same object, so that only wires that changed render.
        found.set(wire, known !== undefined && JSON.stringify(known) === JSON.stringify(label) ? known : label)
      }
      store.setState({ labels: found })
    },
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

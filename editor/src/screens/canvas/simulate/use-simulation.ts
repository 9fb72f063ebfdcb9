import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { useFlow, useFlowEditor } from '../../../canvas/flow-editor.ts'
import { toFile, wiresOut } from '../../../doc/index.ts'
import { type Timeline, timeline } from '../../../run/timeline.ts'
import { play, warm } from '../../../simulate/here/index.ts'
import { journalOf, mainRun, type Simulated } from '../../../simulate/result.ts'
import { createSimulation, type SimulationState, type SimulationStore } from '../../../simulate/simulation-store.ts'

export interface Simulation {
  readonly store: SimulationStore
  readonly state: SimulationState
  readonly run: Simulated['runs'][number] | null
  readonly line: Timeline
  /** The draft was changed after it was played. */
  readonly isOld: boolean
  /** The draft as it is now. */
  file(): ReturnType<typeof toFile>
}

/** The simulation of the open draft; it ends with the panel, and live runs are drawn again. */
export function useSimulation(): Simulation {
  const { flow, runs } = useFlowEditor()
  const [store] = useState(() => createSimulation(play))
  const state = useStore(store)
  const revision = useFlow((it) => it.revision)
  const [playedAt, setPlayedAt] = useState(revision)
  useEffect(() => warm(toFile(flow.getState().doc)), [flow])
  const { result } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: what counts is the revision at the moment the result came.
  useEffect(() => setPlayedAt(flow.getState().revision), [result, flow])
  const run = result === null ? null : mainRun(result)
  const line = useMemo(() => {
    const { edges } = flow.getState().doc
    const follow = (node: string, port: string) => wiresOut(edges, node).flatMap((edge) => (edge.from.port === port ? [edge.to.node] : []))
    return timeline(result === null || run === null ? [] : journalOf(result, run.run), follow)
  }, [result, run, flow])
  useEffect(
    () => () => {
      store.end()
      runs.show(null)
    },
    [store, runs],
  )
  return { store, state, run, line, isOld: result !== null && revision !== playedAt, file: () => toFile(flow.getState().doc) }
}

import type { CompiledFlow } from '@sluice/engine/core'
import type { SimulationResult } from '@sluice/engine/simulate'
import { journalItem } from './journal-item.ts'

/** A timeline as people and programs read it; its items look like those of a run's journal. */
export function simulationView(flow: CompiledFlow, { runs, timeline, acts, endedAt, truncated }: SimulationResult) {
  return {
    flow: flow.key,
    digest: flow.digest,
    runs: runs.map(({ run, flow: key, status, output, error, waits }) => ({
      run,
      flow: key,
      state: status,
      output,
      error,
      waits: waits.map(({ node, wait }) => ({
        node,
        kind: wait.kind,
        dueAt: 'dueAt' in wait && wait.dueAt !== null ? new Date(wait.dueAt).toISOString() : null,
      })),
    })),
    timeline: timeline.map(({ run, flow: key, seq, entry }) => ({ run, flow: key, ...journalItem({ seq, entry }) })),
    /** What would have left; nothing did. */
    acts: acts.map(({ at, ...act }) => ({ at: new Date(at).toISOString(), ...act })),
    endedAt: new Date(endedAt).toISOString(),
    truncated,
  }
}

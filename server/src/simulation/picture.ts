import type { CompiledFlow, JournalEntry } from '@sluice/engine/core'
import type { Json } from '@sluice/flows'
import type { RunPicture } from './replay-order.ts'

/** Ports by which a step leaves when it did not do what it is there for. */
const undone: ReadonlySet<string> = new Set(['error', 'blocked', 'denied'])

/** The ports a run passed, and the steps with an effect that were done: what two runs are compared by. */
export function pictureFrom(flow: CompiledFlow, entries: readonly JournalEntry[], state: RunPicture['state'], output: Json): RunPicture {
  const done = entries.flatMap((entry) => (entry.kind === 'node.completed' ? [entry] : []))
  const path = [...new Set(done.map(({ node, port }) => `${node}.${port}`))].sort()
  const acts = done.flatMap(({ node, port }) => {
    const effect = flow.nodes[node]?.effect ?? 'none'
    return effect === 'none' || undone.has(port) ? [] : [node]
  })
  return { state, output, path, acts: acts.sort() }
}

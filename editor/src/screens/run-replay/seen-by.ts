import type { Scope } from '@sluice/engine/expression'
import type { Json } from '@sluice/flows'
import type { Moment } from './moment.ts'

/** What the step saw when it decided, as its journal tells it: the event, what came in, and what the steps before it had given. */
export function seenBy({ node, input, before }: Pick<Moment, 'node' | 'input' | 'before'>): Scope {
  const nodes: Record<string, Json> = {}
  for (const entry of before) {
    if (entry.node === undefined || entry.node === null || entry.node === node || entry.data == null) continue
    if (entry.kind === 'node.completed' || entry.kind === 'join.passed' || entry.kind === 'run.started') nodes[entry.node] = entry.data
  }
  const event = ((before[0] as { readonly event?: unknown } | undefined)?.event ?? null) as Scope['event']
  return { event, input: (input ?? event?.data ?? null) as Json, nodes, vars: {}, run: { id: '', flow: '', version: 0 }, now: 0 }
}

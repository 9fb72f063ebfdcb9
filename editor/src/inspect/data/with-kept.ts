import type { Scope } from '@sluice/engine/expression'
import { type FlowDocument, wiresInto } from '../../doc/index.ts'
import type { KeptOutput } from './kept-outputs.ts'

export interface WithKept {
  readonly scope: Scope | null
  /** Steps whose kept output stands in it. */
  readonly used: readonly string[]
}

/** The sample with kept outputs of tests in the place of what the steps before gave. Without a run they stand in the trigger's example. */
export function withKept(
  scope: Scope | null,
  example: Scope | null,
  kept: ReadonlyMap<string, KeptOutput>,
  step: string,
  doc: FlowDocument,
): WithKept {
  const base = scope ?? example
  if (kept.size === 0 || base === null) return { scope: base, used: [] }
  const before = stepsBefore(doc, step)
  const used = [...kept.keys()].filter((id) => before.has(id) && doc.nodes.has(id))
  if (used.length === 0) return { scope: base, used }
  const nodes = { ...base.nodes, ...Object.fromEntries(used.map((id) => [id, kept.get(id)?.data ?? null])) }
  const direct = wiresInto(doc.edges, step).find(({ from }) => kept.get(from.node)?.port === from.port)
  return { scope: { ...base, nodes, ...(direct !== undefined && { input: kept.get(direct.from.node)?.data ?? null }) }, used }
}

function stepsBefore({ edges }: FlowDocument, step: string): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [step]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { from } of wiresInto(edges, id)) {
      if (found.has(from.node)) continue
      found.add(from.node)
      open.push(from.node)
    }
  }
  return found
}

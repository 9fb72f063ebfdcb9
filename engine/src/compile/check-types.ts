import type { Problem } from '@sluice/flows'
import { configOf, portsOf } from './facts.ts'
import type { Graph, GraphNode } from './graph.ts'
import { about, error, fix } from './problems.ts'

/** What a port gives must fit what the next step takes, where both say what they are. */
export function checkPortTypes(graph: Graph, it: GraphNode): Problem[] {
  const needed = typeOf(it.facts?.input)
  if (needed === null) return []
  return it.in.flatMap((wire) => {
    const source = graph.nodes[wire.from]
    if (source?.facts === undefined) return []
    const given = typeOf(portsOf(source.facts, configOf(source.node)).find((port) => port.name === wire.fromPort)?.schema)
    if (given === null || given === needed) return []
    return [
      error(
        'SLU_FLOW_TYPE_MISMATCH',
        { edge: wire.edge, node: it.node.id },
        about(it, (name, language) =>
          language === 'en' ? `“${name}” needs ${needed}, gets ${given}.` : `类型不符：“${name}”需要 ${needed}，得到 ${given}。`,
        ),
        fix('insert-transform', 'Convert', '转换'),
      ),
    ]
  })
}

function typeOf(schema: object | false | undefined): string | null {
  const type = schema === undefined || schema === false ? undefined : (schema as { type?: unknown }).type
  return typeof type === 'string' ? type : null
}

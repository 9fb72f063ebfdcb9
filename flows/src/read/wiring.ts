import type { FlowDefinition } from '../definition.ts'
import { type FlowFileProblem, fileProblem } from './problems.ts'

const problemsMax = 100

/** What a schema cannot say: ids are unique, wires and groups name steps that exist, no wire is drawn twice. */
export function checkWiring(flow: FlowDefinition): readonly FlowFileProblem[] {
  const nodes = new Set(flow.nodes.map((node) => node.id))
  return [
    ...repeatedIds('nodes', flow.nodes),
    ...repeatedIds('groups', flow.groups ?? []),
    ...repeatedIds('notes', flow.notes ?? []),
    ...looseEnds(flow, new Set([...nodes, ...(flow.groups ?? []).map((group) => group.id)])),
    ...repeatedEdges(flow),
    ...unknownMembers(flow, nodes),
  ].slice(0, problemsMax)
}

function repeatedIds(list: 'nodes' | 'groups' | 'notes', items: readonly { readonly id: string }[]): readonly FlowFileProblem[] {
  const first = new Map<string, number>()
  return items.flatMap(({ id }, index) => {
    const before = first.get(id)
    if (before === undefined) {
      first.set(id, index)
      return []
    }
    const message = { en: `The id “${id}” is already used by /${list}/${before}`, 'zh-CN': `标识「${id}」已被 /${list}/${before} 使用` }
    return [fileProblem('SLU_FLOW_DUPLICATE_ID', `/${list}/${index}/id`, message, list === 'nodes' ? { node: id } : {})]
  })
}

function looseEnds(flow: FlowDefinition, known: ReadonlySet<string>): readonly FlowFileProblem[] {
  return flow.edges.flatMap((edge, index) =>
    (['from', 'to'] as const).flatMap((end) => {
      const node = edge[end].slice(0, edge[end].indexOf('.'))
      if (known.has(node)) return []
      const message = { en: `There is no step “${node}” for this wire`, 'zh-CN': `连线指向的步骤「${node}」不存在` }
      return [fileProblem('SLU_FLOW_UNKNOWN_NODE', `/edges/${index}/${end}`, message, { edge: index })]
    }),
  )
}

function repeatedEdges(flow: FlowDefinition): readonly FlowFileProblem[] {
  const first = new Map<string, number>()
  return flow.edges.flatMap((edge, index) => {
    const key = `${edge.from} ${edge.to}`
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, index)
      return []
    }
    const message = { en: `The same wire is already /edges/${before}`, 'zh-CN': `该连线与 /edges/${before} 重复` }
    return [fileProblem('SLU_FLOW_DUPLICATE_EDGE', `/edges/${index}`, message, { edge: index })]
  })
}

function unknownMembers(flow: FlowDefinition, nodes: ReadonlySet<string>): readonly FlowFileProblem[] {
  return (flow.groups ?? []).flatMap((group, index) =>
    group.nodes.flatMap((node, member) => {
      if (nodes.has(node)) return []
      const message = { en: `The frame names a step “${node}” that does not exist`, 'zh-CN': `分组中的步骤「${node}」不存在` }
      return [fileProblem('SLU_FLOW_UNKNOWN_NODE', `/groups/${index}/nodes/${member}`, message)]
    }),
  )
}

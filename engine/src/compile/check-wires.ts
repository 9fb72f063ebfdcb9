import type { FlowDefinition } from '@sluice/flows'
import type { CheckedNode } from './checked-node.ts'
import { endOf } from './graph.ts'
import { about, fixes, type Report } from './report.ts'
import type { Way } from './ways.ts'

/** Each wire leaves by a port its step has and enters a step that takes something. Runs on the drawing, disabled steps included. */
export function checkWires(flow: FlowDefinition, nodes: readonly CheckedNode[], report: Report): void {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  flow.edges.forEach((wire, edge) => {
    const from = endOf(wire.from)
    const to = endOf(wire.to)
    const source = byId.get(from.node)
    const target = byId.get(to.node)
    if (source === undefined) {
      if (!isGroup(flow, from.node)) reportLooseEnd(edge, 'from', report)
    } else checkLeaving(source, from.port, { edge, source, target }, report)
    if (target === undefined) {
      if (!isGroup(flow, to.node)) reportLooseEnd(edge, 'to', report)
    } else checkEntering(target, to.port, { edge, source, target }, report)
  })
}

interface DrawnWire {
  readonly edge: number
  readonly source: CheckedNode | undefined
  readonly target: CheckedNode | undefined
}

/** The wire and the steps at its ends are all of the counter-example. */
function wayOver({ edge, source, target }: DrawnWire): Way {
  const nodes = new Set([source, target].flatMap((end) => (end === undefined ? [] : [end.index])))
  return { nodes: [...nodes], edges: [edge] }
}

/** Wires of groups are looked at with the groups. */
function isGroup({ groups = [] }: FlowDefinition, id: string): boolean {
  return groups.some((group) => group.id === id)
}

/** A file with such a wire is refused when it is read; a drawing in the making may still hold one. */
function reportLooseEnd(edge: number, end: 'from' | 'to', report: Report): void {
  const message = { en: 'This wire ends at a step that does not exist', 'zh-CN': '连线的一端没有步骤' }
  report.add('error', 'SLU_FLOW_EDGE_END', { edge, path: `/${end}` }, message, fixes.removeWire)
}

function checkLeaving(node: CheckedNode, port: string, wire: DrawnWire, report: Report): void {
  if (node.ports === null || node.ports.some(({ name }) => name === port)) return
  if (port === 'error' && node.behaviour !== 'trigger') return
  if (port === 'undo' && node.behaviour === 'action') return
  const known = node.ports.map(({ name }) => name).join(', ')
  const message = about(
    [node.name],
    (it) => `“${it}” has no port “${port}”${known === '' ? '; nothing follows it' : `; it has ${known}`}`,
    (it) => `「${it}」没有出口「${port}」${known === '' ? ',它之后没有后续步骤' : `,可用出口:${known}`}`,
  )
  report.add('error', 'SLU_FLOW_PORT_UNKNOWN', { edge: wire.edge, path: '/from', way: wayOver(wire) }, message, fixes.removeWire)
}

function checkEntering(node: CheckedNode, port: string, wire: DrawnWire, report: Report): void {
  if (node.facts === null) return
  if (node.behaviour === 'trigger' || node.facts.input === false) {
    const message = about(
      [node.name],
      (it) => `“${it}” starts the flow: no wire can lead into it`,
      (it) => `「${it}」是流程的起点，不能接入连线`,
    )
    report.add('error', 'SLU_FLOW_TRIGGER_INPUT', { edge: wire.edge, path: '/to', way: wayOver(wire) }, message, fixes.removeWire)
  } else if (port !== 'in') {
    const message = about(
      [node.name],
      (it) => `“${it}” has no port “${port}”; wires enter by “in”`,
      (it) => `「${it}」没有入口「${port}」，连线应接入 in`,
    )
    report.add('error', 'SLU_FLOW_PORT_UNKNOWN', { edge: wire.edge, path: '/to', way: wayOver(wire) }, message, fixes.removeWire)
  }
}

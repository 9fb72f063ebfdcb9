import type { FlowDefinition, Problem } from '@sluice/flows'
import { behaviourOf, configOf, portsOf } from './facts.ts'
import type { Graph, GraphNode } from './graph.ts'
import { loopsOf } from './loops.ts'
import { about, both, error, fix, hint, warning } from './problems.ts'
import { reachableFrom } from './reach.ts'

const manySteps = 60

/** Triggers, wires, reachability, loops and joins: whether the drawing can run to an end. */
export function checkStructure(flow: FlowDefinition, graph: Graph): Problem[] {
  return [
    ...checkTypes(graph),
    ...checkTriggers(graph),
    ...checkWires(flow, graph),
    ...checkReachable(graph),
    ...checkLoops(graph),
    ...checkJoins(graph),
    ...(flow.nodes.length > manySteps
      ? [
          hint(
            'SLU_FLOW_LARGE',
            both(`Over ${manySteps} steps: make a subflow.`, `步骤超过 ${manySteps} 个，建议拆成子流程。`),
            fix('extract', 'Extract', '拆分'),
          ),
        ]
      : []),
  ]
}

function checkTypes(graph: Graph): Problem[] {
  return graph.nodes
    .filter((it) => it.facts === undefined)
    .map((it) =>
      error(
        'SLU_FLOW_NODE_TYPE',
        { node: it.node.id, path: `/nodes/${it.index}/type` },
        both(`The step type “${it.node.type}” is not installed.`, `未安装步骤类型“${it.node.type}”。`),
        fix('remove', 'Remove the step', '移除该步骤'),
      ),
    )
}

function checkTriggers(graph: Graph): Problem[] {
  if (graph.triggers.length === 0)
    return [
      error(
        'SLU_FLOW_TRIGGER_MISSING',
        {},
        both('The flow has no trigger.', '没有触发器。'),
        fix('add-trigger', 'Add a trigger', '添加触发器'),
      ),
    ]
  return graph.triggers
    .flatMap((at) => graph.nodes[at] ?? [])
    .filter((it) => it.out.length === 0)
    .map((it) =>
      error(
        'SLU_FLOW_LEADS_NOWHERE',
        { node: it.node.id },
        about(it, (name, language) => (language === 'en' ? `“${name}” leads nowhere.` : `“${name}”还没有接上下一步。`)),
        fix('connect', 'Connect a step', '连接下一步'),
      ),
    )
}

/** Both ends of every wire must be sockets that exist. Steps of unknown type are shown once, not once per wire. */
function checkWires(flow: FlowDefinition, graph: Graph): Problem[] {
  const problems: Problem[] = []
  const ports = new Map<number, ReadonlySet<string>>()
  const portNames = (it: GraphNode): ReadonlySet<string> => {
    const known = ports.get(it.index)
    if (known !== undefined) return known
    const names = it.facts === undefined ? [] : portsOf(it.facts, configOf(it.node)).map((port) => port.name)
    const set = new Set(behaviourOf(it.facts) === 'trigger' ? names : [...names, 'error'])
    ports.set(it.index, set)
    return set
  }
  flow.edges.forEach((edge, at) => {
    const [from = '', fromPort = ''] = edge.from.split('.')
    const [to = '', toPort = ''] = edge.to.split('.')
    const source = graph.nodes[graph.indexOf(from) ?? -1]
    const target = graph.nodes[graph.indexOf(to) ?? -1]
    const remove = fix('remove-edge', 'Remove the wire', '移除连线', { edge: at })
    if (source === undefined || target === undefined) {
      const path = `/edges/${at}/${source === undefined ? 'from' : 'to'}`
      problems.push(
        error(
          'SLU_FLOW_EDGE_END',
          { edge: at, path },
          both('This wire ends at a step that does not exist.', '该连线的一端步骤不存在。'),
          remove,
        ),
      )
      return
    }
    if (source.facts !== undefined && !portNames(source).has(fromPort))
      problems.push(
        error(
          'SLU_FLOW_PORT_UNKNOWN',
          { edge: at, node: from, path: `/edges/${at}/from` },
          about(source, (name, language) =>
            language === 'en' ? `“${name}” has no way out called “${fromPort}”.` : `“${name}”没有名为“${fromPort}”的出口。`,
          ),
          remove,
        ),
      )
    if (target.facts?.input === false || behaviourOf(target.facts) === 'trigger')
      problems.push(
        error(
          'SLU_FLOW_TRIGGER_INPUT',
          { edge: at, node: to, path: `/edges/${at}/to` },
          about(target, (name, language) =>
            language === 'en' ? `Nothing can lead into the trigger “${name}”.` : `触发器“${name}”不能有输入。`,
          ),
          remove,
        ),
      )
    else if (target.facts !== undefined && toPort !== 'in')
      problems.push(
        error(
          'SLU_FLOW_PORT_UNKNOWN',
          { edge: at, node: to, path: `/edges/${at}/to` },
          about(target, (name, language) =>
            language === 'en' ? `“${name}” has no way in called “${toPort}”.` : `“${name}”没有名为“${toPort}”的入口。`,
          ),
          remove,
        ),
      )
  })
  return problems
}

function checkReachable(graph: Graph): Problem[] {
  if (graph.triggers.length === 0) return []
  const reached = reachableFrom(graph, graph.triggers)
  return graph.nodes
    .filter((it) => reached[it.index] !== 1 && it.node.disabled !== true)
    .map((it) =>
      error(
        'SLU_FLOW_UNREACHABLE',
        { node: it.node.id },
        about(it, (name, language) => (language === 'en' ? `Nothing leads to “${name}”.` : `没有连线通向“${name}”。`)),
        fix('connect', 'Connect it', '连接'),
      ),
    )
}

/** A loop needs a way out: a wire that leaves it, or a port at which the line ends. */
function checkLoops(graph: Graph): Problem[] {
  return loopsOf(graph).flatMap((loop) => {
    const inside = new Set(loop)
    const members = loop.flatMap((at) => graph.nodes[at] ?? [])
    if (members.some((it) => hasExit(it, inside))) return []
    const [first] = members.sort((left, right) => left.index - right.index)
    if (first === undefined) return []
    const path = members.map((it) => it.node.id).join(' → ')
    return [
      error(
        'SLU_FLOW_LOOP_ENDLESS',
        { node: first.node.id },
        both(`Loop without an exit: ${path}.`, `循环没有出口：${path}。`),
        fix('add-exit', 'Add a branch that leaves it', '添加离开循环的分支'),
      ),
    ]
  })
}

function hasExit(it: GraphNode, inside: ReadonlySet<number>): boolean {
  if (it.out.some((wire) => wire.fromPort !== 'error' && !inside.has(wire.to))) return true
  const ports = it.facts === undefined ? [] : portsOf(it.facts, configOf(it.node))
  const wired = new Set(it.out.map((wire) => wire.fromPort))
  return ports.length === 0 || ports.some((port) => !wired.has(port.name))
}

function checkJoins(graph: Graph): Problem[] {
  return graph.joins
    .flatMap((at) => graph.nodes[at] ?? [])
    .flatMap((it) => {
      const { mode, n } = configOf(it.node)
      const lines = it.in.length
      if (mode === 'n' && typeof n === 'number' && n > lines)
        return [
          error(
            'SLU_FLOW_JOIN_STARVES',
            { node: it.node.id, path: `/nodes/${it.index}/config/n` },
            about(it, (name, language) =>
              language === 'en'
                ? `“${name}” waits for ${n} lines, but only ${lines} lead here.`
                : `“${name}”等待 ${n} 条线，但只有 ${lines} 条通向这里。`,
            ),
            fix('jump', 'Change the number', '修改数量'),
          ),
        ]
      if (lines === 1)
        return [
          warning(
            'SLU_FLOW_JOIN_SINGLE',
            { node: it.node.id },
            about(it, (name, language) => (language === 'en' ? `“${name}” has one line to wait for.` : `“${name}”只有一条线可等。`)),
            fix('connect', 'Connect another line', '再连接一条线'),
          ),
        ]
      return []
    })
}

import type { FlowDefinition, Text } from '@sluice/flows'
import type { CheckedNode } from './checked-node.ts'
import { endOf, type Graph } from './graph.ts'
import { entriesOf, groupOf, groupPorts, isWithin, type Region } from './regions.ts'
import { about, fixes, type Report } from './report.ts'

/** Regions have one way in and no other way across their border; groups that do something lie in one another or apart. */
export function checkRegions(flow: FlowDefinition, graph: Graph, report: Report): void {
  for (const node of graph.nodes) if (node.enabled && node.behaviour === 'each') checkEach(node, graph, report)
  for (const region of graph.regions.all) if (region.eaches.length > 0) checkItemRegion(flow, graph, region, report)
  checkGroupWires(flow, graph, report)
  checkOverlaps(graph, report)
}

function checkEach(node: CheckedNode, { regions, nodes }: Graph, report: Report): void {
  const id = groupOf(node)
  const where = { node: node.index, path: '/config/group' }
  const region = id === null ? undefined : regions.byId.get(id)
  if (region === undefined || region.members.size === 0) {
    // A missing or misshapen setting is the schema's to report.
    if (id !== null || node.config.group === undefined) {
      const message = about(
        [node.name],
        (it) => `“${it}” needs a group with the steps that run once per item`,
        (it) => `「${it}」需要一个分组，其中的步骤会对每一项各运行一次`,
      )
      report.add('error', 'SLU_FLOW_REGION_UNKNOWN', where, message, fixes.jump)
    }
    return
  }
  if (region.members.has(node.index)) {
    const message = about(
      [node.name],
      (it) => `“${it}” stands inside the group it runs; move it out`,
      (it) => `「${it}」位于它自己要运行的分组之内，请把它移出`,
    )
    report.add('error', 'SLU_FLOW_REGION_SELF', where, message, fixes.jump)
  }
  const [first] = region.eaches
  if (first !== node.index) {
    const message = about(
      [node.name, nodes[first ?? 0]?.name ?? ''],
      (it, other) => `“${it}” and “${other}” run the same group; give each its own`,
      (it, other) => `「${it}」与「${other}」使用了同一个分组，请分别设置`,
    )
    report.add('error', 'SLU_FLOW_REGION_SHARED', where, message, fixes.jump)
  }
}

function checkItemRegion(flow: FlowDefinition, graph: Graph, region: Region, report: Report): void {
  const { nodes, regions } = graph
  const each = nodes[region.eaches[0] ?? 0] as CheckedNode
  const entries = entriesOf(regions, region, nodes, graph)
  if (entries.length !== 1 && region.members.size > 0) {
    const where = { node: each.index, path: '/config/group' }
    const message =
      entries.length === 0
        ? about(
            [each.name],
            (it) => `An item of “${it}” has no step to begin with: every step of its group is behind another one`,
            (it) => `「${it}」的分组没有起始步骤：每个步骤前面都还有其他步骤`,
          )
        : about(
            [each.name, ...entries.map((index) => nodes[index]?.name ?? '')],
            (it, ...them) => `An item of “${it}” could begin at ${them.slice(0, 5).join(', ')}; leave one of them without a wire in front`,
            (it, ...them) => `「${it}」的每一项可能从${them.slice(0, 5).join('、')}开始，请只保留一个起始步骤`,
          )
    report.add('error', 'SLU_FLOW_REGION_ENTRY', where, message, fixes.jump)
  }
  for (const index of region.members) {
    const node = nodes[index]
    if (node?.behaviour !== 'trigger') continue
    const message = about(
      [node.name],
      (it) => `“${it}” starts runs and cannot stand in a group that runs per item`,
      (it) => `「${it}」是触发器，不能放在逐项运行的分组中`,
    )
    report.add('error', 'SLU_FLOW_REGION_TRIGGER', { node: index }, message, fixes.jump)
  }
  checkBorder(flow, graph, region, report)
}

/** A line belongs to one item or to none, so no wire may take it across. */
function checkBorder(flow: FlowDefinition, graph: Graph, region: Region, report: Report): void {
  const indexes = new Map(graph.nodes.map((node) => [node.id, node.index]))
  const isInside = (end: string): boolean => {
    const { node } = endOf(end)
    const index = indexes.get(node)
    if (index !== undefined) return region.members.has(index)
    const group = graph.regions.byId.get(node)
    return group !== undefined && group !== region && isWithin(group, region)
  }
  flow.edges.forEach(({ from, to }, edge) => {
    if (isInside(from) === isInside(to) || endOf(from).node === region.id || endOf(to).node === region.id) return
    const message: Text = {
      en: `This wire crosses the border of “${region.id}”, which runs once per item; results leave it when the item ends`,
      'zh-CN': `此连线跨越了逐项运行的分组「${region.id}」的边界；每一项结束时结果会自动传出`,
    }
    report.add('error', 'SLU_FLOW_REGION_BORDER', { edge }, message, fixes.removeWire)
  })
}

function checkGroupWires({ edges, groups = [] }: FlowDefinition, { nodes, regions }: Graph, report: Report): void {
  if (groups.length === 0) return
  const steps = new Set(nodes.map((node) => node.id))
  const names = new Set(groups.map((group) => group.id))
  edges.forEach((wire, edge) => {
    for (const end of ['from', 'to'] as const) {
      const { node: id, port } = endOf(wire[end])
      if (steps.has(id) || !names.has(id)) continue
      const known: readonly string[] = end === 'from' ? groupPorts.out : groupPorts.in
      const perItem = (regions.byId.get(id)?.eaches.length ?? 0) > 0
      if (known.includes(port) && !perItem) continue
      const message: Text = perItem
        ? {
            en: `“${id}” runs once per item; wire the step that runs it instead`,
            'zh-CN': `分组「${id}」逐项运行，请改为连接运行它的步骤`,
          }
        : {
            en: `The group “${id}” has no port “${port}”; it has ${known.join(', ')}`,
            'zh-CN': `分组「${id}」没有端口「${port}」，可用端口：${known.join('、')}`,
          }
      report.add('error', 'SLU_FLOW_PORT_UNKNOWN', { edge, path: `/${end}` }, message, fixes.removeWire)
    }
  })
}

function checkOverlaps({ nodes, regions }: Graph, report: Report): void {
  if (regions.all.length === 0) return
  const ids = new Set(nodes.map((node) => node.id))
  regions.all.forEach((region, at) => {
    if (ids.has(region.id)) {
      const message: Text = {
        en: `The group and a step are both called “${region.id}”; give one another id`,
        'zh-CN': `分组与步骤的标识都是「${region.id}」，请修改其中一个`,
      }
      report.add('error', 'SLU_FLOW_DUPLICATE_ID', { path: `/groups/${region.index}/id` }, message)
    }
    for (const other of regions.all.slice(at + 1)) {
      const [small, large] = region.members.size <= other.members.size ? [region, other] : [other, region]
      const shared = [...small.members].some((node) => large.members.has(node))
      if (!shared || isWithin(small, large)) continue
      const message: Text = {
        en: `The groups “${region.id}” and “${other.id}” overlap; one has to lie inside the other, or apart`,
        'zh-CN': `分组「${region.id}」与「${other.id}」部分重叠，请让其中一个完全位于另一个之内，或彼此分开`,
      }
      report.add('error', 'SLU_FLOW_REGION_OVERLAP', { path: `/groups/${other.index}` }, message)
    }
  })
}

import type { FlowDefinition, Text } from '@sluice/flows'
import type { Graph, Wire } from './graph.ts'
import { about, fixes, type Report } from './report.ts'
import { undoLines } from './undo-lines.ts'

/** An undo line only undoes: it never comes back to what it undoes, does not end the run, and is not undone itself. */
export function checkUndo(definition: FlowDefinition, graph: Graph, report: Report): void {
  checkGroups(definition, graph, report)
  const { undoing, main } = undoLines(graph)
  if (undoing.size === 0) return
  for (const { index, name, behaviour, definition: drawn } of graph.nodes) {
    const ports = graph.out[index]
    for (const [port, wires] of ports ?? []) {
      if (port === 'undo' ? main.has(index) : undoing.has(index) && !main.has(index)) checkReturns(graph, index, wires, main, report)
    }
    if (!undoing.has(index) || main.has(index)) continue
    if (drawn.type === 'core.stop' || drawn.type === 'core.fail') {
      const message = about(
        [name],
        (it) => `“${it}” ends the run, but an undo line only undoes one step; end the line here instead`,
        (it) => `「${it}」会结束整个运行，但撤销线只撤销一个步骤；请让撤销线在此自然结束`,
      )
      report.add('error', 'SLU_FLOW_UNDO_ENDS', { node: index }, message, fixes.remove)
    }
    for (const { edge } of ports?.get('undo') ?? []) {
      const message = about(
        [name],
        (it) => `“${it}” undoes another step and is not undone itself`,
        (it) => `「${it}」本身用于撤销其他步骤，不能再设置撤销线`,
      )
      report.add('error', 'SLU_FLOW_UNDO_NESTED', { edge, path: '/from' }, message, fixes.removeWire)
    }
    if (behaviour === 'milestone') {
      const message = about(
        [name],
        (it) => `“${it}” waits for another line, but nothing else goes on while a run is undone`,
        (it) => `「${it}」要等待其他分支，但撤销期间不会有其他分支继续运行`,
      )
      report.add('error', 'SLU_FLOW_UNDO_WAITS', { node: index }, message, fixes.remove)
    }
  }
}

/** Wires by which an undo line would come back into the main line, or end a group of it. */
function checkReturns({ nodes }: Graph, from: number, wires: readonly Wire[], main: ReadonlySet<number>, report: Report): void {
  for (const { edge, to, group } of wires) {
    if (group === undefined && !main.has(to)) continue
    const target: Text = group ?? nodes[to]?.name ?? ''
    const message = about(
      [nodes[from]?.name ?? '', target],
      (it, other) =>
        `The undo line leads from “${it}” back to “${other}”; what was undone cannot go on. Give the undo line steps of its own`,
      (it, other) => `撤销线从「${it}」又回到了「${other}」；已撤销的内容不能继续运行，请为撤销线使用单独的步骤`,
    )
    report.add(
      'error',
      'SLU_FLOW_UNDO_RETURNS',
      { edge, path: '/to', way: { nodes: [from, to], edges: [edge] } },
      message,
      fixes.removeWire,
    )
  }
}

/** Only a group whose line goes on afterwards can undo what was done in it. */
function checkGroups({ groups = [] }: FlowDefinition, { groupOut, regions }: Graph, report: Report): void {
  groups.forEach(({ id, undo }, index) => {
    const leaves = [...(groupOut.get(id)?.values() ?? [])].some((wires) => wires.length > 0)
    if (undo !== true || (leaves && regions.byId.get(id)?.eaches.length === 0)) return
    const message: Text = {
      en: `The group “${id}” is to be undone when it fails or is cancelled, but no line leaves it then; draw one, or take the setting out`,
      'zh-CN': `分组「${id}」设置了失败或取消时撤销，但没有相应的出口连线；请连接一个出口，或取消该设置`,
    }
    report.add('warning', 'SLU_FLOW_UNDO_GROUP', { path: `/groups/${index}/undo` }, message)
  })
}

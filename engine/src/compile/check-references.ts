import type { CheckedNode } from './checked-node.ts'
import type { Graph } from './graph.ts'
import { itemKeys } from './regions.ts'
import { about, fixes, type Report } from './report.ts'
import { sourcesOf, stepIndexes } from './steps-of-drawing.ts'

/** What expressions read has to exist: names of the scope, and steps that come before. */
export function checkReferences(graph: Graph, report: Report): void {
  const indexes = stepIndexes(graph)
  const earlier = new Earlier(graph)
  for (const node of graph.nodes) {
    if (!node.enabled) continue
    const { unknown, nodes, reads } = node.compiledConfig.references
    const where = { node: node.index, path: '/config' }
    for (const { path } of unknown) {
      const [first = ''] = path
      const message = {
        en: `${path.join('.')} does not exist. Data starts with event, input, nodes, vars, run or now: did you mean input.${first}?`,
        'zh-CN': `${path.join('.')} 不存在。数据以 event、input、nodes、vars、run 或 now 开头，是否想写 input.${first}?`,
      }
      report.add('error', 'SLU_FLOW_REFERENCE', where, message, fixes.pickAgain)
    }
    if (reads.some(({ path: [first] }) => first === 'item' || first === 'index') && itemKeys(graph)[node.index] === '') {
      const message = {
        en: 'item and index exist only in a group that a for-each runs',
        'zh-CN': 'item 与 index 只存在于逐项运行的分组中',
      }
      report.add('error', 'SLU_FLOW_REFERENCE', where, message, fixes.pickAgain)
    }
    for (const id of nodes) checkStep(node, id, graph.nodes[indexes.get(id) ?? -1], graph, earlier, report)
  }
}

function checkStep(node: CheckedNode, id: string, read: CheckedNode | undefined, graph: Graph, earlier: Earlier, report: Report): void {
  const where = { node: node.index, path: '/config' }
  if (read === undefined) {
    const message = { en: `nodes.${id} no longer exists upstream`, 'zh-CN': `引用的数据已不存在:nodes.${id}` }
    report.add('error', 'SLU_FLOW_REFERENCE', where, message, fixes.pickAgain)
  } else if (!isSeenFrom(graph, read, node)) {
    const message =
      node.behaviour === 'each'
        ? about(
            [node.name, read.name],
            (it, other) =>
              `“${it}” reads “${other}”, which runs once per item and is gone when its item is done: vars.result is what the item came to, vars.results what all did`,
            (it, other) =>
              `「${it}」读取了「${other}」，但它对每一项各运行一次，该项结束后其数据即不存在：请改用 vars.result（该项的结果）或 vars.results（全部结果）`,
          )
        : about(
            [node.name, read.name],
            (it, other) =>
              `“${it}” reads “${other}”, which runs once per item and can be read only there: read the results of the step that goes through the items`,
            (it, other) => `「${it}」读取了「${other}」，但它对每一项各运行一次，只能在分组内读取：请改为读取逐项处理步骤的结果`,
          )
    report.add('error', 'SLU_FLOW_REFERENCE', where, message, fixes.pickAgain)
  } else if (!read.enabled || !earlier.has(read.index, node.index)) {
    const message = about(
      [node.name, read.name],
      (it, other) => `“${it}” reads “${other}”, which does not run before it, so the value may be missing`,
      (it, other) => `「${it}」读取了「${other}」的结果，但后者不一定在它之前运行，数据可能缺失`,
    )
    report.add('warning', 'SLU_FLOW_REFERENCE_LATER', where, message, fixes.pickAgain)
  }
}

/** Outputs of a step in a group that runs per item exist within that item alone. */
function isSeenFrom(graph: Graph, read: CheckedNode, reader: CheckedNode): boolean {
  const keys = itemKeys(graph)
  const around = (keys[reader.index] ?? '').split(' ')
  return (keys[read.index] ?? '').split(' ').every((region) => around.includes(region))
}

/** Whether one step can come before another. What is read mostly stands close in front, so the walk goes back from the reader. */
class Earlier {
  readonly #before: readonly (readonly number[])[]
  readonly #seen: Int32Array
  #walks = 0

  constructor(graph: Graph) {
    this.#before = sourcesOf(graph)
    this.#seen = new Int32Array(graph.nodes.length)
  }

  has(first: number, second: number): boolean {
    const walk = ++this.#walks
    const open = [second]
    // In breadth: a step just in front is found at once, also at the end of a long flow.
    for (let at = 0; at < open.length; at++) {
      for (const source of this.#before[open[at] as number] ?? []) {
        if (source === first) return true
        if (this.#seen[source] === walk) continue
        this.#seen[source] = walk
        open.push(source)
      }
    }
    return false
  }
}

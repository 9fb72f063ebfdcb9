import type { CheckedNode } from './checked-node.ts'
import type { Graph } from './graph.ts'
import { itemKeys } from './regions.ts'
import { about, fixes, type Report } from './report.ts'
import { sourcesOf } from './ways.ts'

/** What expressions read has to exist: names of the scope, and steps that come before. */
export function checkReferences(graph: Graph, report: Report): void {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
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
    for (const id of nodes) checkStep(node, id, byId.get(id), earlier, report)
  }
}

function checkStep(node: CheckedNode, id: string, read: CheckedNode | undefined, earlier: Earlier, report: Report): void {
  const where = { node: node.index, path: '/config' }
  if (read === undefined) {
    const message = { en: `nodes.${id} no longer exists upstream`, 'zh-CN': `引用的数据已不存在:nodes.${id}` }
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

/** Whether one step can come before another. What is read mostly stands close in front, so the walk goes back from the reader. */
class Earlier {
  readonly #before: readonly number[][]
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

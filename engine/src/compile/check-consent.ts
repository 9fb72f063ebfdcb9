import type { Fix } from '@sluice/flows'
import type { CheckedNode } from './checked-node.ts'
import type { Graph } from './graph.ts'
import type { DataWords } from './labels/data-words.ts'
import { askedUse, type FlowLabels, fixedUse, type Use } from './labels/flow-labels.ts'
import { joinLabels, type Label, nothing } from './labels/label.ts'
import { memberOf } from './labels/value.ts'
import type { Rulings } from './proofs.ts'
import { about, fixes, type Report } from './report.ts'
import { readBy, type Way, wayOfValue } from './ways.ts'

/**
 * The consent rule: what leaves to a customer, a third party or a model is asked for under one purpose and scene, and holds nothing
 * beyond it. A step that names its use is its own gate: the fence asks again in the moment it acts. Only masking takes data out.
 */
export function checkConsent(graph: Graph, labels: FlowLabels, words: DataWords, report: Report, rulings: Rulings): void {
  for (const node of graph.nodes) {
    const rules = node.facts?.labels
    if (!node.enabled || rules?.reaches === undefined || rules.gated === true) continue
    const sent = sentBy(node, labels)
    const use = fixedUse(node)
    if (use === null && askedUse(node) !== null) {
      rulings.leaveOpen('consent', node.index)
      continue
    }
    if (sent.subject !== 'identifying' || sent.categories.length === 0) continue
    const beyond = use === null ? sent.categories : sent.categories.filter((it) => !words.allows(it, use.purpose, use.scene))
    const foreign = use === null ? [] : sent.uses.filter((it) => it !== `${use.purpose}/${use.scene}`)
    if (beyond.length === 0 && foreign.length === 0) continue
    const way = wayOf(graph, labels, node, beyond.length === 0 ? sent.categories : beyond)
    const found = { node, use, beyond, foreign, words }
    const [mask, ...others] = mendings(graph, found, sent, way)
    report.add(
      'error',
      'SLU_FLOW_CONSENT',
      { node: node.index, path: `/config${use === null ? '/purpose' : ''}`, way },
      sentence(found),
      mask,
      others,
    )
    rulings.against('consent', way)
  }
}

interface Found {
  readonly node: CheckedNode
  readonly use: Use | null
  readonly beyond: readonly string[]
  readonly foreign: readonly string[]
  readonly words: DataWords
}

/** The label of everything that leaves. */
export function sentBy({ index, facts }: CheckedNode, labels: FlowLabels): Label {
  const config = labels.config(index)
  const fields = facts?.labels?.sends
  return fields === undefined ? config.whole : fields.map((field) => memberOf(config, field).whole).reduce(joinLabels, nothing)
}

function wayOf(graph: Graph, labels: FlowLabels, node: CheckedNode, categories: readonly string[]): Way {
  const carries = (at: number) => {
    const { subject, categories: held, origin } = labels.all(at).whole
    return held.some((it) => categories.includes(it)) || (subject === 'identifying' && held.length === 0 && origin.length > 0)
  }
  const isSource = (at: number) => graph.nodes[at]?.behaviour === 'trigger' || graph.nodes[at]?.facts?.labels?.reads !== undefined
  return wayOfValue(graph, node.index, readBy(graph, node.index, node.facts?.labels?.sends ?? []), carries, isSource)
}

function mendings(graph: Graph, { node, beyond, words, use }: Found, sent: Label, way: Way): readonly Fix[] {
  const source = graph.nodes[way.nodes[0] ?? -1]?.id
  const hidden = beyond.length === 0 ? sent.categories : beyond
  const fields = [...new Set(hidden.flatMap((category) => words.fieldsOf(category)))].sort()
  const cell = cellFor(sent, words, use)
  return [
    { ...fixes.mask, data: { node: node.id, source, fields } },
    ...(cell === null ? [] : [{ ...fixes.askConsent, data: { node: node.id, ...cell } }]),
    { ...fixes.remove, data: { node: node.id } },
  ]
}

/** A use under which all of it may go: the one it was read for, else any that covers it. */
function cellFor(sent: Label, words: DataWords, not: Use | null): Use | null {
  const covers = ({ purpose, scene }: Use) =>
    sent.categories.every((it) => words.allows(it, purpose, scene)) && sent.uses.every((it) => it === `${purpose}/${scene}`)
  const read = sent.uses.map((it): Use => ({ purpose: it.slice(0, it.indexOf('/')), scene: it.slice(it.indexOf('/') + 1) }))
  return [...read, ...words.uses()].find((use) => covers(use) && (use.purpose !== not?.purpose || use.scene !== not.scene)) ?? null
}

function sentence({ node, use, beyond, foreign, words }: Found) {
  const kinds = beyond.slice(0, 3).map((it) => words.sayCategory(it))
  const list = (them: readonly string[], mark: string) => them.join(mark) + (beyond.length > 3 ? ' …' : '')
  if (use === null)
    return about(
      [node.name, ...kinds],
      (it, ...data) =>
        `“${it}” sends ${list(data, ', ')} out without asking consent: uses data without consent for any purpose. Name purpose and scene, mask it, or remove the step`,
      (it, ...data) =>
        `「${it}」会把${list(data, '、')}发送出去，却没有用途与场景：使用了未获授权用途的数据。请填写用途与场景、脱敏或删除该步骤`,
    )
  const asked = words.sayUse(use.purpose, use.scene)
  if (beyond.length > 0)
    return about(
      [node.name, asked, ...kinds],
      (it, cell, ...data) =>
        `“${it}” uses data without consent for ${cell}: ${list(data, ', ')} is not part of what a customer agrees to there`,
      (it, cell, ...data) => `「${it}」使用了未获授权用途的数据：${cell}不包含${list(data, '、')}`,
    )
  const read = foreign.map((it) => words.sayUse(it.slice(0, it.indexOf('/')), it.slice(it.indexOf('/') + 1)))
  return about(
    [node.name, asked, ...read],
    (it, cell, ...other) => `“${it}” uses data without consent for ${cell}: it was read for ${other.join(', ')}`,
    (it, cell, ...other) => `「${it}」使用了未获授权用途的数据：数据是为${other.join('、')}读取的，却用于${cell}`,
  )
}

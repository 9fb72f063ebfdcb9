import { type Fix, type FlowDefinition, type FlowNode, type Problem, pointer, say, type Text } from '@sluice/flows'
import type { Way } from './ways.ts'

export interface Where {
  readonly node?: number
  readonly edge?: number
  /** Below the node or wire, or from the top of the file when neither is given. */
  readonly path?: string
  /** Character in the text at `path`. */
  readonly position?: number
  /** The counter-example. */
  readonly way?: Way
}

/** Collects problems with the pointer that leads to them. */
export class Report {
  readonly problems: Problem[] = []
  readonly #flow: FlowDefinition

  constructor(flow: FlowDefinition) {
    this.#flow = flow
  }

  add(severity: Problem['severity'], code: string, where: Where, message: Text, fix?: Fix, fixes: readonly Fix[] = []): void {
    const { node, edge, path = '', position, way } = where
    const id = node === undefined ? undefined : this.#flow.nodes[node]?.id
    const base = node !== undefined ? pointer('/nodes', node) : edge !== undefined ? pointer('/edges', edge) : ''
    this.problems.push({
      code,
      severity,
      ...(id === undefined ? {} : { node: id }),
      ...(edge === undefined ? {} : { edge }),
      path: `${base}${path}`,
      ...(position === undefined ? {} : { position }),
      message,
      ...(fix === undefined ? {} : { fix }),
      ...(fixes.length === 0 ? {} : { fixes }),
      ...(way === undefined ? {} : { way: { nodes: way.nodes.map((index) => this.#flow.nodes[index]?.id ?? ''), edges: way.edges } }),
    })
  }

  get hasErrors(): boolean {
    return this.problems.some((problem) => problem.severity === 'error')
  }
}

/** How a sentence calls a step: its name, else what it is, and never nothing. */
export function stepName(node: FlowNode, label: Text | undefined): Text {
  const name = node.name ?? label ?? node.id
  const inLanguage = (language: 'en' | 'zh-CN') => (say(name, language) === '' ? node.id : say(name, language))
  return { en: inLanguage('en'), 'zh-CN': inLanguage('zh-CN') }
}

/** A sentence about steps, in both languages. @example `about([name], (it) => `"${it}" is empty`, (it) => `「${it}」必填`)` */
export function about(names: readonly Text[], en: (...names: string[]) => string, zh: (...names: string[]) => string): Text {
  return { en: en(...names.map((name) => say(name, 'en'))), 'zh-CN': zh(...names.map((name) => say(name, 'zh-CN'))) }
}

export const fixes = {
  addTrigger: { says: { en: 'Add trigger', 'zh-CN': '添加触发器' }, action: 'add-trigger' },
  connect: { says: { en: 'Connect', 'zh-CN': '连接' }, action: 'connect' },
  jump: { says: { en: 'Go to field', 'zh-CN': '跳转到字段' }, action: 'jump' },
  remove: { says: { en: 'Remove step', 'zh-CN': '删除步骤' }, action: 'remove' },
  removeWire: { says: { en: 'Remove the wire', 'zh-CN': '移除连线' }, action: 'remove-edge' },
  insertVeto: { says: { en: 'Insert a human veto', 'zh-CN': '插入人工否决' }, action: 'insert-veto' },
  convert: { says: { en: 'Convert', 'zh-CN': '转换' }, action: 'insert-transform' },
  addExit: { says: { en: 'Add a way out', 'zh-CN': '添加出口' }, action: 'add-exit' },
  pickAgain: { says: { en: 'Pick again', 'zh-CN': '重新选择' }, action: 'jump' },
  addJoin: { says: { en: 'Show the lines', 'zh-CN': '显示分支' }, action: 'show-path' },
  joinFirst: { says: { en: 'Make it a join of the first', 'zh-CN': '改为取最先到达的汇合' }, action: 'join-first' },
  end: { says: { en: 'End here', 'zh-CN': '在此结束' }, action: 'end-here' },
  addAlert: { says: { en: 'Add an alert', 'zh-CN': '添加提醒' }, action: 'add-alert' },
  showPath: { says: { en: 'Show the path', 'zh-CN': '显示路径' }, action: 'show-path' },
  review: { says: { en: 'Let a person look', 'zh-CN': '加入人工审核' }, action: 'insert-review' },
  mask: { says: { en: 'Mask it', 'zh-CN': '脱敏' }, action: 'insert-mask' },
  askConsent: { says: { en: 'Ask for consent', 'zh-CN': '征求授权' }, action: 'ask-consent' },
  extract: { says: { en: 'Extract', 'zh-CN': '拆分' }, action: 'extract' },
} as const satisfies Readonly<Record<string, Fix>>

import { choicesOf, type Problem, propertySchema, type Schema, type Text } from '@sluice/flows'
import type { CompiledConfig } from '../expression/index.ts'
import type { CheckedNode } from './checked-node.ts'
import type { Graph } from './graph.ts'
import { fixes, type Report } from './report.ts'
import { FlowShapes, sameShapes } from './shapes/flow-shapes.ts'
import { type Finding, inferShape } from './shapes/infer-shape.ts'
import { type Kind, type Shape, shapeOfSchema } from './shapes/shape.ts'

interface Told {
  readonly severity: Problem['severity']
  readonly code: string
  /** Below the config. */
  readonly path: string
  readonly position: number | null
  readonly message: Text
}

interface Look {
  readonly input: Shape
  readonly reads: readonly Shape[]
  readonly told: readonly Told[]
}

const lastLook = new WeakMap<CompiledConfig, Look>()

/** What expressions read, compute and give fits, as far as it is known. Silence means “perhaps”: nothing is said that might work. */
export function checkShapes(graph: Graph, report: Report): void {
  const known = new FlowShapes(graph)
  for (const node of graph.nodes) {
    if (!node.enabled || node.facts === null || node.compiledConfig.plan.slots.length === 0) continue
    for (const { severity, code, path, position, message } of toldOf(node, known)) {
      const where = { node: node.index, path: `/config${path}`, ...(position === null ? {} : { position }) }
      report.add(severity, code, where, message, severity === 'error' ? fixes.jump : fixes.pickAgain)
    }
  }
}

/** A step that sees what it saw is told what it was told. */
function toldOf(node: CheckedNode, known: FlowShapes): readonly Told[] {
  const input = known.input(node)
  const reads = known.reads(node)
  const last = lastLook.get(node.compiledConfig)
  if (last !== undefined && last.input === input && sameShapes(last.reads, reads)) return last.told
  const told = look(node, known)
  lastLook.set(node.compiledConfig, { input, reads, told })
  return told
}

function look(node: CheckedNode, known: FlowShapes): readonly Told[] {
  const told: Told[] = []
  const scope = known.scope(node.index)
  for (const { id, path, expression } of node.compiledConfig.plan.slots) {
    const at = (position: number | null) => {
      const offset = offsetOf(node, path, expression.source)
      return { path, position: position === null || offset === null ? null : position + offset }
    }
    const shape = inferShape(expression.ast, scope, (finding) => {
      if (!isDescribed(finding)) told.push({ ...at(finding.position), ...said(finding) })
    })
    // In a sentence anything is text.
    const wanted = shape !== null && id === path ? wantedAt(node, path) : null
    if (wanted !== null && shape !== null && !fits(shape, wanted)) told.push({ ...at(0), ...mismatched(mismatch(wanted, shape)) })
  }
  return told
}

/** Where the expression begins in the text of the field; null: in one of several holes. */
function offsetOf({ config }: CheckedNode, path: string, source: string): number | null {
  let value: unknown = config
  for (const part of path.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~')
    value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined
  }
  if (typeof value !== 'string') return null
  const first = value.indexOf(source)
  return first === -1 || value.indexOf(source, first + 1) !== -1 ? null : first
}

function mismatched(message: Text): Pick<Told, 'severity' | 'code' | 'message'> {
  return { severity: 'error', code: 'SLU_FLOW_TYPE_MISMATCH', message }
}

function said(finding: Finding): Pick<Told, 'severity' | 'code' | 'message'> {
  if (finding.kind === 'needs') return mismatched(mismatch(new Set([finding.needs]), finding.gets))
  if (finding.kind === 'mixed') return mismatched(mismatch(finding.left?.kinds ?? new Set(), finding.right))
  return { severity: 'warning', code: 'SLU_FLOW_MEMBER_UNKNOWN', message: unknownMember(finding) }
}

/** What a field takes, where its schema says so in one word. A list takes one thing for a list of one. */
function wantedAt({ facts }: CheckedNode, path: string): ReadonlySet<Kind> | null {
  if (facts === null || path.indexOf('/', 1) !== -1) return null
  const schema = propertySchema(facts.config as Schema, path.slice(1))
  if (schema === null) return null
  let wanted = wantedBy.get(schema)
  if (wanted === undefined) {
    wanted = wantedIn(schema)
    wantedBy.set(schema, wanted)
  }
  return wanted
}

const wantedBy = new WeakMap<Schema, ReadonlySet<Kind> | null>()

function wantedIn(schema: Schema): ReadonlySet<Kind> | null {
  if (choicesOf(schema).length > 0 || schema.format === 'expression') return null
  const { kinds } = shapeOfSchema({ type: schema.type }) ?? { kinds: null }
  return kinds === null || kinds.has('list') ? null : kinds
}

/** Null and nothing are one in many fields, so null clashes with nothing. */
function fits({ kinds }: NonNullable<Shape>, wanted: ReadonlySet<Kind>): boolean {
  return [...kinds].some((kind) => kind === 'null' || kind === 'list' || wanted.has(kind))
}

const words: Readonly<Record<Kind, { readonly en: string; readonly 'zh-CN': string }>> = {
  text: { en: 'text', 'zh-CN': '文本' },
  number: { en: 'a number', 'zh-CN': '数字' },
  boolean: { en: 'true or false', 'zh-CN': '是/否' },
  null: { en: 'nothing (null)', 'zh-CN': '空值 (null)' },
  list: { en: 'a list', 'zh-CN': '列表' },
  object: { en: 'an object', 'zh-CN': '对象' },
}

function worded(kinds: Iterable<Kind>, language: 'en' | 'zh-CN'): string {
  return [...kinds].map((kind) => words[kind][language]).join(language === 'en' ? ' or ' : '或')
}

function mismatch(needs: ReadonlySet<Kind>, gets: Shape): Text {
  const given = gets?.kinds ?? []
  return {
    en: `Needs ${worded(needs, 'en')}, gets ${worded(given, 'en')}`,
    'zh-CN': `类型不符：需要${worded(needs, 'zh-CN')}，得到${worded(given, 'zh-CN')}`,
  }
}

/** Names shown of what there is instead. */
const shownMax = 8

/** Whether it may be an attribute that a sender adds to a CloudEvent. */
function isOfEvent(path: readonly string[]): boolean {
  return path.length === 2 && path[0] === 'event' && /^[a-z0-9]+$/.test(path[1] ?? '')
}

/** The extensions that the CloudEvents project itself describes: who reads one of them means it. */
const describedExtensions: ReadonlySet<string> = new Set([
  ...['authid', 'authtype', 'causationid', 'correlationid', 'dataref', 'dataclassification', 'dataregulation', 'expirytime'],
  ...['partitionkey', 'recordedtime', 'sampledrate', 'sequence', 'sequencetype', 'severitynumber', 'severitytext'],
  ...['traceparent', 'tracestate'],
])

function isDescribed(finding: Finding): boolean {
  return finding.kind === 'member' && isOfEvent(finding.path) && describedExtensions.has(finding.path[1] ?? '')
}

function unknownMember({ path, of }: Extract<Finding, { kind: 'member' }>): Text {
  const whole = path.join('.')
  const owner = path.slice(0, -1).join('.')
  const names = [...(of?.members?.keys() ?? [])]
  const added = isOfEvent(path)
  const near = nearest(path.at(-1) ?? '', names)
  if (names.length === 0)
    return {
      en: `${whole} does not exist: ${owner} is ${worded(of?.kinds ?? [], 'en')}`,
      'zh-CN': `${whole} 不存在：${owner} 是${worded(of?.kinds ?? [], 'zh-CN')}`,
    }
  const list = names.slice(0, shownMax)
  return {
    en: `${whole} does not exist${added ? ', unless senders add it' : ''}. ${near === null ? `${owner} has ${list.join(', ')}` : `Did you mean ${owner}.${near}?`}`,
    'zh-CN': `${whole} 不存在${added ? '（除非发送方添加了该属性）' : ''}。${near === null ? `${owner} 包含：${list.join('、')}` : `是否想写 ${owner}.${near}？`}`,
  }
}

/** The name that was probably meant: the same letters but for one or two. */
function nearest(name: string, names: readonly string[]): string | null {
  const close = names.map((other) => ({ other, by: distance(name, other) })).filter(({ by }) => by <= (name.length > 4 ? 2 : 1))
  return close.sort((left, right) => left.by - right.by)[0]?.other ?? null
}

/** Changes from one word to the other, swapped neighbours counting as two. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const swap = one[i - 1] === other[j - 1] ? 0 : 1
      next.push(Math.min((next[j - 1] as number) + 1, (row[j] as number) + 1, (row[j - 1] as number) + swap))
    }
    row = next
  }
  return row[other.length] as number
}

import type { Ast } from '../ast.ts'
import { type Builtin, findBuiltin } from '../builtins.ts'
import { failureOf } from '../errors.ts'
import { expressionLimits } from '../limits.ts'
import { spend, spendText } from './budget.ts'
import type { Frame } from './frame.ts'
import { append, isEqual, jsonTextOf, measure, textOf, truth } from './operators.ts'
import { fieldOf } from './path.ts'
import { sortPlain } from './sort.ts'
import { isList, isSequence, type List, sequenceOf, type Value } from './value.ts'

/** Runs with arguments that jsonata's own signature has checked and completed. */
export type Run = (args: readonly Value[], frame: Frame) => Value

type Cost = 'none' | 'list' | 'deep'

/** jsonata's own implementation, after paying for what it looks at. Only for those that are synchronous and cannot explode. */
function own(cost: Cost): (name: string) => Run {
  return (name) => {
    const { implementation } = findBuiltin(name) as Builtin
    return (args) => {
      for (const arg of args) pay(cost, arg)
      return implementation.apply({ createSequence }, args as unknown[]) as Value
    }
  }
}

function createSequence(...items: readonly Value[]): Value {
  const sequence = sequenceOf()
  sequence.push(...items)
  return sequence
}

function pay(cost: Cost, arg: Value): void {
  if (typeof arg === 'string') spendText(arg.length)
  else if (cost === 'deep') measure(arg)
  else if (cost === 'list' && isList(arg)) spend(arg.length)
}

/** Written anew where jsonata's is asynchronous or could grow without our counting. */
const rewritten: Readonly<Record<string, Run>> = {
  string: ([value, pretty]) => (value === undefined ? undefined : stringOf(value, pretty === true)),
  boolean: ([value]) => truth(value),
  not: ([value]) => (value === undefined ? undefined : truth(value) !== true),
  exists: ([value]) => value !== undefined,
  append: ([left, right]) => append(left, right),
  lookup: ([value, key]) => fieldOf(value, String(key)),
  distinct: ([list]) => distinct(list),
  sort: ([list]) => sortPlain(list),
  contains: ([text, part]) => (text === undefined || part === undefined ? undefined : textIn(text).includes(textIn(part))),
  split: ([text, separator, limit]) => split(text, separator, limit),
  replace: ([text, pattern, replacement, limit]) => replace(text, pattern, replacement, limit),
  pad: (args, frame) => {
    spend(typeof args[1] === 'number' ? Math.abs(args[1]) : 0)
    return ownPad(args, frame)
  },
  join: ([list, separator]) => join(list, separator),
  millis: (_args, frame) => frame.now,
  now: ([picture, zone], frame) => fromMillis([frame.now, picture, zone], frame),
}

const ownPad = own('none')('pad')
const fromMillis = own('none')('fromMillis')

const costs: Readonly<Record<string, Cost>> = {
  sum: 'list',
  count: 'list',
  max: 'list',
  min: 'list',
  average: 'list',
  substring: 'none',
  substringBefore: 'none',
  substringAfter: 'none',
  lowercase: 'none',
  uppercase: 'none',
  length: 'none',
  trim: 'none',
  formatNumber: 'none',
  formatBase: 'none',
  number: 'none',
  floor: 'none',
  ceil: 'none',
  round: 'none',
  abs: 'none',
  sqrt: 'none',
  power: 'none',
  zip: 'list',
  keys: 'deep',
  spread: 'deep',
  merge: 'deep',
  reverse: 'list',
  error: 'none',
  assert: 'none',
  type: 'none',
  encodeUrlComponent: 'none',
  encodeUrl: 'none',
  decodeUrlComponent: 'none',
  decodeUrl: 'none',
  toMillis: 'none',
  fromMillis: 'none',
  clone: 'deep',
}

export function findRun(name: string): Run | null {
  const run = rewritten[name]
  if (run !== undefined) return run
  const cost = costs[name]
  return cost === undefined ? null : own(cost)(name)
}

/** Arguments from this one on must be literal pictures, because a picture decides how long formatting takes. */
const pictureFrom: Readonly<Record<string, number>> = { formatNumber: 1, fromMillis: 1, now: 0 }
const argumentsMax: Readonly<Record<string, number>> = { sort: 1, toMillis: 1, formatNumber: 2 }

/** `before` arguments come from the left of `~>`. */
export function isTotalCall(node: Ast, before: number, bound: ReadonlySet<string>): boolean {
  const name = node.procedure?.type === 'variable' ? String(node.procedure.value) : ''
  if (bound.has(name) || !(Object.hasOwn(rewritten, name) || Object.hasOwn(costs, name))) return false
  const args = node.arguments ?? []
  if (args.length + before > (argumentsMax[name] ?? 10)) return false
  const from = pictureFrom[name]
  return from === undefined || args.slice(Math.max(0, from - before)).every(isSafePicture)
}

/** No widths or repetitions inside: `[Y0001]-[M01]` and `#,##0.00`, but not `[Y,*-1000000]`. */
function isSafePicture(node: Ast): boolean {
  if (node.type !== 'string' || String(node.value).length > expressionLimits.pictureCharsMax) return false
  return !/\[[^\]]*[,*]/.test(String(node.value))
}

function textIn(value: Value): string {
  const text = typeof value === 'string' ? value : ''
  spendText(text.length)
  return text
}

function stringOf(value: Value, pretty: boolean): string {
  if (typeof value !== 'object' || value === null) return textOf(value)
  return jsonTextOf(value, pretty ? 2 : 0)
}

function distinct(list: Value): Value {
  if (!isList(list) || list.length <= 1) return list
  const found: Value[] = isSequence(list) ? sequenceOf() : []
  for (const item of list) if (!found.some((known) => isEqual(item, known))) found.push(item)
  return found
}

function split(text: Value, separator: Value, limit: Value): Value {
  if (text === undefined) return undefined
  if (typeof limit === 'number' && limit < 0) throw failureOf('D3020')
  if (limit !== undefined && Number(limit) <= 0) return []
  if (typeof separator !== 'string') throw failureOf('T0410')
  const source = textIn(text)
  if (separator === '') spend(source.length)
  const parts = source.split(separator, limit as number | undefined)
  spend(parts.length)
  return parts
}

function replace(text: Value, pattern: Value, replacement: Value, limit: Value): Value {
  if (text === undefined) return undefined
  if (pattern === '') throw failureOf('D3010')
  if (typeof limit === 'number' && limit < 0) throw failureOf('D3011')
  const source = textIn(text)
  if (limit !== undefined && Number(limit) <= 0) return source
  if (typeof pattern !== 'string') throw failureOf('T0410')
  const part = pattern
  const most = typeof limit === 'number' ? limit : Number.POSITIVE_INFINITY
  let result = ''
  let position = 0
  let index = source.indexOf(part)
  for (let count = 0; index !== -1 && count < most; count++) {
    result += source.slice(position, index) + String(replacement)
    spendText(String(replacement).length)
    position = index + part.length
    index = source.indexOf(part, position)
  }
  return result + source.slice(position)
}

function join(list: Value, separator: Value): Value {
  if (list === undefined) return undefined
  const parts = list as List
  const between = typeof separator === 'string' ? separator : ''
  for (const part of parts) spendText(String(part).length + between.length)
  return parts.join(between)
}

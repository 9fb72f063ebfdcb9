import type { Text } from '@sluice/flows'
import { type Ast, leftOf, someChild } from './ast.ts'
import { builtinNames } from './builtins.ts'
import { expressionLimits } from './limits.ts'
import { isTotalCall } from './total/functions.ts'

/**
 * - `total`: always ends, within a bound we count, so it may run inside the engine.
 * - `bounded-worker`: runs in the worker pool, where a clock can stop it.
 */
export type ExpressionClass = { readonly kind: 'total' } | { readonly kind: 'bounded-worker'; readonly reason: Text }

const totalTypes: ReadonlySet<string> = new Set(
  'path name string number value variable binary unary condition block bind function apply sort'.split(' '),
)

/** `names`: variables the expression binds, as `parseExpression` gives them. */
export function classify(ast: Ast, names: ReadonlySet<string>): ExpressionClass {
  return check(ast, names) ?? { kind: 'total' }
}

function worker(reason: Text): ExpressionClass {
  return { kind: 'bounded-worker', reason }
}

function check(node: Ast, bound: ReadonlySet<string>): ExpressionClass | null {
  const reason = reasonOf(node, bound)
  if (reason !== null) return worker(reason)
  let below: ExpressionClass | null = null
  const isBeyond = (child: Ast): boolean => {
    below = check(child, bound)
    return below !== null
  }
  someValue(node, isBeyond)
  return below
}

/** The parts that are evaluated as values. The name of a called function is not; `isTotalCall` judges it. */
function someValue(node: Ast, test: (part: Ast) => boolean): boolean {
  return someChild(node, (child) => {
    if (child === node.procedure || (node.type === 'bind' && child === node.lhs)) return false
    return node.type === 'apply' && child === node.rhs ? (child.arguments?.some(test) ?? false) : test(child)
  })
}

function reasonOf(node: Ast, bound: ReadonlySet<string>): Text | null {
  if (!totalTypes.has(node.type)) return unusual[node.type] ?? { en: `it uses "${node.type}"`, 'zh-CN': `使用了 ${node.type}` }
  if (node.tuple === true || node.focus !== undefined || node.index !== undefined) return linked
  if (node.stages?.some((stage) => stage.type !== 'filter') || node.predicate?.some((stage) => stage.type !== 'filter')) return linked
  if (node.group !== undefined && bindsInside(node)) return bindInList
  switch (node.type) {
    case 'variable':
      return isFunctionValue(node, bound) ? functionAsData : null
    case 'function':
      return isTotalCall(node, 0, bound) ? null : otherFunction(node)
    case 'apply':
      return reasonOfApply(node, bound)
    case 'binary':
      return node.value === '..' && !isSmallRange(node) ? range : null
    case 'unary':
      return node.value !== '-' && bindsInside(node) ? bindInList : null
    case 'path':
      return node.steps?.[0]?.type === 'block' && node.steps[0].consarray ? listFirst : null
    default:
      return null
  }
}

function isFunctionValue(node: Ast, bound: ReadonlySet<string>): boolean {
  return typeof node.value === 'string' && builtinNames.has(node.value) && !bound.has(node.value)
}

function reasonOfApply(node: Ast, bound: ReadonlySet<string>): Text | null {
  const right = node.rhs as Ast
  const call = right.type === 'variable' ? { ...right, type: 'function', procedure: right, arguments: [] } : right
  if (call.type !== 'function' || right.predicate !== undefined || right.group !== undefined) return functionAsData
  return isTotalCall(call, 1, bound) ? null : otherFunction(call)
}

function isSmallRange(node: Ast): boolean {
  const from = leftOf(node)
  const to = node.rhs as Ast
  if (from.type !== 'number' || to.type !== 'number') return false
  return Math.abs(Number(to.value) - Number(from.value)) < expressionLimits.rangeItemsMax
}

/** jsonata evaluates the parts of lists and objects at the same time; an assignment in one part races with the others. */
function bindsInside(node: Ast): boolean {
  return someChild(node, (child) => child.type === 'bind' || (child.type !== 'block' && bindsInside(child)))
}

function otherFunction(node: Ast): Text {
  const name = String(node.procedure?.value ?? '')
  return name === ''
    ? functionAsData
    : { en: `$${name} can take long or needs the worker`, 'zh-CN': `$${name} 可能耗时较长,需要在工作线程中计算` }
}

const functionAsData: Text = { en: 'it uses a function as a value', 'zh-CN': '把函数当作值使用' }
const linked: Text = { en: 'it uses %, @ or #', 'zh-CN': '使用了 %、@ 或 #' }
const range: Text = { en: 'the size of a range is only known when it runs', 'zh-CN': '区间的大小在运行时才能确定' }
const bindInList: Text = { en: 'it sets a variable inside a list or an object', 'zh-CN': '在列表或对象中设置了变量' }
const listFirst: Text = { en: 'a path starts with a block that builds a list', 'zh-CN': '路径以构造列表的代码块开头' }
const unusual: Readonly<Record<string, Text>> = {
  wildcard: { en: 'it uses the wildcard *', 'zh-CN': '使用了通配符 *' },
  descendant: { en: 'it uses the wildcard **', 'zh-CN': '使用了通配符 **' },
  parent: linked,
  lambda: { en: 'it defines a function', 'zh-CN': '定义了函数' },
  partial: { en: 'it prepares a function', 'zh-CN': '使用了部分应用函数' },
  transform: { en: 'it transforms an object', 'zh-CN': '使用了对象转换' },
  regex: { en: 'it uses a regular expression', 'zh-CN': '使用了正则表达式' },
}

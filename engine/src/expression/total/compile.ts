import { type Ast, leftOf } from '../ast.ts'
import { ExpressionFailure, failureOf } from '../errors.ts'
import { spend } from './budget.ts'
import { compileApply, compileCall } from './call.ts'
import { compileFilters } from './filter.ts'
import { bind, type Eval, innerFrame, lookUp } from './frame.ts'
import { compileGroup } from './group.ts'
import { append, calculate, compare, concatenate, isEqual, isIn, isNumeric, isTrue } from './operators.ts'
import { compilePath, fieldOf } from './path.ts'
import { sequenceOf, unwrap, type Value } from './value.ts'

export type Compile = (node: Ast) => Eval

/** Kinds whose result is never a sequence of one or none, so that nothing has to be unwrapped. */
const settled: ReadonlySet<string> = new Set(['string', 'number', 'value', 'unary', 'condition', 'block', 'bind'])

/** Turns a total expression into nested functions that give what jsonata gives, without promises in between. */
export const compileNode: Compile = (node) => {
  let run = compileCore(node)
  const filters = compileFilters(node.predicate, compileNode)
  if (filters.length > 0) {
    const inner = run
    run = (input, frame) => filters.reduce((value, filter) => filter(value, frame), inner(input, frame))
  }
  if (node.type !== 'path' && node.group !== undefined) {
    const inner = run
    const group = compileGroup(node.group, compileNode)
    run = (input, frame) => group(inner(input, frame), frame)
  }
  const keepArray = node.keepArray === true
  if (settled.has(node.type) && filters.length === 0 && !keepArray) return run
  if (node.type === 'binary' && node.value !== '..' && filters.length === 0) return run
  const inner = run
  return (input, frame) => unwrap(inner(input, frame), keepArray)
}

function compileCore(node: Ast): Eval {
  switch (node.type) {
    case 'path':
      return compilePath(node, compileNode)
    case 'name': {
      const key = String(node.value)
      return (input) => fieldOf(input, key)
    }
    case 'string':
    case 'number':
    case 'value': {
      const value = node.value as Value
      return () => value
    }
    case 'variable':
      return compileVariable(String(node.value))
    case 'binary':
      return compileBinary(node)
    case 'unary':
      return compileUnary(node)
    case 'condition':
      return compileCondition(node)
    case 'block':
      return compileBlock(node)
    case 'bind':
      return compileBind(node)
    case 'function':
      return compileCall(node, compileNode)
    case 'apply':
      return compileApply(node, compileNode)
    default:
      throw failureOf('S0206', node.position)
  }
}

function compileVariable(name: string): Eval {
  if (name === '') return (input) => input
  if (name === '$') return (_input, frame) => frame.root
  return (_input, frame) => lookUp(frame, name)
}

function compileBinary(node: Ast): Eval {
  const operator = String(node.value)
  const left = compileNode(leftOf(node))
  const right = compileNode(node.rhs as Ast)
  switch (operator) {
    case 'and':
      return (input, frame) => isTrue(left(input, frame)) && isTrue(right(input, frame))
    case 'or':
      return (input, frame) => isTrue(left(input, frame)) || isTrue(right(input, frame))
    default: {
      const calculateBoth = operation(operator)
      return placed(node, operator, (input, frame) => {
        const before = left(input, frame)
        return calculateBoth(before, right(input, frame))
      })
    }
  }
}

function operation(operator: string): (left: Value, right: Value) => Value {
  switch (operator) {
    case '&':
      return concatenate
    case '=':
      return (left, right) => left !== undefined && right !== undefined && isEqual(left, right)
    case '!=':
      return (left, right) => left !== undefined && right !== undefined && !isEqual(left, right)
    case 'in':
      return isIn
    case '..':
      return rangeOf
    case '<':
    case '<=':
    case '>':
    case '>=':
      return (left, right) => compare(operator, left, right)
    default:
      return (left, right) => calculate(operator, left, right)
  }
}

function rangeOf(from: Value, to: Value): Value {
  if (from !== undefined && !Number.isInteger(from)) throw failureOf('T2003')
  if (to !== undefined && !Number.isInteger(to)) throw failureOf('T2004')
  if (typeof from !== 'number' || typeof to !== 'number' || from > to) return undefined
  spend(to - from + 1)
  const sequence = sequenceOf()
  for (let item = from; item <= to; item++) sequence.push(item)
  return sequence
}

function compileUnary(node: Ast): Eval {
  if (node.value === '[') return compileList(node)
  if (node.value === '{') return compileGroup({ lhs: node.lhs as never }, compileNode)
  const value = compileNode(node.expression as Ast)
  return placed(node, '-', (input, frame) => {
    const number = value(input, frame)
    if (number === undefined) return undefined
    if (!isNumeric(number)) throw failureOf('D1002')
    return -number
  })
}

function compileList(node: Ast): Eval {
  const items = (node.expressions ?? []).map((item) => ({ run: compileNode(item), whole: item.value === '[' }))
  const cons = node.consarray === true
  return (input, frame) => {
    spend(items.length + 1)
    let list: readonly Value[] = []
    for (const item of items) {
      const value = item.run(input, frame)
      if (value !== undefined) list = item.whole ? [...list, value] : (append(list, value) as readonly Value[])
    }
    return cons ? Object.assign(list, { cons: true as const }) : list
  }
}

function compileCondition(node: Ast): Eval {
  const condition = compileNode(node.condition as Ast)
  const then = compileNode(node.then as Ast)
  const otherwise = node.else === undefined ? null : compileNode(node.else)
  return (input, frame) => {
    if (isTrue(condition(input, frame))) return then(input, frame)
    return otherwise === null ? undefined : otherwise(input, frame)
  }
}

function compileBlock(node: Ast): Eval {
  const parts = (node.expressions ?? []).map(compileNode)
  const scoped = (node.expressions ?? []).some(binds)
  return (input, frame) => {
    const inside = scoped ? innerFrame(frame) : frame
    let value: Value
    for (const part of parts) value = part(input, inside)
    return value
  }
}

/** Whether evaluating this may set a variable in the block around it. */
function binds(node: Ast): boolean {
  return JSON.stringify(node).includes('"type":"bind"')
}

function compileBind(node: Ast): Eval {
  const name = String(leftOf(node).value)
  const value = compileNode(node.rhs as Ast)
  return (input, frame) => {
    const bound = value(input, frame)
    bind(frame, name, bound)
    return bound
  }
}

/** Says where in the text it failed and at which operator. */
function placed(node: Ast, token: string, run: Eval): Eval {
  return (input, frame) => {
    try {
      return run(input, frame)
    } catch (thrown) {
      if (thrown instanceof ExpressionFailure && thrown.error.reason !== null && thrown.error.position === null) {
        throw failureOf(thrown.error.reason, node.position, token)
      }
      throw thrown
    }
  }
}

import { failureOf } from '../errors.ts'
import { spend, spendText } from './budget.ts'
import { isList, isRecord, type Value } from './value.ts'

/** A number that can be counted with; an endless one is an error, "not a number" is none. */
export function isNumeric(value: Value): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false
  if (!Number.isFinite(value)) throw failureOf('D1001')
  return true
}

/** Whether a value counts as true. Nothing counts as nothing. */
export function truth(value: Value): boolean | undefined {
  if (isList(value) && value.length === 1) return truth(value[0])
  return value === undefined ? undefined : isTrue(value)
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value.length > 0
  if (isList(value)) return isListTrue(value)
  if (isNumeric(value)) return value !== 0
  return isRecord(value) && Object.keys(value).length > 0
}

/** All items are looked at, as jsonata does, so that an endless number among them is noticed. */
function isListTrue(list: readonly Value[]): boolean {
  spend(list.length)
  let found = false
  for (const item of list) if (isTrue(item)) found = true
  return found
}

export function calculate(operator: string, left: Value, right: Value): Value {
  if (left !== undefined && !isNumeric(left)) throw failureOf('T2001')
  if (right !== undefined && !isNumeric(right)) throw failureOf('T2002')
  if (left === undefined || right === undefined) return undefined
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return left / right
    default:
      return left % right
  }
}

export function compare(operator: string, left: Value, right: Value): Value {
  if (!isComparable(left) || !isComparable(right)) throw failureOf('T2010')
  if (left === undefined || right === undefined) return undefined
  if (typeof left !== typeof right) throw failureOf('T2009')
  switch (operator) {
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    default:
      return left >= right
  }
}

function isComparable(value: Value): value is string | number | undefined {
  return value === undefined || typeof value === 'string' || typeof value === 'number'
}

export function isEqual(left: Value, right: Value): boolean {
  spend(1)
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (isList(left) && isList(right)) return left.length === right.length && left.every((item, index) => isEqual(item, right[index]))
  // A list is never an object. (jsonata compares property names, so it takes `["a"]` and `{"0": "a", "length": 1}` for equal.)
  if (isList(left) || isList(right)) return false
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
}

export function isIn(left: Value, right: Value): boolean {
  if (left === undefined || right === undefined) return false
  if (!isList(right)) return left === right
  spend(right.length)
  return right.indexOf(left) !== -1
}

export function textOf(value: Value): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'undefined':
      return ''
    case 'number':
      if (!Number.isFinite(value)) throw failureOf('D3001')
      return JSON.stringify(shortNumber(value))
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      return jsonTextOf(value, 0)
  }
}

/** JSON text as jsonata writes it: 15 significant digits. Measured first, because shared parts can make it huge. */
export function jsonTextOf(value: Value, indent: number): string {
  measure(value)
  return JSON.stringify(value, (_key, item) => (typeof item === 'number' && isNumeric(item) ? shortNumber(item) : item), indent)
}

function shortNumber(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15))
}

/** Pays for looking at every part of a value. */
export function measure(value: Value): void {
  spend(1)
  if (typeof value === 'string') spendText(value.length)
  else if (isList(value)) for (const item of value) measure(item)
  else if (isRecord(value)) for (const key of Object.keys(value)) measure(value[key])
}

export function concatenate(left: Value, right: Value): string {
  const before = textOf(left)
  const after = textOf(right)
  spendText(before.length + after.length)
  return before + after
}

/** Joins two values into one list, as jsonata's `append` does: a plain list, or the other side when one is nothing. */
export function append(left: Value, right: Value): Value {
  if (left === undefined) return right
  if (right === undefined) return left
  const before: readonly Value[] = isList(left) ? left : [left]
  const after: readonly Value[] = isList(right) ? right : [right]
  spend(before.length + after.length)
  return before.concat(after)
}

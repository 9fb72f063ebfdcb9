import type { Query } from '../../worker/index.ts'
import { type AnyTable, columnOf, encode, invalid, type Stored, type StoredRow } from './columns.ts'

type Test = (row: StoredRow) => boolean

const operators: ReadonlySet<string> = new Set(['in', 'not', 'lt', 'lte', 'gt', 'gte', 'contains'])

export interface CompiledWhere {
  readonly test: Test
  /** Columns that must equal one value: what an index can answer. */
  readonly equal: ReadonlyMap<string, Stored>
}

export function compileWhere(table: AnyTable, where: object | undefined): CompiledWhere {
  const tests: Test[] = []
  const equal = new Map<string, Stored>()
  for (const [name, condition] of Object.entries(where ?? {})) {
    columnOf(table, name)
    if (condition === undefined) throw invalid(table, name, 'has a condition that is undefined')
    if (isOperator(condition)) tests.push(...operatorTests(table, name, condition))
    else {
      const wanted = encode(table, name, condition, true)
      equal.set(name, wanted)
      tests.push((row) => row[name] === wanted)
    }
  }
  return { test: (row) => tests.every((test) => test(row)), equal }
}

function isOperator(condition: unknown): condition is Record<string, unknown> {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return false
  const keys = Object.keys(condition)
  return keys.length > 0 && keys.every((key) => operators.has(key))
}

function operatorTests(table: AnyTable, name: string, condition: Record<string, unknown>): Test[] {
  return Object.entries(condition).flatMap(([operator, operand]): Test[] => {
    if (operand === undefined) return []
    if (operator === 'in') {
      const wanted = new Set((operand as readonly unknown[]).map((item) => encode(table, name, item, true)))
      return [(row) => wanted.has(row[name] ?? null)]
    }
    if (operator === 'contains') {
      const part = lower(String(operand))
      return [(row) => row[name] !== null && lower(String(row[name])).includes(part)]
    }
    const wanted = encode(table, name, operand, true)
    if (operator === 'not') return [(row) => row[name] !== wanted]
    return [(row) => holds(operator, compare(row[name] ?? null, wanted), row[name] ?? null)]
  })
}

/** Nothing is smaller or larger than an empty value. */
function holds(operator: string, order: number, value: Stored): boolean {
  if (value === null) return false
  if (operator === 'lt') return order < 0
  if (operator === 'lte') return order <= 0
  return operator === 'gt' ? order > 0 : order >= 0
}

/** ASCII only, as the contract says. */
function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** Empty first, text by code point. */
function compare(left: Stored, right: Stored): number {
  if (left === right) return 0
  if (left === null) return -1
  if (right === null) return 1
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  return Number(left) - Number(right)
}

/** UTF-16 order differs from UTF-8 order only where surrogates meet the letters above them. */
function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const one = left.codePointAt(index) ?? 0
    const other = right.codePointAt(index) ?? 0
    if (one !== other) return one - other
  }
  return left.length - right.length
}

export function orderOf(
  table: AnyTable,
  orderBy: Query<Record<string, unknown>>['orderBy'],
): (left: StoredRow, right: StoredRow) => number {
  const parts = (orderBy ?? []).map(([name, direction]) => {
    columnOf(table, name)
    return { name, sign: direction === 'desc' ? -1 : 1 }
  })
  return (left, right) => {
    for (const { name, sign } of parts) {
      const order = compare(left[name] ?? null, right[name] ?? null)
      if (order !== 0) return order * sign
    }
    return 0
  }
}

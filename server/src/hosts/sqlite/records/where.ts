/** Conditions and order of a query as SQL with parameters. Names are checked against the declaration; values never enter the text. */
import type { Column } from '@sluice/engine/worker'
import { problem } from '@sluice/sdk/server'
import { type AnyTable, columnOf, encode, type SqlValue } from './columns.ts'
import { quote } from './make-tables.ts'

export interface Sql {
  readonly text: string
  readonly values: readonly SqlValue[]
}

const operators: ReadonlySet<string> = new Set(['in', 'not', 'lt', 'lte', 'gt', 'gte', 'contains'])
const comparisons = { lt: '<', lte: '<=', gt: '>', gte: '>=' } as const

/** Text `''` when nothing is asked. */
export function whereSql(table: AnyTable, where: object | undefined): Sql {
  const parts: string[] = []
  const values: SqlValue[] = []
  for (const [name, condition] of Object.entries(where ?? {})) {
    const column = columnOf(table, name)
    if (condition === undefined) throw problem('SLU_RECORD_INVALID', 400, `The condition on ${name} of ${table.name} is undefined`)
    addCondition({ table, name, column }, condition, parts, values)
  }
  return { text: parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`, values }
}

interface Place {
  readonly table: AnyTable
  readonly name: string
  readonly column: Column
}

function addCondition(place: Place, condition: unknown, parts: string[], values: SqlValue[]): void {
  const column = quote(place.name)
  if (!isOperator(condition)) {
    addEqual(place, condition, 'IS', parts, values)
    return
  }
  for (const [operator, operand] of Object.entries(condition)) {
    if (operand === undefined) continue
    switch (operator) {
      case 'in':
        addIn(place, operand as readonly unknown[], parts, values)
        break
      case 'not':
        addEqual(place, operand, 'IS NOT', parts, values)
        break
      case 'contains':
        // lower() folds ASCII only, which is what the contract says.
        parts.push(`instr(lower(${column}), lower(?)) > 0`)
        values.push(String(operand))
        break
      default:
        parts.push(`${column} ${comparisons[operator as keyof typeof comparisons]} ?`)
        values.push(encode(place.table, place.name, place.column, operand))
    }
  }
}

function addEqual(place: Place, operand: unknown, sign: 'IS' | 'IS NOT', parts: string[], values: SqlValue[]): void {
  const nullable = { ...place.column, nullable: true }
  parts.push(`${quote(place.name)} ${sign} ?`)
  values.push(encode(place.table, place.name, nullable, operand))
}

/** One statement whatever the length of the list. */
function addIn(place: Place, operands: readonly unknown[], parts: string[], values: SqlValue[]): void {
  const column = quote(place.name)
  const list = operands.filter((operand) => operand !== null).map((operand) => encode(place.table, place.name, place.column, operand))
  const inList = `${column} IN (SELECT value FROM json_each(?))`
  parts.push(operands.includes(null) ? `(${inList} OR ${column} IS NULL)` : inList)
  values.push(JSON.stringify(list))
}

/** `{ in: […] }` and the like. A json column's own value that looks like one must be asked for as text with `contains`. */
function isOperator(condition: unknown): condition is Record<string, unknown> {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return false
  const keys = Object.keys(condition)
  return keys.length > 0 && keys.every((key) => operators.has(key))
}

/** Rows of equal rank, and all rows without an order, come in the order they were first written. */
export function orderSql(table: AnyTable, orderBy: readonly (readonly [string, 'asc' | 'desc'])[] | undefined): string {
  const parts = (orderBy ?? []).map(([name, direction]) => {
    columnOf(table, name)
    return `${quote(name)} ${direction === 'desc' ? 'DESC' : 'ASC'}`
  })
  return ` ORDER BY ${[...parts, 'rowid'].join(', ')}`
}

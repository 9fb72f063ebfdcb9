import type { Json } from '@sluice/sdk'
import { parseCell, type Scalar } from './cell.ts'

/** What a column of a decision table holds. Columns of older tables say nothing and take everything. */
export type ColumnType = 'text' | 'number' | 'boolean' | 'date'
export const columnTypes: readonly ColumnType[] = ['text', 'number', 'boolean', 'date']

const date = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

export function isOfType(value: Json | undefined, type: ColumnType | undefined): boolean {
  if (type === undefined || value === null || value === undefined) return true
  if (type === 'date') return typeof value === 'string' && date.test(value)
  return type === 'text' ? typeof value === 'string' : typeof value === type
}

/** Every bound that a cell names; an unreadable cell names none. */
export function boundsOf(cell: string): readonly Scalar[] {
  return (parseCell(cell)?.tests ?? []).flatMap((test) => (test.kind === 'range' ? [test.from, test.to] : [test.value]))
}

/** The type all these values share, or text. Undefined when there is nothing to tell it by. */
export function typeOfValues(values: readonly (Json | undefined)[]): ColumnType | undefined {
  const told = values.filter((value) => value !== null && value !== undefined && value !== '')
  if (told.length === 0) return undefined
  for (const type of ['number', 'boolean', 'date'] as const) if (told.every((value) => isOfType(value, type))) return type
  return 'text'
}

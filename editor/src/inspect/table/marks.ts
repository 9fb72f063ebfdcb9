import type { Json } from '@sluice/flows'
import {
  boundsOf,
  type ColumnType,
  type Flaws,
  findFlaws,
  isOfType,
  parseCell,
  rowsThatFit,
  runTest,
  type TestResult,
} from '@sluice/nodes/core/table'
import type { RecentRun } from '../data/use-recent.ts'
import { type Sheet, tableOf } from './table-model.ts'

export interface Marks {
  readonly flaws: Flaws
  /** Cells that cannot be read, `row:column`, with the type they should have; undefined: no cell at all. */
  readonly broken: ReadonlyMap<string, ColumnType | undefined>
  readonly tests: readonly TestResult[]
}

export function marksOf(sheet: Sheet): Marks {
  const table = tableOf(sheet)
  const broken = new Map<string, ColumnType | undefined>()
  for (const [row, { when }] of sheet.rows.entries())
    for (const [column, cell] of when.entries()) {
      const type = sheet.inputs[column]?.type
      if (parseCell(cell) === null) broken.set(`${row}:${column}`, undefined)
      else if (boundsOf(cell).some((bound) => !isOfType(bound, type))) broken.set(`${row}:${column}`, type)
    }
  return {
    flaws: findFlaws(table),
    broken,
    tests: sheet.tests.map((test) => runTest(table, sheet.policy, test)),
  }
}

/** Why a row is in question, worst first; null when it is fine. */
export function flawOfRow({ flaws }: Marks, { policy }: Sheet, row: number): 'overlap' | 'empty' | 'hidden' | null {
  if (policy === 'unique' && flaws.overlaps.some(({ rows }) => rows[1] === row)) return 'overlap'
  const hidden = flaws.unreachable.find((each) => each.row === row)
  if (hidden === undefined) return null
  return hidden.by === null ? 'empty' : policy === 'first' ? 'hidden' : null
}

export interface Hits {
  /** By row. */
  readonly counts: readonly number[]
  /** Times no row fitted. */
  readonly none: number
  /** Times the table was asked in these runs. */
  readonly asked: number
}

/** How often each row would have been hit by what recent runs asked the table; sealed values count for the row that was hit then. */
export function hitsOf(sheet: Sheet, step: string, recent: readonly RecentRun[]): Hits {
  const table = tableOf(sheet)
  const counts = sheet.rows.map(() => 0)
  let none = 0
  let asked = 0
  for (const { journal } of recent)
    for (const { node, why } of journal) {
      if (node !== step || why == null || typeof why.values !== 'object' || why.values === null || !Array.isArray(why.rows)) continue
      asked += 1
      const given = why.values as { readonly [name: string]: Json }
      const isKnown = table.inputs.every((name) => name in given && !isSealed(given[name]))
      const rows = isKnown
        ? rowsThatFit(
            table,
            table.inputs.map((name) => given[name]),
            sheet.policy === 'first' ? 1 : undefined,
          )
        : (why.rows as readonly number[]).map((row) => row - 1)
      if (rows.length === 0) none += 1
      for (const row of rows) if (counts[row] !== undefined) counts[row] += 1
    }
  return { counts, none, asked }
}

function isSealed(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && '$masked' in value
}

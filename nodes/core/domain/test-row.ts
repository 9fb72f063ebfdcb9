import type { Json } from '@sluice/sdk'
import { rowOutput, rowsThatFit, type Table } from './decision.ts'

/** A row of values with what the table must give for them; `expect` null: no row may fit. */
export interface TestRow {
  readonly given: readonly Json[]
  readonly expect: readonly Json[] | null
}

export type HitPolicy = 'unique' | 'first' | 'collect' | 'rule-order'

export interface TestResult {
  readonly passes: boolean
  /** Indexes of the rows that fit. */
  readonly rows: readonly number[]
  /** What the table gave, in the order of the outputs; null: nothing fits. */
  readonly gave: readonly Json[] | null
}

/** Asks the table as a run would. Where every row counts, the expected one must be among them. */
export function runTest(table: Table, policy: HitPolicy, test: TestRow): TestResult {
  const rows = rowsThatFit(table, test.given, policy === 'first' ? 1 : table.rows.length)
  const givenBy = (row: number): readonly Json[] => table.outputs.map((name) => rowOutput(table, row)[name] ?? null)
  const [first] = rows
  if (first === undefined) return { passes: test.expect === null, rows, gave: null }
  const gave = givenBy(first)
  if (test.expect === null || (policy === 'unique' && rows.length > 1)) return { passes: false, rows, gave }
  const wanted = JSON.stringify(test.expect)
  const passes = rows.some((row) => JSON.stringify(givenBy(row)) === wanted)
  return { passes, rows, gave }
}

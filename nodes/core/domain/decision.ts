import type { Json } from '@sluice/sdk'
import { type Cell, cellFits, parseCell } from './cell.ts'

/** A decision table: a row fits when each of its cells fits the input of its column. */
export interface Table {
  /** Names of the input columns, in the order of the cells. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly rows: readonly { readonly when: readonly string[]; readonly give: readonly Json[] }[]
}

const cells = new Map<string, Cell | null>()
const cellsKeptMax = 10_000

/** Parsed once per text: tables run often and change rarely. */
export function cellOf(text: string): Cell | null {
  const known = cells.get(text)
  if (known !== undefined) return known
  if (cells.size >= cellsKeptMax) cells.clear()
  const cell = parseCell(text)
  cells.set(text, cell)
  return cell
}

/** Indexes of the rows that fit these values, from the top. A cell that cannot be read fits nothing. */
export function rowsThatFit({ rows, inputs }: Table, values: readonly (Json | undefined)[], most = rows.length): readonly number[] {
  const found: number[] = []
  for (let row = 0; row < rows.length && found.length < most; row++) {
    const when = rows[row]?.when ?? []
    const fits = inputs.every((_, column) => {
      const cell = cellOf(when[column] ?? '-')
      return cell !== null && cellFits(cell, values[column])
    })
    if (fits) found.push(row)
  }
  return found
}

/** What a row gives, by output name. */
export function rowOutput({ outputs, rows }: Table, row: number): { readonly [name: string]: Json } {
  return Object.fromEntries(outputs.map((name, column) => [name, rows[row]?.give[column] ?? null]))
}

import type { Json } from '@sluice/sdk'
import { type Cell, cellFits, parseCell, type Scalar } from './cell.ts'

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

/** Most combinations tried for gaps and overlaps; bigger tables are left to their test rows. */
const casesMax = 4_096

export interface Flaws {
  /** Values for which no row fits. */
  readonly gap: readonly Scalar[] | null
  /** Values for which several rows fit, and those rows. */
  readonly overlap: { readonly values: readonly Scalar[]; readonly rows: readonly number[] } | null
}

/**
 * Tries every combination of telling values: the bounds in the cells, something between and beyond them, each text and another one.
 * Two values with no bound between them are treated alike by every row, so what is found is complete for tables this small.
 */
export function findFlaws(table: Table): Flaws {
  const columns = table.inputs.map((_, column) => tellingValues(table, column))
  const count = columns.reduce((product, values) => product * values.length, 1)
  let gap: Flaws['gap'] = null
  let overlap: Flaws['overlap'] = null
  for (let index = 0; count <= casesMax && index < count; index++) {
    const values = combination(columns, index)
    const rows = rowsThatFit(table, values, 2)
    if (rows.length === 0) gap ??= values
    if (rows.length > 1) overlap ??= { values, rows }
  }
  return { gap, overlap }
}

function combination(columns: readonly (readonly Scalar[])[], index: number): readonly Scalar[] {
  let rest = index
  return columns.map((values) => {
    const value = values[rest % values.length] ?? null
    rest = Math.floor(rest / values.length)
    return value
  })
}

function tellingValues({ rows }: Table, column: number): readonly Scalar[] {
  const bounds = rows.flatMap(({ when }) =>
    (cellOf(when[column] ?? '-')?.tests ?? []).flatMap((test) => (test.kind === 'range' ? [test.from, test.to] : [test.value])),
  )
  const numbers = [...new Set(bounds.filter((bound) => typeof bound === 'number'))].sort((a, b) => a - b)
  const between = numbers.flatMap((bound, index) => [bound, ((numbers[index + 1] ?? bound + 2) + bound) / 2])
  const texts = [...new Set(bounds.filter((bound) => typeof bound === 'string'))].sort()
  const others: readonly Scalar[] = [
    ...(numbers.length > 0 ? [(numbers[0] ?? 0) - 1, ...between] : []),
    ...(texts.length > 0 ? ['', ...texts.flatMap((text) => [text, `${text}…`])] : []),
    ...(bounds.some((bound) => typeof bound === 'boolean') ? [true, false] : []),
  ]
  return others.length === 0 ? [null] : others
}

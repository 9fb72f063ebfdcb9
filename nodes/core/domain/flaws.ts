import { type Cell, cellFits, type Scalar } from './cell.ts'
import { cellOf, type Table } from './decision.ts'

/** Values that some rows fit, or none does. */
export interface Overlap {
  readonly values: readonly Scalar[]
  /** Indexes, from the top. */
  readonly rows: readonly number[]
}

export interface Flaws {
  /** Values for which no row fits. */
  readonly gap: readonly Scalar[] | null
  /** Pairs of rows that fit the same values, each pair once, with an example. */
  readonly overlaps: readonly Overlap[]
  /** Rows that are never the first to fit: `by` is what comes before them; null when they fit nothing at all. */
  readonly unreachable: readonly { readonly row: number; readonly by: number | null }[]
  /** False when the table was too large to look at whole; then nothing is said about unreachable rows. */
  readonly isWhole: boolean
}

/** Most groups of values looked at. A table of 500 rows that meet in few places takes a few thousand. */
const placesMax = 50_000
const overlapsMax = 50

/**
 * Walks the columns from left to right. Two values with no bound between them are treated alike by every row, so one telling value
 * stands for all its neighbours; where two of them leave the same rows, one is enough. What is found is therefore complete.
 */
export function findFlaws(table: Table): Flaws {
  const cells = table.rows.map(({ when }) => table.inputs.map((_, column) => cellOf(when[column] ?? '-')))
  const firsts = new Set<number>()
  const coveredBy = new Map<number, number>()
  const overlaps = new Map<string, Overlap>()
  let gap: readonly Scalar[] | null = null
  let places = 0

  const leaf = (rows: readonly number[], values: readonly Scalar[]) => {
    const [first, second] = rows
    if (first === undefined) return
    firsts.add(first)
    for (const row of rows) if (row !== first && !coveredBy.has(row)) coveredBy.set(row, first)
    const pair = `${first} ${second}`
    if (second !== undefined && overlaps.size < overlapsMax && !overlaps.has(pair)) overlaps.set(pair, { values, rows: [first, second] })
  }
  const walk = (rows: readonly number[], values: readonly Scalar[]) => {
    const column = values.length
    if (++places > placesMax) return
    if (column === table.inputs.length) {
      leaf(rows, values)
      return
    }
    const seen = new Set<string>()
    for (const value of tellingValues(rows.map((row) => cells[row]?.[column] ?? null))) {
      const left = rows.filter((row) => {
        const cell = cells[row]?.[column] ?? null
        return cell !== null && cellFits(cell, value)
      })
      if (left.length === 0) {
        gap ??= filledUp(table, [...values, value], cells)
        continue
      }
      const key = left.join(' ')
      if (seen.has(key)) continue
      seen.add(key)
      walk(left, [...values, value])
    }
  }
  walk(
    table.rows.map((_, row) => row),
    [],
  )
  const isWhole = places <= placesMax
  const unreachable = isWhole ? table.rows.flatMap((_, row) => (firsts.has(row) ? [] : [{ row, by: coveredBy.get(row) ?? null }])) : []
  return { gap, overlaps: [...overlaps.values()], unreachable, isWhole }
}

/** A gap found before the last column holds for whatever stands in the rest; the example names something anyway. */
function filledUp(table: Table, values: readonly Scalar[], cells: readonly (readonly (Cell | null)[])[]): readonly Scalar[] {
  return table.inputs.map((_, column) =>
    column < values.length ? (values[column] ?? null) : (tellingValues(cells.map((row) => row[column] ?? null)).at(-1) ?? null),
  )
}

/** The bounds in the cells of a column, something between and beyond them, each text and another one. */
export function tellingValues(column: readonly (Cell | null)[]): readonly Scalar[] {
  const bounds = column.flatMap((cell) =>
    (cell?.tests ?? []).flatMap((test) => (test.kind === 'range' ? [test.from, test.to] : [test.value])),
  )
  const numbers = [...new Set(bounds.filter((bound) => typeof bound === 'number'))].sort((a, b) => a - b)
  const between = numbers.flatMap((bound, index) => [bound, ((numbers[index + 1] ?? bound + 2) + bound) / 2])
  const texts = [...new Set(bounds.filter((bound) => typeof bound === 'string'))].sort()
  const others: readonly Scalar[] = [
    ...(numbers.length > 0 ? [(numbers[0] ?? 0) - 1, ...between] : []),
    ...(texts.length > 0 ? ['', ...texts.flatMap((text) => [text, `${text}…`])] : []),
    ...(bounds.some((bound) => typeof bound === 'boolean') ? [true, false] : []),
    ...(bounds.some((bound) => bound === null) ? [null] : []),
  ]
  return others.length === 0 ? [null] : others
}

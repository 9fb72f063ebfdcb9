import { cellFits, type Scalar } from './cell.ts'
import { boundsOf } from './column-type.ts'
import { cellOf, type Table } from './decision.ts'
import { tellingValues } from './flaws.ts'

/** More places than this are not looked at: the row then closes less than it could. */
const placesMax = 2_000

/**
 * The cells of a row that closes a gap: not its example alone, but all around it that no row fits either. A text that no cell names
 * stands for every other text.
 */
export function cellsFor(table: Table, gap: readonly Scalar[]): readonly string[] {
  const cells = table.rows.map(({ when }) => table.inputs.map((_, column) => cellOf(when[column] ?? '-')))
  let places = 0
  const isOpen = (values: readonly Scalar[]) =>
    ++places <= placesMax && cells.every((row) => row.some((cell, column) => cell === null || !cellFits(cell, values[column] ?? null)))
  const closed: (readonly Scalar[])[] = table.inputs.map((_, column) => [gap[column] ?? null])
  return table.inputs.map((_, column) => {
    const value = gap[column] ?? null
    if (typeof value !== 'number') return otherCell(table, column, value)
    const axis = tellingValues(cells.map((row) => row[column] ?? null)).filter((each) => typeof each === 'number')
    const takes = (each: number | undefined) => each !== undefined && allOpen(closed.with(column, [each]), isOpen)
    let from = axis.indexOf(value)
    let to = from
    while (takes(axis[from - 1])) from -= 1
    while (takes(axis[to + 1])) to += 1
    closed[column] = axis.slice(from, to + 1)
    return from < 0 ? `= ${value}` : rangeCell(axis, from, to)
  })
}

function otherCell({ rows }: Table, column: number, value: Scalar): string {
  if (value === null) return '-'
  if (typeof value !== 'string') return `= ${String(value)}`
  const texts = new Set(rows.flatMap(({ when }) => boundsOf(when[column] ?? '-')).filter((bound) => typeof bound === 'string'))
  return texts.has(value) ? value : texts.size === 0 ? '-' : `not ${[...texts].join(', ')}`
}

function allOpen(box: readonly (readonly Scalar[])[], isOpen: (values: readonly Scalar[]) => boolean): boolean {
  if (box.reduce((count, side) => count * side.length, 1) > placesMax) return false
  const inside = box.reduce<readonly (readonly Scalar[])[]>(
    (found, side) => found.flatMap((place) => side.map((each) => [...place, each])),
    [[]],
  )
  return inside.every(isOpen)
}

/** On the axis a bound stands at each odd place, and at the even ones something before, between and behind them. */
function rangeCell(axis: readonly number[], from: number, to: number): string {
  const low = from === 0 ? null : { bound: axis[from % 2 === 1 ? from : from - 1], isIn: from % 2 === 1 }
  const high = to === axis.length - 1 ? null : { bound: axis[to % 2 === 1 ? to : to + 1], isIn: to % 2 === 1 }
  if (low === null) return high === null ? '-' : `${high.isIn ? '<=' : '<'} ${high.bound}`
  if (high === null) return `${low.isIn ? '>=' : '>'} ${low.bound}`
  if (from === to && low.isIn) return `= ${low.bound}`
  return `${low.isIn ? '[' : '('}${low.bound}..${high.bound}${high.isIn ? ']' : ')'}`
}

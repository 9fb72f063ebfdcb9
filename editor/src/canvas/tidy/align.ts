import type { Grid, Piece } from './grid.ts'
import { byEnd } from './ranks.ts'

const rounds = 6

/**
 * How far down each cell stands: as near to what it is wired to as its neighbours above and below allow. Each column is solved
 * exactly, by merging what would overlap; going back and forth over the columns brings them together.
 */
export function aligned(
  grid: Grid,
  columns: readonly (readonly number[])[],
  apart: (above: number, below: number) => number,
): readonly number[] {
  const count = grid.rank.length
  const out = byEnd(count, grid.pieces, 'from')
  const into = byEnd(count, grid.pieces, 'to')
  const y = Array.from<number>({ length: count }).fill(0)
  for (const column of columns) {
    let at = 0
    column.forEach((cell, index) => {
      if (index > 0) at += apart(column[index - 1] ?? 0, cell)
      y[cell] = at
    })
  }
  const settle = (column: readonly number[], near: readonly (readonly Piece[])[], other: 'from' | 'to') => {
    const wishes = column.map((cell) => {
      const ways = near[cell] ?? []
      const weight = ways.reduce((sum, way) => sum + way.weight, 0)
      const wish = weight === 0 ? (y[cell] ?? 0) : ways.reduce((sum, way) => sum + way.weight * (y[way[other]] ?? 0), 0) / weight
      return { wish, weight: Math.max(weight, 0.01) }
    })
    solve(column, wishes, apart).forEach((value, index) => {
      const cell = column[index]
      if (cell !== undefined) y[cell] = value
    })
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const column of columns) settle(column, into, 'from')
    for (const column of columns.toReversed()) settle(column, out, 'to')
  }
  for (const column of columns) settle(column, into, 'from')
  return y
}

/** The places nearest to the wishes, in squares, that keep order and distances: neighbours that would overlap move as one. */
function solve(
  column: readonly number[],
  wishes: readonly { readonly wish: number; readonly weight: number }[],
  apart: (above: number, below: number) => number,
): readonly number[] {
  const shift: number[] = []
  const blocks: { value: number; weight: number; size: number }[] = []
  wishes.forEach(({ wish, weight }, index) => {
    const before = shift[index - 1]
    shift.push(before === undefined ? 0 : before + apart(column[index - 1] ?? 0, column[index] ?? 0))
    let block = { value: wish - (shift[index] ?? 0), weight, size: 1 }
    for (let above = blocks.at(-1); above !== undefined && above.value >= block.value; above = blocks.at(-1)) {
      blocks.pop()
      const sum = above.weight + block.weight
      block = { value: (above.value * above.weight + block.value * block.weight) / sum, weight: sum, size: above.size + block.size }
    }
    blocks.push(block)
  })
  const base = blocks.flatMap(({ value, size }) => Array.from<number>({ length: size }).fill(value))
  return shift.map((distance, index) => (base[index] ?? 0) + distance)
}

import type { Grid, Piece } from './grid.ts'
import { byEnd } from './ranks.ts'

const sweeps = 8

/** What stands above what in each column: few crossings, and the upper port leads to the upper step. */
export function ordered(grid: Grid): readonly (readonly number[])[] {
  const count = grid.rank.length
  const out = byEnd(count, grid.pieces, 'from')
  const into = byEnd(count, grid.pieces, 'to')
  let columns = firstOrder(grid)
  let best = columns
  let least = crossings(columns, grid)
  for (let sweep = 0; sweep < sweeps && least > 0; sweep += 1) {
    const place = placesIn(columns, count)
    const below = columns.length - 1
    const next = columns.map((column) => [...column])
    const sort = (index: number, rate: (cell: number) => number | null) => {
      const column = sorted(next[index] ?? [], rate)
      next[index] = column
      column.forEach((cell, at) => {
        place[cell] = at
      })
    }
    const at = (cell: number) => place[cell] ?? 0
    // Back along the wires and forth again: the last word has what leads there.
    for (let index = below - 1; index >= 0; index -= 1) sort(index, (cell) => mean(out[cell] ?? [], ({ to }) => at(to)))
    for (let index = 1; index <= below; index += 1) sort(index, (cell) => mean(into[cell] ?? [], ({ from, port }) => at(from) + port - 0.5))
    columns = next
    const crossed = crossings(columns, grid)
    if (crossed >= least) continue
    least = crossed
    best = columns
  }
  return best
}

function mean<Item>(items: readonly Item[], value: (item: Item) => number): number | null {
  return items.length === 0 ? null : items.reduce((sum, item) => sum + value(item), 0) / items.length
}

/** Sorted by their rate; what has none keeps its place. */
function sorted(column: readonly number[], rate: (cell: number) => number | null): number[] {
  const rated = column.map((cell) => ({ cell, rate: rate(cell) }))
  const moving = rated
    .flatMap(({ cell, rate: value }) => (value === null ? [] : [{ cell, value }]))
    .sort((a, b) => a.value - b.value)
    .map(({ cell }) => cell)
  let next = 0
  return rated.map(({ cell, rate: value }) => (value === null ? cell : (moving[next++] ?? cell)))
}

/** A walk along the wires, upper ports first: without a crossing where there need be none. */
function firstOrder({ rank, pieces }: Grid): number[][] {
  const out = byEnd(rank.length, pieces, 'from')
  const columns: number[][] = Array.from({ length: Math.max(...new Set(rank)) + 1 }, () => [])
  const seen = new Set<number>()
  const starts = rank.map((_, cell) => cell).sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0))
  for (const start of starts) {
    const way = [start]
    for (let cell = way.pop(); cell !== undefined; cell = way.pop()) {
      if (seen.has(cell)) continue
      seen.add(cell)
      columns[rank[cell] ?? 0]?.push(cell)
      for (const { to } of (out[cell] ?? []).toReversed()) if (!seen.has(to)) way.push(to)
    }
  }
  return columns
}

function placesIn(columns: readonly (readonly number[])[], count: number): number[] {
  const place = Array.from<number>({ length: count }).fill(0)
  for (const column of columns)
    column.forEach((cell, at) => {
      place[cell] = at
    })
  return place
}

/** Counts pairs of pieces that cross, with sums over a tree of places: in time that hardly grows faster than the pieces. */
function crossings(columns: readonly (readonly number[])[], { rank, pieces }: Grid): number {
  const place = placesIn(columns, rank.length)
  const between = columns.map((): Piece[] => [])
  for (const piece of pieces) between[rank[piece.from] ?? 0]?.push(piece)
  let crossed = 0
  between.forEach((some, index) => {
    if (some.length < 2) return
    const size = (columns[index + 1]?.length ?? 0) + 1
    const tree = Array.from<number>({ length: size }).fill(0)
    const start = ({ from, port }: Piece) => (place[from] ?? 0) + port / 2
    const end = ({ to }: Piece) => place[to] ?? 0
    some.sort((a, b) => start(a) - start(b) || end(a) - end(b))
    some.forEach((piece, before) => {
      let notBelow = 0
      for (let at = end(piece) + 1; at > 0; at -= at & -at) notBelow += tree[at] ?? 0
      crossed += before - notBelow
      for (let at = end(piece) + 1; at < size; at += at & -at) tree[at] = (tree[at] ?? 0) + 1
    })
  })
  return crossed
}

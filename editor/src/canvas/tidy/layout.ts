import { aligned } from './align.ts'
import { gridOf } from './grid.ts'
import { ordered } from './order.ts'
import { type Link, ranked } from './ranks.ts'

/** What a layout needs to know: boxes and wires, nothing else. It travels to a worker. */
export interface LayoutRequest {
  readonly id: number
  readonly boxes: readonly { readonly id: string; readonly width: number; readonly height: number }[]
  /** In port order, so that upper ports lead to upper steps. */
  readonly wires: readonly { readonly from: string; readonly to: string }[]
}

export interface LayoutAnswer {
  readonly id: number
  readonly places: readonly (readonly [string, number, number])[]
}

type Box = LayoutRequest['boxes'][number]

const gap = { steps: 40, columns: 96, wires: 24 } as const

/**
 * Left to right in columns, as Sugiyama draws: columns by the longest way, few crossings, the main way straight. What is not wired
 * together stands one below the other. Nothing recurses, so the length of a line does not matter.
 */
export function layout({ id, boxes, wires }: LayoutRequest): LayoutAnswer {
  let top = 0
  const places = parts(boxes, wires).flatMap((part) => {
    const placed = layoutPart(part.boxes, part.links)
    const upper = placed.reduce((least, [, , y]) => Math.min(least, y), Number.POSITIVE_INFINITY)
    const lower = placed.reduce((most, [, , y], index) => Math.max(most, y + (part.boxes[index]?.height ?? 0)), Number.NEGATIVE_INFINITY)
    const down = top - upper
    top += lower - upper + gap.steps
    return placed.map(([step, x, y]) => [step, snap(x), snap(y + down)] as const)
  })
  return { id, places }
}

function layoutPart(boxes: readonly Box[], links: readonly Link[]): readonly (readonly [string, number, number])[] {
  const grid = gridOf(ranked(boxes.length, links))
  const columns = ordered(grid)
  const half = (cell: number) => (boxes[cell]?.height ?? 0) / 2
  const margin = (cell: number) => (cell < boxes.length ? gap.steps : gap.wires) / 2
  const y = aligned(grid, columns, (above, below) => half(above) + margin(above) + margin(below) + half(below))
  const middle: number[] = []
  let x = 0
  for (const column of columns) {
    const width = column.reduce((most, cell) => Math.max(most, boxes[cell]?.width ?? 0), 0)
    middle.push(x + width / 2)
    x += width + gap.columns
  }
  // What differs by less than a pixel is meant to be level.
  return boxes.map(
    (box, cell) => [box.id, (middle[grid.rank[cell] ?? 0] ?? 0) - box.width / 2, Math.round(y[cell] ?? 0) - half(cell)] as const,
  )
}

interface Part {
  readonly boxes: Box[]
  readonly links: Link[]
}

/** Boxes that are wired together, with their wires by number; in the order of their first boxes. */
function parts(boxes: readonly Box[], wires: LayoutRequest['wires']): readonly Part[] {
  const leader = new Map(boxes.map(({ id }) => [id, id]))
  const find = (id: string): string => {
    let at = id
    for (let next = leader.get(at); next !== undefined && next !== at; next = leader.get(at)) {
      leader.set(at, leader.get(next) ?? next)
      at = next
    }
    return at
  }
  const known = wires.filter(({ from, to }) => from !== to && leader.has(from) && leader.has(to))
  for (const { from, to } of known) leader.set(find(to), find(from))
  const found = new Map<string, Part>()
  const numbers = new Map<string, number>()
  for (const box of boxes) {
    const part = found.get(find(box.id)) ?? { boxes: [], links: [] }
    found.set(find(box.id), part)
    numbers.set(box.id, part.boxes.push(box) - 1)
  }
  const total = new Map<string, number>()
  for (const { from } of known) total.set(from, (total.get(from) ?? 0) + 1)
  const used = new Map<string, number>()
  for (const { from, to } of known) {
    const nth = (used.get(from) ?? 0) + 1
    used.set(from, nth)
    const port = nth / ((total.get(from) ?? 0) + 1)
    found.get(find(from))?.links.push({ from: numbers.get(from) ?? 0, to: numbers.get(to) ?? 0, port })
  }
  return [...found.values()]
}

function snap(value: number): number {
  return Math.round(value / 8) * 8
}

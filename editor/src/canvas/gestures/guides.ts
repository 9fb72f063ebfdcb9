import { type Box, grid, overlaps } from '../../doc/index.ts'

/** A line that shows with what the dragged thing is in line. */
export interface Guide {
  readonly axis: 'x' | 'y'
  readonly at: number
  readonly from: number
  readonly to: number
}

/** The free space to a neighbour, between two places. */
export interface Gap {
  readonly axis: 'x' | 'y'
  readonly from: number
  readonly to: number
  readonly at: number
}

export interface Alignment {
  /** How far the grid place moves to be in line: one grid step at the most. */
  readonly dx: number
  readonly dy: number
  readonly guides: readonly Guide[]
  readonly gaps: readonly Gap[]
}

/** Things further away than this are no company. */
const reach = 1_200
const gapMax = 480
/** Cards of different height have their middles a little off the grid. */
const middleSlack = 4

/** Where a box at a grid place is drawn to, and what is shown about it. Every place stays on the grid. */
export function align(box: Box, others: readonly Box[]): Alignment {
  const near = others.filter((each) => overlaps(each, box, reach))
  const dx = pull(box, near, 'x')
  const dy = pull(box, near, 'y')
  const placed = { ...box, x: box.x + dx, y: box.y + dy }
  return { dx, dy, guides: [...guidesOf(placed, near, 'x'), ...guidesOf(placed, near, 'y')], gaps: gapsOf(placed, near) }
}

type Axis = 'x' | 'y'
const length = { x: 'width', y: 'height' } as const
const across = { x: 'y', y: 'x' } as const

function lines(box: Box, axis: Axis): readonly number[] {
  const size = box[length[axis]]
  return [box[axis], box[axis] + size, box[axis] + size / 2]
}

/** 0 where it already is in line with something, else one grid step if that brings an edge in line. */
function pull(box: Box, others: readonly Box[], axis: Axis): number {
  const own = lines(box, axis)
  let step = 0
  for (const other of others) {
    const theirs = lines(other, axis)
    for (const index of [0, 1, 2] as const) {
      const distance = (theirs[index] ?? 0) - (own[index] ?? 0)
      if (Math.abs(distance) <= (index === 2 ? middleSlack : 0)) return 0
      if (step === 0 && Math.abs(distance) === grid && index !== 2) step = distance
    }
  }
  return step
}

/** One line for each place of the box that others share, as long as those others reach. */
function guidesOf(box: Box, others: readonly Box[], axis: Axis): readonly Guide[] {
  const side = across[axis]
  const found = new Map<number, Guide>()
  const own = lines(box, axis)
  for (const other of others) {
    const theirs = lines(other, axis)
    const index = own.findIndex((at, each) => Math.abs(at - (theirs[each] ?? 0)) <= (each === 2 ? middleSlack : 0))
    const at = theirs[index]
    if (at === undefined) continue
    const before = found.get(at)
    found.set(at, {
      axis,
      at,
      from: Math.min(before?.from ?? box[side], other[side], box[side]),
      to: Math.max(before?.to ?? 0, other[side] + other[length[side]], box[side] + box[length[side]]),
    })
  }
  return [...found.values()].slice(0, 3)
}

function gapsOf(box: Box, others: readonly Box[]): readonly Gap[] {
  return (['x', 'y'] as const).flatMap((axis) => {
    const side = across[axis]
    const row = others.filter((other) => other[side] < box[side] + box[length[side]] && box[side] < other[side] + other[length[side]])
    const start = box[axis]
    const end = start + box[length[axis]]
    const before = Math.max(...row.map((other) => other[axis] + other[length[axis]]).filter((at) => at <= start))
    const after = Math.min(...row.map((other) => other[axis]).filter((at) => at >= end))
    const at = box[side] + box[length[side]] / 2
    const gaps: Gap[] = []
    if (start - before > 0 && start - before <= gapMax) gaps.push({ axis, from: before, to: start, at })
    if (after - end > 0 && after - end <= gapMax) gaps.push({ axis, from: end, to: after, at })
    return gaps
  })
}

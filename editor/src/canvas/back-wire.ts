import type { Box, Place } from '../doc/index.ts'

/** How far a wire that leads back leaves its step before it turns, and how far it stays from what it passes. */
const turn = 24
const clear = 20
const radius = 12

/** A wire whose target does not lie ahead: a plain curve would run behind the cards between. */
export function leadsBack(from: Place, to: Place): boolean {
  return to.x < from.x
}

/** Boxes as `laneFor` wants them. */
export function fromTheTop(boxes: Iterable<Box>): readonly Box[] {
  return [...boxes].sort((a, b) => a.y - b.y)
}

/** A box at whatever height between the two: it is one of those a lane has to find its way around. */
function isInTheWay({ x, width }: Box, from: Place, to: Place, below = false): boolean {
  return x - clear / 2 < (below ? from.x : from.x + turn) && x + width + clear / 2 > to.x - turn
}

/** Whether a wire's lane may be another one once this box comes or goes: only what lies about as near as the lane itself can offer a better one. */
export function mayMoveLane(box: Box, from: Place, to: Place, lane: number, below = false): boolean {
  if (!isInTheWay(box, from, to, below)) return false
  // Nothing was in the way, and the lane is a guess.
  if (lane === guessed(from, to)) return true
  const [high, low] = [box.y - clear, box.y + box.height + clear]
  const nearest = Math.max(high, Math.min(low, from.y)) - from.y
  const nearestTo = Math.max(high, Math.min(low, to.y)) - to.y
  return Math.abs(nearest) + Math.abs(nearestTo) <= costOf(lane, from, to)
}

function guessed(from: Place, to: Place): number {
  return Math.max(from.y, to.y) + 4 * clear
}

/** Under the cards rather than over them, where both are about as far. */
function costOf(lane: number, from: Place, to: Place): number {
  return Math.abs(lane - from.y) + Math.abs(lane - to.y) + (lane < Math.min(from.y, to.y) ? 2 * clear : 0)
}

/** The nearest height that is free all the way back: between the two steps, below them or above them. `boxes`: from the top down. */
export function laneFor(from: Place, to: Place, boxes: readonly Box[], below = false): number {
  const cost = (lane: number) => costOf(lane, from, to)
  let best: number | null = null
  const offer = (lane: number) => {
    if ((!below || lane >= from.y + clear / 2) && (best === null || cost(lane) < cost(best))) best = lane
  }
  // Heights above this one are told: free, or taken by a box in the way.
  let told = Number.NEGATIVE_INFINITY
  for (const box of boxes) {
    if (!isInTheWay(box, from, to, below)) continue
    if (box.y - clear >= told) {
      if (told !== Number.NEGATIVE_INFINITY) offer(told)
      offer(box.y - clear)
    }
    told = Math.max(told, box.y + box.height + clear)
  }
  if (told !== Number.NEGATIVE_INFINITY) offer(told)
  return best ?? guessed(from, to)
}

/** The corners of a wire that leads back at this height, ends included. */
export function cornersOf(from: Place, to: Place, lane: number, below = false): readonly Place[] {
  const left = to.x - turn
  const out = below ? [] : [{ x: from.x + turn, y: from.y }]
  const right = below ? from.x : from.x + turn
  return [from, ...out, { x: right, y: lane }, { x: left, y: lane }, { x: left, y: to.y }, to]
}

/** A line along these corners, each of them rounded as far as its shorter side allows. */
export function roundedPath(corners: readonly Place[]): string {
  return corners
    .map((at, index) => {
      const before = corners[index - 1]
      const after = corners[index + 1]
      if (before === undefined) return `M${at.x} ${at.y}`
      if (after === undefined) return `L${at.x} ${at.y}`
      const bend = Math.min(radius, far(before, at) / 2, far(at, after) / 2)
      const [start, end] = [towards(at, before, bend), towards(at, after, bend)]
      return `L${start.x} ${start.y}Q${at.x} ${at.y} ${end.x} ${end.y}`
    })
    .join('')
}

function far(a: Place, b: Place): number {
  return Math.hypot(b.x - a.x, b.y - a.y)
}

function towards(from: Place, to: Place, distance: number): Place {
  const length = far(from, to)
  return length === 0 ? from : { x: from.x + ((to.x - from.x) * distance) / length, y: from.y + ((to.y - from.y) * distance) / length }
}

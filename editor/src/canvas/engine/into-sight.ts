const edgePx = 40

/** How far a span has to move to lie inside a room, with a margin; as little as needed. */
export function intoSight(start: number, length: number, room: number): number {
  if (start < edgePx || length > room - 2 * edgePx) return edgePx - start
  const over = start + length - (room - edgePx)
  return over > 0 ? -over : 0
}

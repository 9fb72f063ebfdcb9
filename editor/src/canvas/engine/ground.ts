import type { Viewport } from '@xyflow/react'
import type { Box, Size } from '../../doc/index.ts'
import { seenIn } from './near.ts'

/** The part of the drawing that lies under the view and around it: opaque, and nothing is drawn beyond it. */
export interface Ground {
  readonly box: Box
  readonly zoom: number
  readonly room: Size
}

/** Of the room, on each side: so far the view goes before it is laid anew. More would be painted and kept for nothing. */
const marginPart = 0.4
/** Between two of its dots. */
export const dotsApart = 24

export function groundOf(view: Viewport, room: Size): Ground {
  const seen = seenIn(view, room)
  const [dx, dy] = [seen.width * marginPart, seen.height * marginPart]
  const [left, top] = [down(seen.x - dx), down(seen.y - dy)]
  const [right, bottom] = [down(seen.x + seen.width + dx) + dotsApart, down(seen.y + seen.height + dy) + dotsApart]
  return { box: { x: left, y: top, width: right - left, height: bottom - top }, zoom: view.zoom, room }
}

/** Its dots lie where they always do, wherever it begins. */
function down(at: number): number {
  return Math.floor(at / dotsApart) * dotsApart
}

/** The view shows nothing beyond it. */
export function isUnder({ box }: Ground, view: Viewport, room: Size): boolean {
  const { x, y, width, height } = seenIn(view, room)
  return x >= box.x && y >= box.y && x + width <= box.x + box.width && y + height <= box.y + box.height
}

/** For an element as large as the room whose corner is the middle of the drawing: cuts off what is beyond the ground. */
export function cutTo({ box, room }: Ground): string {
  return `inset(${box.y}px ${room.width - box.x - box.width}px ${room.height - box.y - box.height}px ${box.x}px)`
}

/** What is missing to a whole point of the screen: between two of them a picture that is only moved is mixed anew, and blurred. */
export function missing(at: number, ratio: number): number {
  const missed = Math.round(at * ratio) / ratio - at
  return Math.abs(missed) < nothing ? 0 : missed
}

/** What sums leave behind. */
const nothing = 0.001

import type { Viewport } from '@xyflow/react'
import type { Box, Size } from '../../doc/index.ts'

/** What was painted: a sheet larger than the room, as it lay when it was painted. */
export interface Sheet {
  readonly view: Viewport
  readonly room: Size
  /** How far it reaches beyond the room on each side. */
  readonly margin: Size
  /** Nothing of the flow lies beyond it. */
  readonly holdsAll: boolean
}

const marginPart = 0.25
/** Within these it is only a little blurred or coarse, for as long as the view moves. */
const scales = { min: 0.72, max: 1.4 } as const

/** `reach` is the box of all that is drawn; null where nothing is. */
export function newSheet(view: Viewport, room: Size, reach: Box | null): Sheet {
  const margin = { width: Math.round(room.width * marginPart), height: Math.round(room.height * marginPart) }
  return { view, room, margin, holdsAll: reach === null || isWithin(reach, view, room, margin) }
}

function isWithin({ x, y, width, height }: Box, view: Viewport, room: Size, margin: Size): boolean {
  const [left, top] = [x * view.zoom + view.x, y * view.zoom + view.y]
  return (
    left >= -margin.width &&
    top >= -margin.height &&
    left + width * view.zoom <= room.width + margin.width &&
    top + height * view.zoom <= room.height + margin.height
  )
}

/** Where its upper left corner lies now, and how large it is. */
export function laid({ view, margin }: Sheet, now: Viewport): { readonly x: number; readonly y: number; readonly scale: number } {
  const scale = now.zoom / view.zoom
  return { x: now.x - (view.x + margin.width) * scale, y: now.y - (view.y + margin.height) * scale, scale }
}

/** It still shows what there is to see, without being stretched too far. With something in the hand it covers the room: that goes anywhere. */
export function isEnough(sheet: Sheet, now: Viewport, room: Size, isHolding: boolean): boolean {
  const { x, y, scale } = laid(sheet, now)
  if (room.width !== sheet.room.width || room.height !== sheet.room.height || scale < scales.min || scale > scales.max) return false
  if (sheet.holdsAll && !isHolding) return true
  const width = (sheet.room.width + 2 * sheet.margin.width) * scale
  const height = (sheet.room.height + 2 * sheet.margin.height) * scale
  return x <= 0 && y <= 0 && x + width >= room.width && y + height >= room.height
}

/** Every point of it lies on a point of the screen: painted anew it would look the same. */
export function isSharp({ view }: Sheet, now: Viewport, ratio: number): boolean {
  return now.zoom === view.zoom && Number.isInteger((now.x - view.x) * ratio) && Number.isInteger((now.y - view.y) * ratio)
}

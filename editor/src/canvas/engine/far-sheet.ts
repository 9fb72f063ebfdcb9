import type { Viewport } from '@xyflow/react'
import type { Size } from '../../doc/index.ts'

/** What was painted: a sheet larger than the room, as it lay when it was painted. */
export interface Sheet {
  readonly view: Viewport
  readonly room: Size
  /** How far it reaches beyond the room on each side. */
  readonly margin: Size
}

const marginPart = 0.25
/** Within these it is only a little blurred or coarse, for as long as the view moves. */
const scales = { min: 0.72, max: 1.4 } as const

export function newSheet(view: Viewport, room: Size): Sheet {
  return { view, room, margin: { width: Math.round(room.width * marginPart), height: Math.round(room.height * marginPart) } }
}

/** Where its upper left corner lies now, and how large it is. */
export function laid({ view, margin }: Sheet, now: Viewport): { readonly x: number; readonly y: number; readonly scale: number } {
  const scale = now.zoom / view.zoom
  return { x: now.x - (view.x + margin.width) * scale, y: now.y - (view.y + margin.height) * scale, scale }
}

/** It still covers the room, without being stretched too far. */
export function isEnough(sheet: Sheet, now: Viewport, room: Size): boolean {
  const { x, y, scale } = laid(sheet, now)
  const width = (sheet.room.width + 2 * sheet.margin.width) * scale
  const height = (sheet.room.height + 2 * sheet.margin.height) * scale
  const isSame = room.width === sheet.room.width && room.height === sheet.room.height
  return isSame && scale >= scales.min && scale <= scales.max && x <= 0 && y <= 0 && x + width >= room.width && y + height >= room.height
}

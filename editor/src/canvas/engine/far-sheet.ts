import type { Viewport } from '@xyflow/react'
import type { Box, Size } from '../../doc/index.ts'

/** What was painted: a sheet larger than the room, as it lay when it was painted. */
export interface Sheet {
  readonly view: Viewport
  readonly room: Size
  /** How far it reaches beyond the room on each side. */
  readonly margin: Size
  /** Whether something of the flow lies beyond each of its edges. */
  readonly beyond: Readonly<Record<'left' | 'top' | 'right' | 'bottom', boolean>>
}

const marginPart = 0.25
/** Within these it is only a little blurred or coarse, for as long as the view moves. */
const scales = { min: 0.72, max: 1.4 } as const

/** `reach` is the box of all that is drawn; null where nothing is. */
export function newSheet(view: Viewport, room: Size, reach: Box | null): Sheet {
  const margin = { width: Math.round(room.width * marginPart), height: Math.round(room.height * marginPart) }
  const { x, y, width, height } = reach ?? { x: -view.x / view.zoom, y: -view.y / view.zoom, width: 0, height: 0 }
  const [left, top] = [x * view.zoom + view.x, y * view.zoom + view.y]
  return {
    view,
    room,
    margin,
    beyond: {
      left: left < -margin.width,
      top: top < -margin.height,
      right: left + width * view.zoom > room.width + margin.width,
      bottom: top + height * view.zoom > room.height + margin.height,
    },
  }
}

/** Where its upper left corner lies now, and how large it is. */
export function laid({ view, margin }: Sheet, now: Viewport): { readonly x: number; readonly y: number; readonly scale: number } {
  const scale = now.zoom / view.zoom
  return { x: now.x - (view.x + margin.width) * scale, y: now.y - (view.y + margin.height) * scale, scale }
}

/**
 * It still shows what there is to see, without being stretched too far: an edge of it may come into sight where nothing lies beyond. With
 * something in the hand it covers the room: that goes anywhere.
 */
export function isEnough(sheet: Sheet, now: Viewport, room: Size, isHolding: boolean): boolean {
  const { x, y, scale } = laid(sheet, now)
  if (room.width !== sheet.room.width || room.height !== sheet.room.height || scale < scales.min || scale > scales.max) return false
  const width = (sheet.room.width + 2 * sheet.margin.width) * scale
  const height = (sheet.room.height + 2 * sheet.margin.height) * scale
  const { left, top, right, bottom } = sheet.beyond
  return (
    (x <= 0 || !(left || isHolding)) &&
    (y <= 0 || !(top || isHolding)) &&
    (x + width >= room.width || !(right || isHolding)) &&
    (y + height >= room.height || !(bottom || isHolding))
  )
}

/** Every point of it lies on a point of the screen: painted anew it would look the same. */
export function isSharp({ view }: Sheet, now: Viewport, ratio: number): boolean {
  return now.zoom === view.zoom && Number.isInteger((now.x - view.x) * ratio) && Number.isInteger((now.y - view.y) * ratio)
}

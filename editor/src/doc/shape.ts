import type { PortDefinition } from '@sluice/sdk'
import { type Catalogue, isTrigger, portsOfStep } from './catalogue.ts'
import type { Group, Note, Step } from './model.ts'

/** Sizes are part of the document (EDITOR.md §6.1): nothing on the canvas is ever measured. */
export const grid = 8
export const sizes = { width: 216, height: 84, triggerHeight: 64, portGap: 20, gapX: 96, gapY: 40 } as const

export interface Size {
  readonly width: number
  readonly height: number
}
export interface Place {
  readonly x: number
  readonly y: number
}
export type Box = Place & Size

/** A step with many outputs grows, so that its ports never crowd. */
export function sizeOf(step: Step, catalogue: Catalogue): Size {
  const node = catalogue.find(step.type)
  const height = node !== undefined && isTrigger(node) ? sizes.triggerHeight : sizes.height
  const outputs = portsOfStep(step, catalogue).outputs.length
  return { width: sizes.width, height: Math.max(height, snap(outputs * sizes.portGap + 20)) }
}

export function placeOf(step: Step): Place {
  const [x, y] = step.at ?? [0, 0]
  return { x, y }
}

export function boxOf(step: Step, catalogue: Catalogue): Box {
  return { ...placeOf(step), ...sizeOf(step, catalogue) }
}

export function noteBox(note: Note): Box {
  const [x, y] = note.at ?? [0, 0]
  const [width, height] = note.size ?? [208, 120]
  return { x, y, width, height }
}

/** A folded frame is one card, whatever its size is when open. */
const foldedSize = { width: 216, height: 112 } as const

export function groupBox(group: Group): Box {
  const [x, y] = group.at ?? [0, 0]
  if (group.collapsed === true) return { x, y, ...foldedSize }
  const [width, height] = group.size ?? [320, 200]
  return { x, y, width, height }
}

export function snap(value: number): number {
  return Math.round(value / grid) * grid
}

/** Height of the middle port inside a step: on the grid, so that the wire between two cards of different height can be straight. */
export function middleOf(height: number): number {
  return Math.floor(height / 2 / grid) * grid
}

/** Height of an output port inside its step, spread evenly around the middle in drawing order. */
export function outputOffset(ports: readonly PortDefinition[], index: number, height: number): number {
  return (height * (index + 1)) / (ports.length + 1) + middleOf(height) - height / 2
}

export function overlaps(a: Box, b: Box, margin = 0): boolean {
  return a.x < b.x + b.width + margin && b.x < a.x + a.width + margin && a.y < b.y + b.height + margin && b.y < a.y + a.height + margin
}

export function encloses(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

export function around(boxes: Iterable<Box>, margin = 0): Box | null {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  if (left > right) return null
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin }
}

/** The wanted place, or the next free one below it. */
export function freePlace(wanted: Place, size: Size, taken: readonly Box[]): Place {
  let y = snap(wanted.y)
  const x = snap(wanted.x)
  for (let tries = 0; tries < 500; tries++) {
    const clash = taken.find((box) => overlaps({ x, y, ...size }, box, clearance))
    if (clash === undefined) return { x, y }
    y = snap(clash.y + clash.height + sizes.gapY)
  }
  return { x, y }
}

const clearance = 16

/** The wanted place, pushed aside by as little as possible when something stands there. */
export function nudgedPlace(wanted: Place, size: Size, taken: readonly Box[]): Place {
  const place = { x: snap(wanted.x), y: snap(wanted.y) }
  const clash = taken.find((box) => overlaps({ ...place, ...size }, box, clearance))
  if (clash === undefined) return place
  const beside = [
    { x: clash.x + clash.width + sizes.gapY, y: place.y },
    { x: clash.x - size.width - sizes.gapY, y: place.y },
    { x: place.x, y: clash.y + clash.height + sizes.gapY },
    { x: place.x, y: clash.y - size.height - sizes.gapY },
  ].map(({ x, y }) => ({ x: snap(x), y: snap(y) }))
  const free = beside.filter((each) => !taken.some((box) => overlaps({ ...each, ...size }, box, clearance)))
  const far = ({ x, y }: Place) => Math.abs(x - place.x) + Math.abs(y - place.y)
  return free.sort((a, b) => far(a) - far(b))[0] ?? freePlace(wanted, size, taken)
}

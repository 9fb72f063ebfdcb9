import { createStore } from 'zustand/vanilla'
import { addStep, sizes } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'
import { edgeAt } from '../hit.ts'
import { swallowClick } from '../swallow-click.ts'
import { inspecting } from '../view-store.ts'
import { noteRecent } from './recent.ts'

/** A step type on its way from the palette to the canvas, under the pointer. */
export interface PaletteDrag {
  readonly type: string | null
  readonly x: number
  readonly y: number
  readonly overCanvas: boolean
}

export const paletteDrag = createStore<PaletteDrag>(() => ({ type: null, x: 0, y: 0, overCanvas: false }))

const startAfterPx = 5

/**
 * Begins on pointer down; becomes a drag after a few pixels, otherwise `onClick` stays a click.
 * Pointer events rather than the browser's drag and drop: the same on touch, and the wire below can light up.
 */
export function beginPaletteDrag(editor: FlowEditor, type: string, start: { readonly clientX: number; readonly clientY: number }): void {
  let isDragging = false
  const target = (event: PointerEvent) => document.elementFromPoint(event.clientX, event.clientY)?.closest('[data-testid="canvas"]') ?? null

  const move = (event: PointerEvent) => {
    if (!isDragging && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < startAfterPx) return
    isDragging = true
    event.preventDefault()
    const overCanvas = target(event) !== null
    paletteDrag.setState({ type, x: event.clientX, y: event.clientY, overCanvas })
    const at = overCanvas ? editor.surface.current?.toFlow(event.clientX, event.clientY) : undefined
    const trigger = editor.catalogue.find(type)?.category === 'trigger'
    const dropEdge = at === undefined || trigger ? null : edgeAt(editor.flow.getState().doc, editor.catalogue, at, 32)
    if (editor.view.getState().dropEdge !== dropEdge) editor.view.setState({ dropEdge })
  }
  const stop = () => {
    window.removeEventListener('pointermove', move)
    window.removeEventListener('pointerup', up)
    window.removeEventListener('pointercancel', cancel)
    window.removeEventListener('keydown', key, true)
    paletteDrag.setState({ type: null, overCanvas: false })
    editor.view.setState({ dropEdge: null })
  }
  const up = (event: PointerEvent) => {
    const into = editor.view.getState().dropEdge
    const at = isDragging && target(event) !== null ? editor.surface.current?.toFlow(event.clientX, event.clientY) : undefined
    stop()
    if (!isDragging) return
    swallowClick()
    if (at === undefined) return
    const place = { x: at.x - sizes.width / 2, y: at.y - sizes.height / 2 }
    const id = addStep(editor.flow, editor.catalogue, { type, at: place, ...(into !== null && { into }) })
    noteRecent(type)
    editor.view.setState({ active: id, ...inspecting })
    editor.surface.current?.focus()
  }
  const cancel = () => stop()
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    stop()
    swallowClick()
  }
  window.addEventListener('pointermove', move)
  window.addEventListener('pointerup', up)
  window.addEventListener('pointercancel', cancel)
  window.addEventListener('keydown', key, true)
}

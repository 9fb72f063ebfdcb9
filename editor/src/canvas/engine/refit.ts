import type { Viewport } from '@xyflow/react'
import type { Catalogue, FlowDocument } from '../../doc/index.ts'
import { viewToOpen } from './whole-view.ts'

interface Engine {
  getViewport(): Viewport
  setViewport(view: Viewport): unknown
}

/** A drawing that opened whole stays whole when its room changes, as long as nobody moved it. Gives back the view it was last given. */
export function refit(room: Element | null, shown: Viewport, engine: Engine, doc: FlowDocument, catalogue: Catalogue): Viewport {
  const view = room === null ? null : viewToOpen(doc, catalogue, { width: room.clientWidth, height: room.clientHeight }, true)
  if (view === null || !isSame(engine.getViewport(), shown)) return shown
  engine.setViewport(view)
  return view
}

function isSame(one: Viewport, other: Viewport): boolean {
  return Math.abs(one.x - other.x) < 1 && Math.abs(one.y - other.y) < 1 && Math.abs(one.zoom - other.zoom) < 0.001
}

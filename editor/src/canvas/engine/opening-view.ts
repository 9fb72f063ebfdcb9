import type { Viewport } from '@xyflow/react'
import type { Catalogue, FlowDocument, Size } from '../../doc/index.ts'
import { viewToOpen } from './whole-view.ts'

/** Where flows were left, by their key. */
export interface ViewMemory {
  read(key: string): Viewport | null
  keep(key: string, view: Viewport): void
  /** Somebody moved it. */
  moved(key: string, view: Viewport): void
}

const unmoved: Viewport = { x: 0, y: 0, zoom: 1 }

/**
 * Each flow opens where it was left; one seen for the first time as a whole, or where it begins if it is long. An empty one stays unmoved:
 * fitting its first step would pull it away from where it was dropped. Known before anything is drawn, so that no step is
 * drawn for a view that lasts for a moment.
 */
export function openingView(memory: ViewMemory | undefined, doc: FlowDocument, catalogue: Catalogue, room: Size): Viewport {
  const kept = memory?.read(doc.head.key) ?? null
  return kept ?? (doc.nodes.size === 0 ? null : viewToOpen(doc, catalogue, room, memory === undefined)) ?? unmoved
}

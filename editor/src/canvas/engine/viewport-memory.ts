import type { Viewport } from '@xyflow/react'
import type { Catalogue, FlowDocument, Size } from '../../doc/index.ts'
import { viewToOpen } from './whole-view.ts'

const prefix = 'sluice.view.'
const unmoved: Viewport = { x: 0, y: 0, zoom: 1 }

/**
 * Each flow opens where it was left in this tab; a flow seen for the first time is shown whole, on a phone where it
 * begins. An empty one stays unmoved:
 * fitting its first step would pull it away from where it was dropped. Known before anything is drawn, so that no step is
 * drawn for a view that lasts for a moment.
 */
export function openingView(key: string | null, doc: FlowDocument, catalogue: Catalogue, room: Size): Viewport {
  const kept = key === null ? null : read(key)
  return kept ?? (doc.nodes.size === 0 ? null : viewToOpen(doc, catalogue, room)) ?? unmoved
}

export function keepView(key: string | null, viewport: Viewport): void {
  if (key === null) return
  try {
    sessionStorage.setItem(prefix + key, JSON.stringify(viewport))
  } catch {
    // Without storage the flow simply opens whole again.
  }
}

function read(key: string): Viewport | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(prefix + key) ?? 'null') as Viewport | null
    return value !== null && [value.x, value.y, value.zoom].every(Number.isFinite) ? value : null
  } catch {
    return null
  }
}

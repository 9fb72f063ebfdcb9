import type { FitViewOptions, Viewport } from '@xyflow/react'
import { useMemo, useState } from 'react'

const prefix = 'sluice.view.'
/** The part of the surface that stays free on each side when a flow is shown whole: port names stand outside the steps. */
export const fitMargin = 0.08
const fitViewOptions: FitViewOptions = { padding: `${fitMargin * 100}%`, maxZoom: 1 }

interface Memory {
  readonly defaultViewport?: Viewport
  readonly fitView?: boolean
  readonly fitViewOptions: FitViewOptions
}

const unmoved: Viewport = { x: 0, y: 0, zoom: 1 }

/**
 * Each flow opens where it was left in this tab; a flow seen for the first time is shown whole. An empty one stays unmoved:
 * fitting its first step would pull it away from where it was dropped.
 */
export function useViewportMemory(key: string | null, isEmpty: boolean): Memory & { readonly keep: (viewport: Viewport) => void } {
  const [wasEmpty] = useState(isEmpty)
  return useMemo(() => {
    const kept = key === null ? null : read(key)
    const keep = (viewport: Viewport) => {
      if (key === null) return
      try {
        sessionStorage.setItem(prefix + key, JSON.stringify(viewport))
      } catch {
        // Without storage the flow simply opens whole again.
      }
    }
    const start = kept ?? (wasEmpty ? unmoved : null)
    return { ...(start === null ? { fitView: true } : { defaultViewport: start }), fitViewOptions, keep }
  }, [key, wasEmpty])
}

function read(key: string): Viewport | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(prefix + key) ?? 'null') as Viewport | null
    return value !== null && [value.x, value.y, value.zoom].every(Number.isFinite) ? value : null
  } catch {
    return null
  }
}

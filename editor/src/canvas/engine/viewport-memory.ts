import type { FitViewOptions, Viewport } from '@xyflow/react'
import { useMemo } from 'react'

const prefix = 'sluice.view.'
const fitViewOptions: FitViewOptions = { padding: 0.1, maxZoom: 1 }

interface Memory {
  readonly defaultViewport?: Viewport
  readonly fitView?: boolean
  readonly fitViewOptions: FitViewOptions
}

/** Each flow opens where it was left in this tab; a flow seen for the first time is shown whole. */
export function useViewportMemory(key: string | null): Memory & { readonly keep: (viewport: Viewport) => void } {
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
    return { ...(kept === null ? { fitView: true } : { defaultViewport: kept }), fitViewOptions, keep }
  }, [key])
}

function read(key: string): Viewport | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(prefix + key) ?? 'null') as Viewport | null
    return value !== null && [value.x, value.y, value.zoom].every(Number.isFinite) ? value : null
  } catch {
    return null
  }
}

import type { StoreApi } from 'zustand/vanilla'
import type { CanvasView } from './view-store.ts'

const prefix = 'sluice.pause.'
const pointsMax = 200

/** Pause points are a person's own: kept by this browser for each flow, never saved with it. */
export function keepPausePoints(flow: string, view: StoreApi<CanvasView>): void {
  view.setState({ pausePoints: new Set(read(flow)) })
  view.subscribe((state, before) => {
    if (state.pausePoints === before.pausePoints) return
    try {
      localStorage.setItem(prefix + flow, JSON.stringify([...state.pausePoints].slice(0, pointsMax)))
    } catch {
      // Without storage they last as long as the page.
    }
  })
}

function read(flow: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(prefix + flow) ?? '[]')
    return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string').slice(0, pointsMax) : []
  } catch {
    return []
  }
}

/** Sets them on the steps, or clears them when all of them have one. Gives whether they are set now. */
export function togglePausePoints(view: StoreApi<CanvasView>, steps: readonly string[]): boolean {
  const points = new Set(view.getState().pausePoints)
  const set = !steps.every((id) => points.has(id))
  for (const id of steps) {
    if (set) points.add(id)
    else points.delete(id)
  }
  view.setState({ pausePoints: points })
  return set
}

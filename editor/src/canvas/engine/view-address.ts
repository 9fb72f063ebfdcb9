import type { Viewport } from '@xyflow/react'
import { keepView } from './viewport-memory.ts'

/** The address follows a view that rests this long: browsers refuse to write it in quick succession. */
const restMs = 400
let resting: ReturnType<typeof setTimeout> | undefined

/** Writes the view into the address once it rests, so that a link to it opens the same place for somebody else. Fetched with the first move. */
export function nameView(key: string, view: Viewport): void {
  clearTimeout(resting)
  resting = setTimeout(() => {
    // Meanwhile another flow or screen may have been opened.
    if (location.pathname !== `/flows/${encodeURIComponent(key)}`) return
    const url = new URL(location.href)
    url.searchParams.set('view', viewText(view))
    // Not the function that the router put in its place, which would draw the screen anew.
    History.prototype.replaceState.call(history, history.state, '', url)
    keepView(key, view)
  }, restMs)
}

export function viewText({ x, y, zoom }: Viewport): string {
  return `${Math.round(x)},${Math.round(y)},${Number(zoom.toFixed(5))}`
}

/** How far a port reaches in the measure of the drawing (`Surface.module.css`): at the least zoom of each, 24 px on the screen. */
export function reachAt(zoom: number): 'near' | 'middle' | 'far' {
  return zoom >= 0.86 ? 'near' : zoom >= 0.64 ? 'middle' : 'far'
}

/** Of a dot's width, which is a quarter more under the pointer: up to here it is the dot that is meant. */
const dotPart = 0.8

interface Spot {
  readonly clientX: number
  readonly clientY: number
  readonly target: EventTarget | null
}

/**
 * Where the reach of one port lies over another's, the nearer is meant; where it lies over the end of a wire, that end, unless the
 * pointer is on the dot. Null: what lies on top is what is meant.
 */
export function meantByPort({ clientX, clientY, target }: Spot): Element | null {
  const hit = target instanceof Element ? target.closest('[data-port-step]') : null
  if (hit === null) return null
  const away = (port: Element) => {
    const { left, top, width, height } = port.getBoundingClientRect()
    return Math.hypot(clientX - left - width / 2, clientY - top - height / 2)
  }
  const found = document.elementsFromPoint(clientX, clientY)
  const nearest = found
    .filter((each) => each.matches('[data-port-step]'))
    .reduce((best, port) => (away(port) < away(best) ? port : best), hit)
  const end =
    away(nearest) > nearest.getBoundingClientRect().width * dotPart
      ? found.find((each) => each.matches('.react-flow__edgeupdater'))
      : undefined
  return end ?? (nearest === hit ? null : nearest)
}

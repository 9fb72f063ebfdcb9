import { meantByPort } from '../engine/port-reach.ts'

const attached = new WeakSet<HTMLElement>()

/**
 * One finger near a port means the nearest, as a mouse does (`pointer.ts`). Two fingers zoom wherever they land. A card takes the touch
 * that would drag it, so with a finger on a card the engine never hears of the second one: what happens then is told to the empty
 * drawing instead, where the engine listens. It lasts as long as the element does.
 */
export function attachPinch(host: HTMLElement): void {
  if (attached.has(host)) return
  attached.add(host)
  let pane: Element | null = null

  const tell = (type: string, event: TouchEvent, touches: readonly Touch[]) => pane?.dispatchEvent(copyOf(type, event, touches))

  const onTouch = (event: TouchEvent) => {
    if (!event.isTrusted) return
    const touches = [...event.touches]
    // Also fingers that are down already when this is loaded.
    if (event.type === 'touchstart' || (pane === null && event.type === 'touchmove')) {
      const [finger] = touches
      const port = touches.length === 1 && finger !== undefined && event.type === 'touchstart' ? meantByPort(finger) : null
      if (port !== null) {
        event.stopPropagation()
        port.dispatchEvent(copyOf(event.type, event, touches))
        return
      }
      if (pane !== null || touches.length !== 2 || !touches.some(isOnCard)) return
      pane = host.querySelector('.react-flow__pane')
      keep(event)
      tell('touchstart', event, touches)
    } else if (pane !== null && event.type === 'touchmove') {
      keep(event)
      if (touches.length === 2) tell('touchmove', event, touches)
    } else if (pane !== null && touches.length === 0) {
      // The card hears this one too, and lets go of what it held.
      tell('touchend', event, [])
      pane = null
    }
  }
  const types = ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const
  for (const type of types) host.addEventListener(type, onTouch, { capture: true, passive: false })
}

function copyOf(type: string, event: TouchEvent, touches: readonly Touch[]): TouchEvent {
  return new TouchEvent(type, {
    touches: [...touches],
    targetTouches: [...touches],
    changedTouches: touches.length > 0 ? [...touches] : [...event.changedTouches],
    bubbles: true,
    cancelable: true,
    view: window,
  })
}

function isOnCard({ target }: Touch): boolean {
  return target instanceof Element && target.closest('.react-flow__node.nopan') !== null
}

function keep(event: TouchEvent): void {
  if (event.cancelable) event.preventDefault()
  event.stopImmediatePropagation()
}

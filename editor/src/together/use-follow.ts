import { useEffect } from 'react'
import type { FlowEditor } from '../canvas/flow-editor.ts'
import type { PeopleStore } from './people.ts'

/** While somebody is followed the drawing shows what they see; any move of one's own ends it. */
export function useFollow(people: PeopleStore, { surface }: FlowEditor): void {
  useEffect(() => {
    let last = ''
    const show = () => {
      const { following, all } = people.getState()
      const peer = all.find((each) => each.id === following)
      if (following !== null && peer === undefined) people.setState({ following: null })
      const text = JSON.stringify(peer?.view ?? null)
      if (peer === undefined || peer.view === null || text === last) return
      last = text
      const [x, y, zoom] = peer.view
      surface.current?.look({ x, y }, zoom)
    }
    const own = (event: Event) => {
      if (people.getState().following === null) return
      if (event.target instanceof Element && event.target.closest('[data-testid="canvas"]') !== null) people.setState({ following: null })
    }
    const stop = people.subscribe(show)
    for (const kind of ['pointerdown', 'wheel', 'keydown'] as const) window.addEventListener(kind, own, { capture: true, passive: true })
    return () => {
      stop()
      for (const kind of ['pointerdown', 'wheel', 'keydown'] as const) window.removeEventListener(kind, own, true)
    }
  }, [people, surface])
}

import { useStoreApi, type Viewport } from '@xyflow/react'
import { useEffect, useRef, useState } from 'react'
import type { Size } from '../../doc/index.ts'
import { isStillNear, type Near, nearOf } from './near.ts'

/** What is near the view, new only when the view comes to its border; null: the engine gets everything. */
export function useNear(opening: Viewport, room: Size, isWanted: boolean): Near | null {
  const store = useStoreApi()
  const [known, setKnown] = useState(() => ({ near: nearOf(opening, room), isWanted }))
  const lookFrom = (before: Near): Near => {
    const { transform, width, height } = store.getState()
    const [x, y, zoom] = transform
    const [view, size] = [
      { x, y, zoom },
      { width, height },
    ]
    return width === 0 || height === 0 || isStillNear(before, view, size) ? before : nearOf(view, size)
  }
  // The view went on while nobody wanted to know.
  if (known.isWanted !== isWanted) setKnown({ near: isWanted ? lookFrom(known.near) : known.near, isWanted })
  const latest = useRef(known.near)
  latest.current = known.near
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads the store alone.
  useEffect(() => {
    if (!isWanted) return
    // Every frame of a moving view comes by here: the drawing is only asked when something else is near now.
    const look = () => {
      const near = lookFrom(latest.current)
      if (near === latest.current) return
      latest.current = near
      setKnown((before) => ({ ...before, near }))
    }
    look()
    return store.subscribe(look)
  }, [store, isWanted])
  return isWanted ? known.near : null
}

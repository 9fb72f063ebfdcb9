import { useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useState } from 'react'
import type { SurfaceEdge, SurfaceNode } from './adapt.ts'
import { seenIn } from './near.ts'

/** So many come in one frame: all at once would stop the view for several (EDITOR.md §6.3). */
const step = 12
const all = Number.POSITIVE_INFINITY

export interface Cards {
  readonly nodes: SurfaceNode[]
  readonly edges: SurfaceEdge[]
}

const none: Cards = { nodes: [], edges: [] }

/** What the engine gets of cards and wires that take the place of a picture (`null`): the very same once all in view are there. */
export function useCards(given: Cards | null): Cards {
  const store = useStoreApi()
  const [count, setCount] = useState(given === null ? 0 : all)
  if (given === null && count > 0) setCount(0)
  const coming = count === all ? null : given
  const inView = useMemo(() => {
    const { transform, width, height } = store.getState()
    const seen = seenIn({ x: transform[0], y: transform[1], zoom: transform[2] }, { width, height })
    const isSeen = ({ position: { x, y }, width: wide = 0, height: high = 0 }: SurfaceNode) =>
      x < seen.x + seen.width && x + wide > seen.x && y < seen.y + seen.height && y + high > seen.y
    return coming?.nodes.filter(isSeen) ?? []
  }, [coming, store])
  useEffect(() => {
    if (coming === null) return
    const frame = requestAnimationFrame(() => setCount(count + step < inView.length ? count + step : all))
    return () => cancelAnimationFrame(frame)
  }, [coming, count, inView])
  const part = useMemo(() => {
    const nodes = inView.slice(0, count)
    const here = new Set(nodes.map(({ id }) => id))
    return { nodes, edges: coming?.edges.filter(({ source, target }) => here.has(source) && here.has(target)) ?? [] }
  }, [coming, inView, count])
  return given === null ? none : coming === null ? given : part
}

import { useReactFlow, useStoreApi } from '@xyflow/react'
import { type RefObject, useEffect } from 'react'
import { boxOf, groupBox, noteBox, type Ref, refTarget } from '../../doc/index.ts'
import { useFlowEditor } from '../flow-editor.ts'
import { intoSight } from './into-sight.ts'
import { farBelow, pictureFrom } from './surface-acts.ts'
import { viewOf, viewOfAll } from './whole-view.ts'

const duration = () => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160)

/** Tells the rest of the canvas what the drawing can do, in words that know nothing of the engine. */
export function useSurface(host: RefObject<HTMLDivElement | null>): void {
  const { surface, flow, catalogue, view } = useFlowEditor()
  const engine = useReactFlow()
  const store = useStoreApi()
  useEffect(() => {
    const boxesOf = (refs: Iterable<Ref>) => {
      const { doc } = flow.getState()
      return [...refs].flatMap((ref) => {
        const target = refTarget(ref)
        if (target.in === 'nodes') {
          const step = doc.nodes.get(target.id)
          return step === undefined ? [] : [boxOf(step, catalogue)]
        }
        if (target.in === 'edges') {
          const wire = doc.edges.get(target.id)
          const ends = [doc.nodes.get(wire?.from.node ?? ''), doc.nodes.get(wire?.to.node ?? '')]
          return ends.flatMap((step) => (step === undefined ? [] : [boxOf(step, catalogue)]))
        }
        if (target.in === 'groups') return [doc.groups.get(target.id)].flatMap((group) => (group === undefined ? [] : [groupBox(group)]))
        return [doc.notes.get(target.id)].flatMap((note) => (note === undefined ? [] : [noteBox(note)]))
      })
    }
    // Cards on the way to where they are a picture would all be drawn once more, hundreds of them, only to go.
    let late: (() => void) | null = null
    const go = (zoom: number, move: () => unknown) => {
      // Keys may come faster than frames.
      late?.()
      if (zoom >= farBelow || view.getState().isFar || flow.getState().doc.nodes.size <= pictureFrom) return void move()
      view.setState({ isFar: true })
      const frame = requestAnimationFrame(() => late?.())
      late = () => {
        cancelAnimationFrame(frame)
        late = null
        move()
      }
    }
    const zoomTo = (zoom: number) => go(zoom, () => engine.zoomTo(zoom, { duration: duration() }))
    surface.current = {
      fit(refs) {
        const room = store.getState()
        const to = refs === undefined ? viewOfAll(flow.getState().doc, catalogue, room) : viewOf(boxesOf(refs), room)
        if (to !== null) go(to.zoom, () => engine.setViewport(to, { duration: duration() }))
      },
      zoomTo,
      zoomBy: (factor) => zoomTo(engine.getZoom() * factor),
      reveal(ref) {
        const [box] = boxesOf([ref])
        if (box === undefined) return
        const { width, height } = store.getState()
        const { x, y, zoom } = engine.getViewport()
        // As little as needed: what is already well in sight does not move.
        const dx = intoSight(box.x * zoom + x, box.width * zoom, width - coveredOf(host.current))
        const dy = intoSight(box.y * zoom + y, box.height * zoom, height)
        if (dx !== 0 || dy !== 0) void engine.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: duration() })
      },
      panBy(dx, dy) {
        const { x, y, zoom } = engine.getViewport()
        void engine.setViewport({ x: x + dx, y: y + dy, zoom })
      },
      toFlow: (clientX, clientY) => engine.screenToFlowPosition({ x: clientX, y: clientY }, { snapToGrid: false }),
      toScreen: (place) => engine.flowToScreenPosition(place),
      center() {
        const { width, height } = store.getState()
        const { x, y, zoom } = engine.getViewport()
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom }
      },
      look: ({ x, y }, zoom) => go(zoom, () => engine.setCenter(x, y, { zoom, duration: duration() })),
      focus: () => host.current?.focus({ preventScroll: true }),
    }
    // Whoever came here by keyboard goes on by keyboard; a field that has the focus keeps it.
    if (document.activeElement === document.body) {
      if (host.current !== null) host.current.dataset.byPointer = 'true'
      surface.current.focus()
    }
    return () => {
      surface.current = null
    }
  }, [surface, flow, catalogue, view, engine, store, host])
}

/** In a narrow window the settings lie over the end of the drawing: what is below them is not in sight. */
function coveredOf(host: HTMLElement | null): number {
  return host?.parentElement?.querySelector<HTMLElement>('[data-covers-end="true"]')?.offsetWidth ?? 0
}

import { type RefObject, useEffect, useState } from 'react'
import { useFlow, useFlowEditor, useView } from '../../../canvas/flow-editor.ts'
import { type Box, type Corner, cornerFor } from './corner.ts'

/** Distances as in Guide.module.css. */
const gap = 16
const barHeight = 52

/** Keeps the card away from the chosen steps and wires, and from what floats over the drawing. */
export function useCorner(card: RefObject<HTMLElement | null>): Corner {
  const { flow, surface } = useFlowEditor()
  const [corner, setCorner] = useState<Corner>('end')
  const selection = useFlow((state) => state.selection)
  const floats = useView((view) => `${view.quickAdd?.x} ${view.renaming} ${view.simulateOpen} ${view.inspectorOpen} ${view.drawer}`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew whenever one of these changes.
  useEffect(() => {
    const look = () => {
      const self = card.current
      const stage = self?.parentElement?.getBoundingClientRect()
      if (self === null || stage === undefined) return
      const { width, height } = self.getBoundingClientRect()
      const bottom = stage.bottom - gap - barHeight
      const end: Box = { left: stage.right - gap - width, top: bottom - height, right: stage.right - gap, bottom }
      const start: Box = {
        left: stage.left + gap,
        top: bottom - height,
        right: stage.left + gap + width,
        bottom,
      }
      setCorner(cornerFor({ end, start }, busyBoxes()))
    }
    const busyBoxes = (): readonly Box[] => {
      const { doc } = flow.getState()
      const ids = [...selection].flatMap((ref) => {
        const wire = doc.edges.get(ref)
        return wire === undefined ? [ref] : [wire.from.node, wire.to.node]
      })
      const steps = ids.map((id) => document.querySelector(`[data-step-id="${CSS.escape(id)}"]`))
      return [...steps, document.querySelector('[data-testid="quick-add"]')].flatMap((element) => element?.getBoundingClientRect() ?? [])
    }
    let frame = requestAnimationFrame(look)
    const later = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(look)
    }
    // What moves the drawing: hands, keys, wheels, and windows that change their size.
    const events = ['pointerup', 'keyup', 'wheel', 'resize'] as const
    for (const event of events) window.addEventListener(event, later, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      for (const event of events) window.removeEventListener(event, later)
    }
  }, [card, flow, surface, selection, floats])
  return corner
}

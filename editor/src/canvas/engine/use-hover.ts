import { type RefObject, useEffect } from 'react'
import type { FlowEditor } from '../flow-editor.ts'

const restMs = 300

/** A mouse that rests on a step or a wire for a moment asks for its card; any move away, press or wheel puts it out. */
export function useHover(editor: FlowEditor, host: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = host.current
    if (element === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let over: string | null = null
    const put = (ref: string | null, x: number, y: number) => {
      clearTimeout(timer)
      const { hover, menu, quickAdd } = editor.view.getState()
      if (hover !== null && hover.ref !== ref) editor.view.setState({ hover: null })
      if (ref === null || menu !== null || quickAdd !== null) return
      timer = setTimeout(() => editor.view.setState({ hover: { ref, x, y } }), restMs)
    }
    const onMove = (event: PointerEvent) => {
      const target = event.target as Element
      const ref =
        event.pointerType !== 'mouse' || event.buttons !== 0
          ? null
          : (target.closest<HTMLElement>('[data-step-id]')?.dataset.stepId ??
            target.closest<SVGElement>('[data-edge]')?.dataset.edge ??
            null)
      const shown = editor.view.getState().hover?.ref
      if (ref !== null && ref === over && ref === shown) return
      over = ref
      put(ref, event.clientX, event.clientY)
    }
    const out = () => {
      over = null
      put(null, 0, 0)
    }
    element.addEventListener('pointermove', onMove)
    element.addEventListener('pointerleave', out)
    element.addEventListener('pointerdown', out, true)
    element.addEventListener('wheel', out, { passive: true })
    window.addEventListener('keydown', out, true)
    return () => {
      clearTimeout(timer)
      element.removeEventListener('pointermove', onMove)
      element.removeEventListener('pointerleave', out)
      element.removeEventListener('pointerdown', out, true)
      element.removeEventListener('wheel', out)
      window.removeEventListener('keydown', out, true)
    }
  }, [editor, host])
}

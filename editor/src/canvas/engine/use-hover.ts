import { type RefObject, useEffect } from 'react'
import type { FlowEditor } from '../flow-editor.ts'
import { pointedAt } from '../pointed.ts'

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
    const point = (ref: string | null) => {
      const wire = ref !== null && editor.flow.getState().doc.edges.has(ref) ? ref : null
      if (editor.view.getState().pointed !== wire) editor.view.setState({ pointed: wire })
    }
    const onMove = (event: PointerEvent) => {
      const ref = event.pointerType !== 'mouse' || event.buttons !== 0 ? null : pointedAt(editor, event)
      point(ref)
      const shown = editor.view.getState().hover?.ref
      if (ref !== null && ref === over && ref === shown) return
      over = ref
      put(ref, event.clientX, event.clientY)
    }
    const out = () => {
      over = null
      point(null)
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

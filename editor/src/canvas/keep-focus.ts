import { useEffect } from 'react'
import type { FlowEditor } from './flow-editor.ts'

/** What had the focus may be gone after a removal, an undo or a closed panel: then the drawing takes it, never the page. */
export function useKeepFocus(editor: FlowEditor): void {
  useEffect(() => {
    let frame = 0
    const look = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          if (document.activeElement === document.body || document.activeElement === null) editor.surface.current?.focus()
        })
      })
    }
    const stops = [
      editor.flow.subscribe((state, before) => {
        if (state.doc !== before.doc) look()
      }),
      editor.view.subscribe((state, before) => {
        const closed =
          (before.inspectorOpen && !state.inspectorOpen) ||
          (before.paletteOpen && !state.paletteOpen) ||
          (before.outlineOpen && !state.outlineOpen) ||
          (before.drawer !== null && state.drawer === null) ||
          (before.confirm !== null && state.confirm === null) ||
          (before.menu !== null && state.menu === null)
        if (closed) look()
      }),
    ]
    return () => {
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
    }
  }, [editor])
}

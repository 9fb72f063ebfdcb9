import { useEffect } from 'react'
import { takeIn } from './clipboard-io.ts'
import type { FlowEditor } from './flow-editor.ts'

/** The browser's own paste brings the clipboard without asking; text fields keep theirs. Files may be dropped on the canvas. */
export function usePaste(editor: FlowEditor): void {
  useEffect(() => {
    let shift = false
    const mayEdit = () => editor.view.getState().canEdit
    const isText = (target: EventTarget | null) =>
      target instanceof Element && target.closest('input,textarea,[contenteditable=true],[role=dialog]') !== null
    const onKey = (event: KeyboardEvent) => {
      shift = event.shiftKey
    }
    const onPaste = (event: ClipboardEvent) => {
      const [file] = event.clipboardData?.files ?? []
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (!mayEdit() || isText(event.target) || (text === '' && file === undefined)) return
      event.preventDefault()
      if (text === '' && file !== undefined) void takeIn((how) => how.takeFile(editor, file))
      else {
        const keepIncoming = shift
        void takeIn((how) => how.pasteText(editor, text, undefined, { keepIncoming }))
      }
    }
    const onDrop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      if (!(event.target instanceof Element) || event.target.closest('[data-testid="canvas"]') === null) return
      event.preventDefault()
      if (file === undefined || !mayEdit()) return
      const at = editor.surface.current?.toFlow(event.clientX, event.clientY)
      void takeIn((how) => how.takeFile(editor, file, at))
    }
    // Otherwise the browser would leave the page for the file.
    const onOver = (event: DragEvent) => event.preventDefault()
    document.addEventListener('keydown', onKey, true)
    document.addEventListener('paste', onPaste)
    document.addEventListener('drop', onDrop)
    document.addEventListener('dragover', onOver)
    return () => {
      document.removeEventListener('keydown', onKey, true)
      document.removeEventListener('paste', onPaste)
      document.removeEventListener('drop', onDrop)
      document.removeEventListener('dragover', onOver)
    }
  }, [editor])
}

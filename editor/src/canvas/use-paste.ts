import { useEffect } from 'react'
import { translate } from '../app/i18n/index.ts'
import { addNote, type Place } from '../doc/index.ts'
import { toast } from '../ui/index.ts'
import { pasteText } from './clipboard-io.ts'
import type { FlowEditor } from './flow-editor.ts'

/** A flow file is never larger (flows/README). */
const fileBytesMax = 8 * 1024 * 1024

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
      if (text === '' && file !== undefined) void takeFile(editor, file)
      else void pasteText(editor, text, undefined, { keepIncoming: shift })
    }
    const onDrop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      if (!(event.target instanceof Element) || event.target.closest('[data-testid="canvas"]') === null) return
      event.preventDefault()
      if (file === undefined || !mayEdit()) return
      void takeFile(editor, file, editor.surface.current?.toFlow(event.clientX, event.clientY))
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

/** A flow file becomes steps, a picture a note with its name: the flow's file holds words, not pictures. */
async function takeFile(editor: FlowEditor, file: File, at?: Place): Promise<void> {
  const place = at ?? editor.view.getState().pointer ?? editor.surface.current?.center() ?? { x: 0, y: 0 }
  if (file.type.startsWith('image/')) {
    addNote(editor.flow, place, translate('canvas.drop.image.note', { name: file.name.slice(0, 200) }))
    toast({ tone: 'info', title: translate('canvas.drop.image') })
    return
  }
  if (file.size > fileBytesMax) {
    toast({ tone: 'error', title: translate('canvas.paste.refused'), detail: translate('canvas.drop.large', { size: '8 MB' }) })
    return
  }
  await pasteText(editor, await file.text(), place)
}

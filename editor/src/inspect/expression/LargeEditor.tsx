import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from 'react'
import { EditorBoundary } from './EditorBoundary.tsx'
import styles from './ExpressionDialog.module.css'
import { editorHere, loadEditor } from './large-editor.ts'
import type { Caret, MonacoEditor } from './MonacoEditor.tsx'

type Props = Omit<ComponentProps<typeof MonacoEditor>, 'caret'> & {
  /** Written in until the large editor is here, and if it cannot be had. Its text is that of `value`. */
  readonly plain: ReactNode
}

/** The large editor where it is here already, else the plain area, whose place it takes without losing a letter or the caret. */
export function LargeEditor({ plain, ...props }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const caret = useRef<Caret>('end')
  const [Editor, setEditor] = useState(editorHere)
  useEffect(() => {
    if (Editor !== null || place.current === null) return
    const area = place.current
    let isWanted = true
    let isComposing = false
    const compose = ({ type }: Event) => {
      isComposing = type === 'compositionstart'
    }
    for (const type of ['compositionstart', 'compositionend']) area.addEventListener(type, compose)
    const load = async () => {
      const loaded = await loadEditor()
      // A word that an input method is still putting together would be lost with its field.
      if (isComposing) await new Promise((done) => area.addEventListener('compositionend', done, { once: true }))
      if (!isWanted) return
      caret.current = caretIn(area)
      setEditor(() => loaded)
    }
    // Without it the plain area stays.
    load().catch(() => undefined)
    return () => {
      isWanted = false
    }
  }, [Editor])
  return (
    <EditorBoundary fallback={plain}>
      {Editor === null ? (
        <div ref={place} className={styles.plain}>
          {plain}
        </div>
      ) : (
        <Editor {...props} caret={caret.current} />
      )}
    </EditorBoundary>
  )
}

/** Where somebody writes; nowhere when they have gone on to something else. */
function caretIn(place: HTMLElement): Caret {
  const { activeElement } = document
  if (!(activeElement instanceof HTMLTextAreaElement)) return activeElement === null || activeElement === document.body ? 'end' : 'none'
  const { value: text, selectionStart: from, selectionEnd: to } = activeElement
  return place.contains(activeElement) ? { text, from, to } : 'none'
}

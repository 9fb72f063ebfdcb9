import { useEffect, useRef } from 'react'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import { keptSides } from './kept-sides.ts'
import type { Sides } from './one-side.ts'

/** What a narrow window asks for; fetched by the first one. */
function inNarrow(act: (part: typeof import('./narrow-window.ts')) => (() => void) | undefined): () => void {
  let isHere = true
  let stop: (() => void) | undefined
  void import('./narrow-window.ts').then(
    (part) => {
      if (isHere) stop = act(part)
    },
    () => undefined,
  )
  return () => {
    isHere = false
    stop?.()
  }
}

/** In a narrow window one side gives way to the other, and comes back with the room; on a phone what is looked at moves above its sheet. */
export function useNarrow(editor: FlowEditor, isNarrow: boolean, hasSheet: boolean): void {
  const { view } = editor
  // A flow that is opened in a narrow window stands without both, and nobody closed them there.
  const back = useRef<Partial<Sides>>(isNarrow ? keptSides(() => localStorage) : {})
  useEffect(() => {
    if (isNarrow) return inNarrow(({ giveWay }) => giveWay(view, back))
    view.setState(back.current)
    back.current = {}
    return undefined
  }, [view, isNarrow])
  useEffect(
    () =>
      hasSheet
        ? inNarrow(({ revealAbove }) => {
            revealAbove(editor)
            return undefined
          })
        : undefined,
    [editor, hasSheet],
  )
}

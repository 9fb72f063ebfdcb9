import { useEffect, useRef } from 'react'
import type { FlowEditor } from '../../canvas/flow-editor.ts'
import { keptSides } from './kept-sides.ts'
import type { Sides } from './one-side.ts'

const part = () => import('./narrow-window.ts')
/** Without it a narrow window has less room, and nothing is lost. */
const without = () => undefined

/** In a narrow window one side gives way to the other, and comes back with the room; on a phone what is looked at moves above its sheet. */
export function useNarrow(editor: FlowEditor, isNarrow: boolean, hasSheet: boolean): void {
  const { view } = editor
  // A flow that is opened in a narrow window stands without both, and nobody closed them there.
  const back = useRef<Partial<Sides>>(isNarrow ? keptSides(() => localStorage) : {})
  useEffect(() => {
    if (!isNarrow) {
      view.setState(back.current)
      back.current = {}
      return
    }
    let stop: (() => void) | null = () => {}
    void part().then(({ giveWay }) => {
      if (stop !== null) stop = giveWay(view, back)
    }, without)
    return () => {
      stop?.()
      stop = null
    }
  }, [view, isNarrow])
  useEffect(() => {
    if (hasSheet) void part().then(({ revealAbove }) => revealAbove(editor), without)
  }, [editor, hasSheet])
}

import { useEffect } from 'react'
import type { FlowEditor } from '../../canvas/flow-editor.ts'

/** On a phone, where a flow cannot be mended, it is opened to see what is wrong; what shows it loads on a phone alone. */
export function useFirstProblem(editor: FlowEditor, isPhone: boolean): void {
  useEffect(() => {
    if (!isPhone) return
    let stop = () => {}
    let isHere = true
    void import('./first-problem.ts').then(
      ({ showFirstProblem }) => {
        if (isHere) stop = showFirstProblem(editor)
      },
      () => undefined,
    )
    return () => {
      isHere = false
      stop()
    }
  }, [editor, isPhone])
}

import { useEffect } from 'react'
import type { FlowEditor } from '../../canvas/flow-editor.ts'

/** On a phone, where a flow cannot be mended, it is opened to see what is wrong: the first error comes into sight, unless somebody moved already. */
export function useFirstProblem({ problems, surface }: FlowEditor, isPhone: boolean): void {
  useEffect(() => {
    if (!isPhone) return
    const stop = problems.subscribe(({ problems: found, checked }) => {
      if (checked < 0) return
      done()
      const at = found.find((problem) => problem.severity === 'error' && problem.node !== undefined)?.node
      if (at !== undefined) surface.current?.reveal(at)
    })
    const done = () => {
      stop()
      window.removeEventListener('pointerdown', done, true)
    }
    window.addEventListener('pointerdown', done, true)
    return done
  }, [problems, surface, isPhone])
}

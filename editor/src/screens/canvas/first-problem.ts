import type { FlowEditor } from '../../canvas/flow-editor.ts'

/** The first error comes into sight once the flow is checked, unless somebody moved already. Gives back how to stop waiting for it. */
export function showFirstProblem({ problems, surface }: Pick<FlowEditor, 'problems' | 'surface'>): () => void {
  let stop = () => {}
  const done = () => {
    stop()
    window.removeEventListener('pointerdown', done, true)
  }
  const look = () => {
    const { problems: found, checked } = problems.getState()
    if (checked < 0) return
    done()
    const at = found.find((problem) => problem.severity === 'error' && problem.node !== undefined)?.node
    if (at !== undefined) surface.current?.reveal(at)
  }
  stop = problems.subscribe(look)
  window.addEventListener('pointerdown', done, true)
  look()
  return done
}

import { runCommand } from '../../../app/commands/index.ts'
import { translate } from '../../../app/i18n/index.ts'
import { showProblem } from '../../../canvas/check/fixes.ts'
import type { FlowEditor } from '../../../canvas/flow-editor.ts'
import { simulating } from '../../../canvas/view-store.ts'
import { readingOrder } from '../../../canvas/walk.ts'
import { toast } from '../../../ui/index.ts'
import type { TourTask } from './tour.ts'

/** Leads to where a task is done, without doing it. */
export function showMe(editor: FlowEditor, task: TourTask): void {
  const { flow, view, runs, surface, problems } = editor
  const { doc, selection } = flow.getState()
  if (task === 'text') {
    const step = [...selection].find((ref) => doc.nodes.has(ref)) ?? readingOrder(doc)[0]
    if (step === undefined) {
      // Nothing stands here yet whose text could be changed.
      runCommand('canvas.quick-add')
      return
    }
    flow.select([step])
    view.setState({ active: step })
    surface.current?.reveal(step)
    runCommand('canvas.rename')
  } else if (task === 'step') {
    // Behind a step the new one is wired at once.
    if (selection.size === 0) flow.select(readingOrder(doc).slice(-1))
    runCommand('canvas.quick-add')
  } else if (task === 'test') {
    const problem = problems.getState().problems.find(({ severity }) => severity === 'error')
    if (problem !== undefined) {
      // It would not play: a new step often has a field to fill in first.
      toast({ tone: 'info', title: translate('tour.problem') })
      showProblem(editor, problem)
      return
    }
    view.setState(simulating)
    // A flow that was just made for somebody has played already: then it is the button that plays it again.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-plays] button')?.focus())
  } else if (task === 'publish') runCommand('canvas.publish')
  else {
    const passages = runs.getState().picture?.passages
    const wire = [...doc.edges.values()].find(({ from }) => passages?.has(`${from.node}.${from.port}`) === true)
    if (wire === undefined) {
      toast({ tone: 'info', title: translate('tour.no-data') })
      view.setState(simulating)
      return
    }
    surface.current?.reveal(wire.to.node)
    flow.select([wire.id])
  }
}

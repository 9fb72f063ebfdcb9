import type { Fix, Problem } from '@sluice/flows'
import { translate } from '../../app/i18n/index.ts'
import { addStep, disconnect, removeItems } from '../../doc/index.ts'
import { toast } from '../../ui/toast-store.ts'
import type { FlowEditor } from '../flow-editor.ts'
import { inspecting } from '../view-store.ts'
import { litOf } from './lit.ts'

/** Brings what a problem is about into view: the step, its field, or the wire. */
export function showProblem({ flow, view, surface }: FlowEditor, problem: Problem): void {
  const edge = problem.edge === undefined ? undefined : [...flow.getState().doc.edges.keys()][problem.edge]
  const ref = problem.node ?? edge
  view.setState({ lit: litOf(problem, [...flow.getState().doc.edges.keys()]) })
  if (ref === undefined) return
  flow.select([ref])
  surface.current?.reveal(ref)
  if (problem.node === undefined) return
  view.setState({ active: problem.node, ...inspecting, jump: { node: problem.node, path: fieldOf(problem.path) } })
}

/** `/nodes/2/config/fields/0` → `/fields/0`; a path into the config alone stays as it is. */
export function fieldOf(path: string | undefined): string {
  const inside = /^\/nodes\/\d+(?:\/config)?(\/.*)?$/.exec(path ?? '')
  return inside === null ? (path ?? '') : (inside[1] ?? '')
}

/** What a button of a problem does. Every mending is one named change that can be undone. */
export function applyFix(editor: FlowEditor, problem: Problem, fix: Fix | undefined = problem.fix): void {
  const { flow, catalogue, view, surface } = editor
  const { doc } = flow.getState()
  const edge = problem.edge === undefined ? undefined : [...doc.edges.keys()][problem.edge]
  switch (fix?.action) {
    case 'add-trigger':
      view.setState({ quickAdd: { ...middle(editor), at: leftOfAll(editor) } })
      return
    case 'remove':
      if (problem.node !== undefined) removeItems(flow, catalogue, [problem.node], { keepChain: true, label: 'repair' })
      return
    case 'remove-edge':
      if (edge !== undefined) disconnect(flow, [edge])
      return
    case 'insert-transform':
      insertBefore(editor, problem, 'core.transform')
      return
    case 'insert-veto':
    case 'insert-review':
    case 'insert-mask':
    case 'ask-consent':
    case 'join-first':
    case 'add-exit':
    case 'end-here':
    case 'add-alert':
    case 'add-row':
      // How each is done is read with the first of them: most problems are mended by hand.
      void import('../../doc/commands/mend.ts').then(
        ({ mend }) => {
          showMended(editor, mend(flow, catalogue, problem, fix) ?? problem.node)
          // What the new row gives is for the person to say.
          const rows = flow.getState().doc.nodes.get(problem.node ?? '')?.config?.rows
          if (fix.action === 'add-row' && problem.node !== undefined && Array.isArray(rows))
            view.setState({ jump: { node: problem.node, path: `/rows/${rows.length - 1}` } })
        },
        () => toast({ tone: 'error', title: translate('app.part.missing') }),
      )
      return
    case 'connect':
      showProblem(editor, problem)
      if (problem.node !== undefined) view.setState({ wireMode: { step: problem.node, port: null } })
      return
    default:
      showProblem(editor, problem)
      surface.current?.focus()
      if (problem.node !== undefined) view.setState({ jump: { node: problem.node, path: fieldOf(problem.path) } })
  }
}

function showMended({ flow, view, surface }: FlowEditor, step: string | undefined): void {
  if (step === undefined) return
  flow.select([step])
  view.setState({ active: step, ...inspecting })
  surface.current?.reveal(step)
}

function insertBefore(editor: FlowEditor, problem: Problem, type: string): void {
  const { flow, catalogue, view, surface } = editor
  const { doc } = flow.getState()
  const named = problem.edge === undefined ? undefined : [...doc.edges.keys()][problem.edge]
  const into = named ?? [...doc.edges.values()].find((wire) => wire.to.node === problem.node)?.id
  if (into === undefined) {
    showProblem(editor, problem)
    return
  }
  const id = addStep(flow, catalogue, { type, into })
  view.setState({ active: id, ...inspecting })
  surface.current?.reveal(id)
}

function middle({ surface }: FlowEditor) {
  const center = surface.current?.toScreen(surface.current.center()) ?? { x: 600, y: 400 }
  return { x: center.x - 160, y: center.y - 160 }
}

function leftOfAll({ flow, surface }: FlowEditor) {
  const { doc } = flow.getState()
  const places = [...doc.nodes.values()].map((step) => step.at ?? [0, 0])
  if (places.length === 0) {
    const center = surface.current?.center() ?? { x: 0, y: 0 }
    return { x: center.x - 108, y: center.y - 32 }
  }
  return { x: Math.min(...places.map(([x]) => x ?? 0)) - 312, y: places[0]?.[1] ?? 0 }
}

export const levelTitle = (severity: Problem['severity']) => translate(`problems.level.${severity}`)

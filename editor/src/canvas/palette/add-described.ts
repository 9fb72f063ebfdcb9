import { addStep, bestOutput, createFlowStore, isTrigger, label, type NewStep, type StepType } from '../../doc/index.ts'
import type { FlowEditor } from '../flow-editor.ts'
import type { Worded } from './describe.ts'
import { keywordsOf } from './keywords.ts'
import { textOf } from './use-step-search.ts'

export function wordedStep(item: StepType): Worded<StepType> {
  return { item, names: textOf(item.label), keywords: keywordsOf(item.type), begins: isTrigger(item) }
}

/** Adds these steps in a row, the first one as `wish` says, as one change that leaves them selected. Gives how to take it back. */
export function addDescribed(
  { flow, catalogue }: Pick<FlowEditor, 'flow' | 'catalogue'>,
  types: readonly string[],
  wish: Omit<NewStep, 'type'>,
): () => void {
  const before = flow.getState().doc
  const scratch = createFlowStore(before)
  const added: string[] = []
  for (const [index, type] of types.entries()) {
    const isLast = index === types.length - 1
    const { to, ...first } = wish
    const end = isLast && to !== undefined ? { to } : {}
    added.push(addStep(scratch, catalogue, { type, ...(index === 0 ? first : behind(added.at(-1) ?? '')), ...end }))
  }
  function behind(id: string): Pick<NewStep, 'from' | 'into'> {
    const { doc } = scratch.getState()
    const step = doc.nodes.get(id)
    const port = step === undefined ? null : bestOutput(doc, step, catalogue)
    // Put into a wire, the next one goes into what leads on from there.
    const on = [...doc.edges.values()].find(({ from }) => from.node === id)
    if (on !== undefined) return { into: on.id }
    return port === null ? {} : { from: { node: id, port } }
  }
  flow.change(label('add'), (draft) => {
    const { nodes, edges } = scratch.getState().doc
    for (const step of nodes.values()) {
      const was = before.nodes.get(step.id)
      if (was === undefined) draft.insert('nodes', step)
      else if (was.at !== step.at) draft.set('nodes', step.id, ['at'], step.at)
    }
    for (const id of before.edges.keys()) if (!edges.has(id)) draft.disconnect(id)
    for (const { from, to } of edges.values()) draft.connect(from, to)
    draft.selection = new Set(added)
  })
  const entry = flow.getState().history.undo.at(-1)
  return () => {
    // Only while nothing was done since; what was done since stands on it.
    if (flow.getState().history.undo.at(-1) === entry) flow.undo()
  }
}

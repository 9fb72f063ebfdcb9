import type { FlowDefinition } from '@sluice/flows'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { FlowSurface } from '../../canvas/engine/FlowSurface.tsx'
import { type FlowEditor, FlowEditorProvider } from '../../canvas/flow-editor.ts'
import { PictureBar } from '../../canvas/picture/PictureBar.tsx'
import { createViewStore } from '../../canvas/view-store.ts'
import { createFlowStore, createProblemStore, fromFile, placeSteps } from '../../doc/index.ts'
import type { Picture } from '../../run/picture.ts'
import { createRunStore } from '../../run/run-store.ts'

/** What is chosen on the drawing: a step, or the port a chosen wire starts from. */
export type Chosen =
  | { readonly kind: 'step'; readonly node: string }
  | { readonly kind: 'wire'; readonly node: string; readonly port: string; readonly to: string }

/** A key that is held down comes quicker than this. */
const restMs = 40

/** The flow as it was, with the run's states at one moment. */
export function RunPicture({
  file,
  picture,
  chosen = null,
  lit,
  onChoose,
}: {
  readonly file: FlowDefinition
  readonly picture: Picture
  /** Chosen elsewhere: in a list, or by its time. */
  readonly chosen?: Chosen | null
  /** Steps to be seen at once. */
  readonly lit?: ReadonlySet<string> | undefined
  readonly onChoose: (chosen: Chosen | null) => void
}) {
  const t = useT()
  const say = useSay()
  const [editor] = useState<FlowEditor>(() => ({
    flow: createFlowStore(placeSteps(fromFile(file), catalogue)),
    catalogue,
    view: createViewStore({ canEdit: false }),
    runs: createRunStore(() => []),
    problems: createProblemStore(),
    saving: null,
    past: null,
    surface: { current: null },
  }))
  useEffect(() => {
    editor.runs.setState({ picture })
    // What stands still is what somebody came to see.
    const stuck = [...picture.steps].find(([, { state }]) => state === 'incident')?.[0]
    const at = stuck ?? picture.current
    if (at === null || !editor.flow.getState().doc.nodes.has(at)) return
    // What is told of the moment is seen first, and the drawing goes along once nobody moves on at once: far away it has cards to make.
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => editor.surface.current?.reveal(at), restMs)
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [editor, picture])
  useEffect(() => {
    editor.view.setState({ lit: lit === undefined ? null : { code: 'differs', node: undefined, nodes: lit, edges: new Set() } })
  }, [editor, lit])
  const selection = useStore(editor.flow, (state) => state.selection)
  const step = chosen?.kind === 'step' ? chosen.node : null
  useEffect(() => {
    const { selection: drawn, doc } = editor.flow.getState()
    if (step !== null && doc.nodes.has(step) && !(drawn.size === 1 && drawn.has(step))) editor.flow.select([step])
  }, [editor, step])
  useEffect(() => {
    const [ref, ...more] = selection
    const { doc } = editor.flow.getState()
    const wire = ref === undefined ? undefined : doc.edges.get(ref)
    if (more.length > 0 || ref === undefined) onChoose(null)
    else if (doc.nodes.has(ref)) onChoose({ kind: 'step', node: ref })
    else if (wire !== undefined) onChoose({ kind: 'wire', node: wire.from.node, port: wire.from.port, to: wire.to.node })
  }, [editor, selection, onChoose])
  return (
    <FlowEditorProvider value={editor}>
      <FlowSurface label={t('canvas.picture', { name: say(file.name), count: file.nodes.length })}>
        <PictureBar />
      </FlowSurface>
    </FlowEditorProvider>
  )
}

import type { FlowDefinition } from '@sluice/flows'
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { FlowSurface } from '../../canvas/engine/FlowSurface.tsx'
import { type FlowEditor, FlowEditorProvider } from '../../canvas/flow-editor.ts'
import { PictureBar } from '../../canvas/picture/PictureBar.tsx'
import { createViewStore } from '../../canvas/view-store.ts'
import type { Marks } from '../../diff/union.ts'
import { createFlowStore, createProblemStore, fromFile, placeSteps, type Ref } from '../../doc/index.ts'
import { createRunStore } from '../../run/run-store.ts'
import styles from './FlowDiff.module.css'

/** Both versions in one drawing, to look at. What is chosen in the list is brought into view, and the other way round. */
export function DiffPicture({
  file,
  marks,
  first,
  chosen,
  onChoose,
}: {
  readonly file: FlowDefinition
  readonly marks: Marks
  /** Where to look before anything is chosen. */
  readonly first: Ref | null
  readonly chosen: Ref | null
  readonly onChoose: (ref: Ref) => void
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
  const marked = useMemo(() => ({ ...editor, marks }), [editor, marks])
  const selection = useStore(editor.flow, (state) => state.selection)
  const [begin] = useState(first)
  useEffect(() => {
    // At first the drawing itself comes a frame later than this.
    const frame = requestAnimationFrame(() => begin !== null && editor.surface.current?.reveal(begin))
    return () => cancelAnimationFrame(frame)
  }, [editor, begin])
  useEffect(() => {
    if (chosen === null) return
    editor.flow.select([chosen])
    editor.surface.current?.reveal(chosen)
  }, [editor, chosen])
  useEffect(() => {
    const [ref, ...more] = selection
    if (ref !== undefined && more.length === 0) onChoose(ref)
  }, [selection, onChoose])
  return (
    <FlowEditorProvider value={marked}>
      <div className={styles.picture}>
        <FlowSurface label={t('canvas.picture', { name: say(file.name), count: file.nodes.length })}>
          <PictureBar />
        </FlowSurface>
      </div>
    </FlowEditorProvider>
  )
}

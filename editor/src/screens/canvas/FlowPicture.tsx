import type { FlowDefinition } from '@sluice/flows'
import { useState } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { FlowSurface } from '../../canvas/engine/FlowSurface.tsx'
import { type FlowEditor, FlowEditorProvider } from '../../canvas/flow-editor.ts'
import { PictureBar } from '../../canvas/picture/PictureBar.tsx'
import { createViewStore } from '../../canvas/view-store.ts'
import { createFlowStore, createProblemStore, fromFile, placeSteps } from '../../doc/index.ts'
import { createRunStore } from '../../run/run-store.ts'

/** A flow to look at: the same drawing, nothing can be changed. */
export function FlowPicture({ file }: { readonly file: FlowDefinition }) {
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
  return (
    <FlowEditorProvider value={editor}>
      <FlowSurface label={t('canvas.picture', { name: say(file.name), count: file.nodes.length })}>
        <PictureBar />
      </FlowSurface>
    </FlowEditorProvider>
  )
}

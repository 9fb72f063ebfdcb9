import { memo } from 'react'
import { needTexts, useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor } from '../canvas/flow-editor.ts'
import { onDemand } from '../ui/index.ts'
import { FlowRules, FlowSettings } from './FlowSettings.tsx'
import styles from './Inspector.module.css'

async function withForms<Part>(part: Promise<Part>): Promise<Part> {
  const [loaded] = await Promise.all([part, needTexts('forms')])
  return loaded
}

const StepInspector = onDemand(async () => (await withForms(import('./StepInspector.tsx'))).StepInspector)
const WireInspector = onDemand(async () => (await withForms(import('./WireInspector.tsx'))).WireInspector)
const ManyInspector = onDemand(async () => (await withForms(import('./ManyInspector.tsx'))).ManyInspector)

const GroupInspector = onDemand(async () => (await withForms(import('./GroupInspector.tsx'))).GroupInspector)

/** The forms of the inspector, to be fetched ahead. */
export const inspectorParts = [StepInspector, WireInspector, ManyInspector, GroupInspector, FlowRules] as const

/** Settings of what is selected: a step, a wire, a frame, several things, or the flow itself. */
export const Inspector = memo(function Inspector() {
  const t = useT()
  const { surface } = useFlowEditor()
  const only = useFlow((state) => (state.selection.size === 1 ? ([...state.selection][0] ?? '') : ''))
  const count = useFlow((state) => state.selection.size)
  const group = only.startsWith('group:') ? only.slice('group:'.length) : ''
  const kind = useFlow(({ doc }) =>
    doc.nodes.has(only) ? 'step' : doc.edges.has(only) ? 'wire' : doc.groups.has(group) ? 'group' : 'other',
  )
  return (
    <aside
      className={styles.inspector}
      aria-label={t('canvas.inspector')}
      data-testid="inspector"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && !event.nativeEvent.isComposing) surface.current?.focus()
      }}
    >
      {count > 1 ? (
        <ManyInspector count={count} />
      ) : kind === 'step' ? (
        <StepInspector key={only} step={only} />
      ) : kind === 'wire' ? (
        <WireInspector key={only} wire={only} />
      ) : kind === 'group' ? (
        <GroupInspector key={group} group={group} />
      ) : (
        <FlowSettings />
      )}
    </aside>
  )
})

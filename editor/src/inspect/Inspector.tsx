import { useT } from '../app/i18n/index.ts'
import { useFlow, useFlowEditor } from '../canvas/flow-editor.ts'
import { FlowSettings } from './FlowSettings.tsx'
import styles from './Inspector.module.css'
import { ManyInspector } from './ManyInspector.tsx'
import { StepInspector } from './StepInspector.tsx'
import { WireInspector } from './WireInspector.tsx'

/** Settings of what is selected: a step, a wire, several things, or the flow itself. */
export function Inspector() {
  const t = useT()
  const { surface } = useFlowEditor()
  const only = useFlow((state) => (state.selection.size === 1 ? ([...state.selection][0] ?? '') : ''))
  const count = useFlow((state) => state.selection.size)
  const kind = useFlow((state) => (state.doc.nodes.has(only) ? 'step' : state.doc.edges.has(only) ? 'wire' : 'other'))
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
      ) : (
        <FlowSettings />
      )}
    </aside>
  )
}

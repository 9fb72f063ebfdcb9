import { useEffect } from 'react'
import { useStore } from 'zustand'
import { ErrorText } from '../app/failures/index.ts'
import { needTexts, useLanguageStore, useSay, useT } from '../app/i18n/index.ts'
import { canTest } from '../canvas/can-test.ts'
import { useFlow, useFlowEditor, useView } from '../canvas/flow-editor.ts'
import { StateChip } from '../canvas/nodes/StateChip.tsx'
import faceStyles from '../canvas/nodes/StepCard.module.css'
import { StepIcon } from '../canvas/nodes/StepIcon.tsx'
import { titleOf } from '../canvas/step-facts.ts'
import type { InspectorTab } from '../canvas/view-store.ts'
import { rename, type Step } from '../doc/index.ts'
import { cx, onDemand, Tabs } from '../ui/index.ts'
import { DataDrawer } from './data/DataDrawer.tsx'
import { DataPane, SampleBar } from './data/DataPane.tsx'
import { ScopeProvider } from './data/scope-context.ts'
import { useSamples } from './data/use-samples.ts'
import styles from './Inspector.module.css'
import { InspectorHead } from './InspectorHead.tsx'
import { StepOptions } from './StepOptions.tsx'
import { ConfigForm } from './schema/ConfigForm.tsx'

const StepTest = onDemand(async () => {
  const [{ StepTest: Loaded }] = await Promise.all([import('./test/StepTest.tsx'), needTexts('screens', 'simulate', 'stepTest')])
  return Loaded
})

/** One step: its form, the data beside it, and what happens when it fails. */
export function StepInspector({ step: id }: { readonly step: string }) {
  const t = useT()
  const say = useSay()
  const { catalogue, runs, view } = useFlowEditor()
  const step = useFlow((state) => state.doc.nodes.get(id))
  const status = useStore(runs, (state) => state.picture?.steps.get(id))
  const samples = useSamples(id, true)
  const tab = useView((each) => each.inspectorTab)
  const canEdit = useView((each) => each.canEdit)
  const isJumpedTo = useView((each) => each.jump?.node === id)
  // The field a problem leads to is on the first tab.
  useEffect(() => {
    if (isJumpedTo) view.setState({ inspectorTab: 'setup' })
  }, [view, isJumpedTo])
  if (step === undefined) return null
  const node = catalogue.find(step.type)
  const isTestable = canEdit && canTest(catalogue, step)
  return (
    <ScopeProvider value={samples}>
      <InspectorHead
        icon={
          <span className={cx(faceStyles.tile, faceStyles[node?.category ?? 'flow'], styles.tile)}>
            <StepIcon of={node} size={16} />
          </span>
        }
        help={say(node?.summary)}
      >
        <StepName step={step} placeholder={say(node?.label ?? step.type)} />
      </InspectorHead>
      {status !== undefined && (
        <div className={styles.status}>
          <StateChip state={status.state} dueAt={status.dueAt} count={status.passed} />
          {status.error !== null && (
            <span className={styles.errorText}>
              <ErrorText error={status.error} />
            </span>
          )}
        </div>
      )}
      <Tabs
        label={titleOf(step, catalogue, say)}
        className={styles.tabs}
        panelClassName={styles.panel}
        selected={tab === 'test' && !isTestable ? 'setup' : tab}
        onSelect={(chosen) => view.setState({ inspectorTab: chosen as InspectorTab, ...(chosen !== 'setup' && { jump: null }) })}
        items={[
          {
            id: 'setup',
            title: t('inspect.tab.setup'),
            content: (
              <div className={styles.body}>
                <ConfigForm step={id} />
                <footer className={styles.sample}>
                  <SampleBar />
                  <DataDrawer />
                </footer>
              </div>
            ),
          },
          { id: 'data', title: t('inspect.tab.data'), content: <DataPane /> },
          ...(isTestable ? [{ id: 'test', title: t('inspect.tab.test'), content: <StepTest step={id} /> }] : []),
          {
            id: 'options',
            title: t('inspect.tab.options'),
            content: (
              <div className={styles.body}>
                <StepOptions step={id} />
              </div>
            ),
          },
        ]}
      />
    </ScopeProvider>
  )
}

function StepName({ step, placeholder }: { readonly step: Step; readonly placeholder: string }) {
  const t = useT()
  const say = useSay()
  const { flow } = useFlowEditor()
  const canEdit = useView((view) => view.canEdit)
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  const name = step.name
  const change = (text: string) =>
    rename(flow, step.id, typeof name === 'object' && text.trim() !== '' ? { en: name.en, 'zh-CN': name['zh-CN'], [language]: text } : text)
  return (
    <input
      className={styles.name}
      aria-label={t('canvas.rename.label')}
      data-testid="step-name"
      placeholder={placeholder}
      value={name === undefined ? '' : say(name)}
      readOnly={!canEdit}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => flow.seal()}
    />
  )
}

import { X } from 'lucide-react'
import { useStore } from 'zustand'
import { useT } from '../../app/i18n/index.ts'
import { countsOf } from '../../canvas/check/counts.ts'
import { ProblemList } from '../../canvas/check/ProblemList.tsx'
import { useFlowEditor, useView } from '../../canvas/flow-editor.ts'
import type { Drawer as Name } from '../../canvas/view-store.ts'
import { IconButton, Tabs } from '../../ui/index.ts'
import styles from './Drawer.module.css'
import { FlowRuns } from './FlowRuns.tsx'
import type { FlowStatus } from './flow-api.ts'
import { HistoryList } from './HistoryList.tsx'
import { CommentsPanel } from './parts-on-demand.ts'
import { VersionList } from './VersionList.tsx'

/** Below the drawing: problems, runs of this flow, versions. */
export function Drawer({ status }: { readonly status: FlowStatus | null }) {
  const t = useT()
  const { view, problems } = useFlowEditor()
  const drawer = useView((state) => state.drawer)
  const { errors, warnings } = countsOf(useStore(problems, (state) => state.problems))
  return (
    <section className={styles.drawer} aria-label={t(`canvas.command.${drawer ?? 'problems'}`)} data-testid="drawer">
      <Tabs
        label={t('canvas.bar.view')}
        className={styles.tabs}
        panelClassName={styles.panel}
        selected={drawer ?? 'problems'}
        onSelect={(id) => view.setState({ drawer: id as Name })}
        items={[
          {
            id: 'problems',
            title: t('problems.title'),
            count: errors + warnings > 0 ? errors + warnings : undefined,
            content: <ProblemList />,
          },
          { id: 'runs', title: t('canvas.runs.title'), content: <FlowRuns /> },
          { id: 'versions', title: t('canvas.versions.title'), content: <VersionList status={status} /> },
          { id: 'history', title: t('canvas.history.title'), content: <HistoryList /> },
          { id: 'comments', title: t('canvas.command.comments'), content: <CommentsPanel /> },
        ]}
      />
      <IconButton
        className={styles.close}
        size="small"
        label={t('canvas.drawer.close')}
        icon={<X size={15} aria-hidden="true" />}
        onPress={() => view.setState({ drawer: null })}
      />
    </section>
  )
}

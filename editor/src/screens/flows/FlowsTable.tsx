import { Copy, Download, Ellipsis, FolderInput, History, LayoutTemplate, Pause, Pencil, Play, Trash2, UserRound } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { deleteFlow, type FlowSummary, useMay, useSession } from '../../app/api/index.ts'
import { resumeFlow } from '../../app/api/operate.ts'
import { dataLanguage, needTexts, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { sayProblem, useAct } from '../../app/shell/use-act.ts'
import { Badge, ConfirmDialog, type DataColumn, DataTable, IconButton, Link, Menu, StatusChip } from '../../ui/index.ts'
import { NoMatches } from '../empty/NoMatches.tsx'
import styles from './FlowsScreen.module.css'
import { duplicateFlow, exportFlow } from './flow-files.ts'
import { Sparkline } from './Sparkline.tsx'

const MoveDialog = lazy(async () => ({ default: (await import('./MoveDialog.tsx')).MoveDialog }))
const OwnerDialog = lazy(async () => ({ default: (await import('./OwnerDialog.tsx')).OwnerDialog }))
const PauseDialog = lazy(async () => ({ default: (await import('./PauseDialog.tsx')).PauseDialog }))

const PublishWizard = lazy(async () => {
  const [wizard] = await Promise.all([import('../templates/publish/PublishWizard.tsx'), needTexts('templateWizard')])
  return { default: wizard.PublishWizard }
})

export function FlowsTable({
  flows,
  todayFrom,
  isLoading,
  onClear,
}: {
  readonly flows: readonly FlowSummary[]
  readonly todayFrom: string | undefined
  readonly isLoading: boolean
  readonly onClear: () => void
}) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const me = useSession()?.user.id
  const [moving, setMoving] = useState<FlowSummary | null>(null)
  const [giving, setGiving] = useState<FlowSummary | null>(null)
  const [pausing, setPausing] = useState<FlowSummary | null>(null)
  const [publishing, setPublishing] = useState<FlowSummary | null>(null)
  const [leaving, setLeaving] = useState<FlowSummary | null>(null)
  const remove = useAct(deleteFlow, { done: () => t('flows.deleted'), refresh: [['flows']], onDone: () => setLeaving(null) })
  // The counts are of the server's day: what they open must begin where it began, wherever the reader is.
  const from = todayFrom ?? '24h'
  const columns: readonly DataColumn<FlowSummary>[] = [
    {
      id: 'name',
      title: t('flows.name'),
      isRowHeader: true,
      phone: 'title',
      cell: (flow) => (
        <div className={styles.name}>
          <span className={styles.strong}>{say(flow.name)}</span>
          <span className={styles.quiet}>{say(flow.description) || flow.key}</span>
        </div>
      ),
    },
    {
      id: 'owner',
      title: t('flows.owner'),
      phone: 'hide',
      cell: ({ owner }) =>
        owner == null ? (
          <span className={styles.none}>—</span>
        ) : (
          <Link href={`/flows?owner=${owner.id}`} isPlain className={styles.owner} aria-label={t('flows.owner.show', { name: owner.name })}>
            {owner.id === me ? t('app.you') : owner.name}
          </Link>
        ),
    },
    { id: 'state', title: t('flows.state'), phone: 'line', cell: (flow) => <FlowState flow={flow} /> },
    {
      id: 'runs',
      title: t('flows.runs-today'),
      align: 'end',
      phone: 'hide',
      cell: (flow) => <Count value={flow.runsToday} href={`/runs?flow=${flow.key}&from=${from}`} />,
    },
    {
      id: 'day',
      title: t('flows.last-day'),
      isMinor: true,
      phone: 'hide',
      cell: ({ key, lastDay = [] }) => {
        const all = lastDay.reduce((sum, one) => sum + one, 0)
        if (all === 0) return <span className={styles.none}>—</span>
        return (
          <Link href={`/runs?flow=${key}&from=24h`} isPlain aria-label={t('flows.last-day.runs', { count: all })}>
            <Sparkline values={lastDay} />
          </Link>
        )
      },
    },
    {
      id: 'failures',
      title: t('flows.failures-today'),
      align: 'end',
      phone: 'hide',
      cell: (flow) => <Count value={flow.failuresToday} href={`/runs?flow=${flow.key}&state=failed,incident&from=${from}`} isBad />,
    },
    {
      id: 'edit',
      title: t('flows.last-edit'),
      isMinor: true,
      phone: 'hide',
      cell: (flow) => (
        <span title={format.dateTime(flow.updatedAt)}>
          <span className={styles.time}>{format.relative(flow.updatedAt)}</span>
          {flow.updatedBy !== null && <span className={styles.none}> · {flow.updatedBy}</span>}
        </span>
      ),
    },
    {
      id: 'menu',
      title: <span className="visually-hidden">{t('app.actions')}</span>,
      width: 64,
      align: 'end',
      phone: 'aside',
      cell: (flow) => (
        <FlowMenu
          flow={flow}
          taken={flows}
          onMove={setMoving}
          onGive={setGiving}
          onDelete={setLeaving}
          onPause={setPausing}
          onTemplate={setPublishing}
        />
      ),
    },
  ]
  return (
    <>
      <DataTable
        label={t('app.screen.flows')}
        columns={columns}
        items={flows}
        keyOf={(flow) => flow.key}
        nameOf={(flow) => say(flow.name)}
        hrefOf={(flow) => `/flows/${flow.key}`}
        isLoading={isLoading}
        empty={<NoMatches onClear={onClear}>{t('flows.none-match')}</NoMatches>}
      />
      {moving !== null && (
        <Suspense fallback={null}>
          <MoveDialog flow={moving} onClose={() => setMoving(null)} />
        </Suspense>
      )}
      {giving !== null && (
        <Suspense fallback={null}>
          <OwnerDialog flow={giving} onClose={() => setGiving(null)} />
        </Suspense>
      )}
      {pausing !== null && (
        <Suspense fallback={null}>
          <PauseDialog flow={pausing.key} name={say(pausing.name)} onClose={() => setPausing(null)} />
        </Suspense>
      )}
      {publishing !== null && (
        <Suspense fallback={null}>
          <PublishWizard flow={publishing.key} onClose={() => setPublishing(null)} onPublished={() => go('/templates')} />
        </Suspense>
      )}
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('flows.delete.title', { name: say(leaving?.name) })}
        action={t('app.delete')}
        isPending={remove.isPending}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving !== null && remove.mutate(leaving.key)}
      >
        {t('flows.delete.text')}
      </ConfirmDialog>
    </>
  )
}

function FlowState({ flow }: { readonly flow: FlowSummary }) {
  const t = useT()
  return (
    <span className={styles.state}>
      <StatusChip state={flow.active === null ? 'draft' : 'active'} />
      {flow.active !== null && <span className={styles.none}>{t('flows.version', { version: flow.active })}</span>}
      {flow.paused != null && <Badge tone="wait">{t('operate.pause.badge')}</Badge>}
      {flow.problems > 0 && <Badge tone="wait">{t('flows.problems', { count: flow.problems })}</Badge>}
    </span>
  )
}

function Count({ value, href, isBad = false }: { readonly value: number; readonly href: string; readonly isBad?: boolean }) {
  const format = useFormat()
  if (value === 0) return <span className={styles.none}>0</span>
  return (
    <Link href={href} isPlain={!isBad}>
      {isBad ? <Badge tone="error">{format.number(value)}</Badge> : format.number(value)}
    </Link>
  )
}

function FlowMenu({
  flow,
  taken,
  onMove,
  onGive,
  onDelete,
  onPause,
  onTemplate,
}: {
  readonly flow: FlowSummary
  readonly taken: readonly FlowSummary[]
  readonly onMove: (flow: FlowSummary) => void
  readonly onGive: (flow: FlowSummary) => void
  readonly onDelete: (flow: FlowSummary) => void
  readonly onPause: (flow: FlowSummary) => void
  readonly onTemplate: (flow: FlowSummary) => void
}) {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const mayWrite = may('flows.write')
  const resume = useAct(resumeFlow, { done: ({ released }) => t('operate.pause.resumed', { count: released }), refresh: [['flows']] })
  const duplicate = useAct(
    () =>
      duplicateFlow(
        flow.key,
        taken.map((each) => each.key),
        dataLanguage(),
      ),
    {
      done: () => t('flows.duplicated'),
      refresh: [['flows']],
    },
  )
  const icon = { size: 14, 'aria-hidden': true } as const
  return (
    <Menu
      label={t('app.actions-for', { name: say(flow.name) })}
      placement="bottom end"
      trigger={
        <IconButton label={t('app.actions-for', { name: say(flow.name) })} icon={<Ellipsis size={16} aria-hidden="true" />} size="small" />
      }
      groups={[
        {
          id: 'open',
          entries: [
            { id: 'open', label: t('flows.open'), icon: <Pencil {...icon} />, onAction: () => go(`/flows/${flow.key}`) },
            { id: 'runs', label: t('flows.show-runs'), icon: <History {...icon} />, onAction: () => go(`/runs?flow=${flow.key}`) },
          ],
        },
        {
          id: 'place',
          entries: mayWrite
            ? [
                { id: 'move', label: t('flows.folder.move'), icon: <FolderInput {...icon} />, onAction: () => onMove(flow) },
                { id: 'owner', label: t('flows.owner.menu'), icon: <UserRound {...icon} />, onAction: () => onGive(flow) },
              ]
            : [],
        },
        {
          id: 'pause',
          entries:
            !may('flows.block') || flow.active === null
              ? []
              : flow.paused == null
                ? [{ id: 'pause', label: t('operate.pause.menu'), icon: <Pause {...icon} />, onAction: () => onPause(flow) }]
                : [{ id: 'resume', label: t('operate.pause.resume'), icon: <Play {...icon} />, onAction: () => resume.mutate(flow.key) }],
        },
        {
          id: 'copy',
          entries: [
            ...(mayWrite
              ? [{ id: 'copy', label: t('flows.duplicate'), icon: <Copy {...icon} />, onAction: () => duplicate.mutate(undefined) }]
              : []),
            {
              id: 'export',
              label: t('flows.export'),
              icon: <Download {...icon} />,
              onAction: () => void exportFlow(flow.key).catch(sayProblem),
            },
            ...(may('settings.write')
              ? [
                  {
                    id: 'template',
                    label: t('templates.publish.menu'),
                    icon: <LayoutTemplate {...icon} />,
                    onAction: () => onTemplate(flow),
                  },
                ]
              : []),
          ],
        },
        {
          id: 'delete',
          // What is deleted is live as well: whoever may not publish may not delete.
          entries: may('flows.publish')
            ? [{ id: 'delete', label: t('app.delete'), icon: <Trash2 {...icon} />, isDanger: true, onAction: () => onDelete(flow) }]
            : [],
        },
      ]}
    />
  )
}

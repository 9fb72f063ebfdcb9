import { Ban, Ellipsis, RotateCw, SquareArrowOutUpRight, UserRound } from 'lucide-react'
import { useState } from 'react'
import { cancelRun, type Run, retryRun, useMay } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { useFlowName } from '../../app/names/use-flow-name.ts'
import { go } from '../../app/navigate.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { type DataColumn, DataTable, IconButton, LinkButton, Menu, onDemand, StatusChip } from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import { NoMatches } from '../empty/NoMatches.tsx'
import { RunDetail } from './RunDetail.tsx'
import styles from './RunsScreen.module.css'

const CancelRunDialog = onDemand(async () => (await import('./CancelRunDialog.tsx')).CancelRunDialog)

export function RunsTable({
  runs,
  isLoading,
  isFiltered,
  onClear,
}: {
  readonly runs: readonly Run[]
  readonly isLoading: boolean
  readonly isFiltered: boolean
  readonly onClear: () => void
}) {
  const t = useT()
  const format = useFormat()
  const flowName = useFlowName()
  const [leaving, setLeaving] = useState<Run | null>(null)
  const cancel = useAct(cancelRun, { done: () => t('runs.cancelled'), refresh: [['runs']], onDone: () => setLeaving(null) })
  const columns: readonly DataColumn<Run>[] = [
    { id: 'state', title: t('runs.state'), phone: 'aside', width: 132, cell: (run) => <StatusChip state={run.state} /> },
    {
      id: 'flow',
      title: t('runs.flow'),
      isRowHeader: true,
      phone: 'title',
      cell: (run) => (
        <span className={styles.flow}>
          <strong>{flowName(run.flow)}</strong> <span className={styles.quiet}>v{run.version}</span>
        </span>
      ),
    },
    {
      id: 'subject',
      title: t('runs.customer'),
      phone: 'line',
      cell: (run) =>
        typeof run.subject === 'string' && run.subject !== '' ? <CustomerName id={run.subject} /> : <span className={styles.quiet}>—</span>,
    },
    { id: 'detail', title: t('runs.what'), phone: 'line', isMinor: true, cell: (run) => <RunDetail run={run} /> },
    {
      id: 'started',
      title: t('runs.started'),
      phone: 'line',
      cell: (run) => (
        <span className={styles.time} title={format.exact(run.startedAt)}>
          {format.relative(run.startedAt)}
        </span>
      ),
    },
    {
      id: 'took',
      title: t('runs.took'),
      align: 'end',
      phone: 'hide',
      isMinor: true,
      cell: (run) =>
        run.endedAt === null ? (
          <span className={styles.quiet}>—</span>
        ) : (
          format.duration(new Date(run.endedAt).getTime() - new Date(run.startedAt).getTime())
        ),
    },
    {
      id: 'menu',
      title: <span className="visually-hidden">{t('app.actions')}</span>,
      width: 64,
      align: 'end',
      phone: 'hide',
      cell: (run) => <RunMenu run={run} name={`${flowName(run.flow)} · ${run.id.slice(-6)}`} onCancel={setLeaving} />,
    },
  ]
  return (
    <>
      <DataTable
        label={t('app.screen.runs')}
        columns={columns}
        items={runs}
        keyOf={(run) => run.id}
        nameOf={(run) => `${flowName(run.flow)} ${t(`app.state.${run.state}`)}`}
        hrefOf={(run) => `/runs/${run.id}`}
        isLoading={isLoading}
        empty={isFiltered ? <NoMatch onClear={onClear} /> : <NoRuns />}
      />
      <CancelRunDialog
        isOpen={leaving !== null}
        isPending={cancel.isPending}
        onClose={() => setLeaving(null)}
        onConfirm={(compensate) => leaving !== null && cancel.mutate({ id: leaving.id, compensate })}
      />
    </>
  )
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const t = useT()
  return <NoMatches onClear={onClear}>{t('runs.none-match')}</NoMatches>
}

function NoRuns() {
  const t = useT()
  // Whoever publishes nothing is shown the way to whom runs are about.
  if (!useMay()('flows.read'))
    return (
      <EmptyList
        kind="runs"
        title={t('runs.empty.title')}
        action={
          <LinkButton href="/customers" tone="primary">
            {t('runs.empty.own.action')}
          </LinkButton>
        }
      >
        {t('runs.empty.own')}
      </EmptyList>
    )
  return (
    <EmptyList
      kind="runs"
      title={t('runs.empty.title')}
      action={
        <LinkButton href="/flows" tone="primary">
          {t('runs.empty.action')}
        </LinkButton>
      }
    >
      {t('runs.empty.text')}
    </EmptyList>
  )
}

function RunMenu({ run, name, onCancel }: { readonly run: Run; readonly name: string; readonly onCancel: (run: Run) => void }) {
  const t = useT()
  const mayAct = useMay()('runs.act')
  const retry = useAct(retryRun, { done: () => t('runs.retried'), refresh: [['runs']] })
  const isOpen = run.state === 'running' || run.state === 'waiting' || run.state === 'incident'
  // A failed run has ended, and what has ended is not tried again.
  const isStuck = run.state === 'incident'
  const icon = { size: 14, 'aria-hidden': true } as const
  const label = t('app.actions-for', { name })
  return (
    <Menu
      label={label}
      placement="bottom end"
      trigger={<IconButton label={label} icon={<Ellipsis size={16} aria-hidden="true" />} size="small" />}
      groups={[
        {
          id: 'open',
          entries: [
            { id: 'open', label: t('runs.open'), icon: <SquareArrowOutUpRight {...icon} />, onAction: () => go(`/runs/${run.id}`) },
            ...(typeof run.subject === 'string' && run.subject !== ''
              ? [
                  {
                    id: 'same',
                    label: t('runs.same-customer'),
                    icon: <UserRound {...icon} />,
                    onAction: () => go(`/runs?subject=${encodeURIComponent(run.subject ?? '')}`),
                  },
                ]
              : []),
          ],
        },
        {
          id: 'act',
          entries: mayAct
            ? [
                ...(isStuck
                  ? [{ id: 'retry', label: t('runs.retry'), icon: <RotateCw {...icon} />, onAction: () => retry.mutate(run.id) }]
                  : []),
                ...(isOpen
                  ? [
                      {
                        id: 'cancel',
                        label: t('runs.cancel'),
                        icon: <Ban {...icon} />,
                        isDanger: true,
                        onAction: () => onCancel(run),
                      },
                    ]
                  : []),
              ]
            : [],
        },
      ]}
    />
  )
}

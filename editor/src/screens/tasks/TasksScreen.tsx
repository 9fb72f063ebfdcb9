import { useQuery } from '@tanstack/react-query'
import { MousePointerClick, Plane } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { type TaskView, taskQuery, tasksQuery, useSession } from '../../app/api/index.ts'
import { useCommands } from '../../app/commands/index.ts'
import { needTexts, translate, useSay, useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { openQueue } from '../../app/offline/decision-queue.ts'
import { usePage } from '../../app/shell/page.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useFilters } from '../../app/use-filters.ts'
import { cx, EmptyState, IconButton, onDemand, Segments } from '../../ui/index.ts'
import { byDue } from './by-due.ts'
import { TaskList } from './TaskList.tsx'
import styles from './TasksScreen.module.css'

const TaskPane = onDemand(async () => (await import('./TaskPane.tsx')).TaskPane)

const PushHint = onDemand(async () => (await Promise.all([import('./PushHint.tsx'), needTexts('switches')]))[0].PushHint)

const AbsenceDialog = lazy(async () => ({ default: (await import('./AbsenceDialog.tsx')).AbsenceDialog }))

const views: readonly TaskView[] = ['open', 'mine', 'sent', 'answered']

/** Three panes: the list, the case, the decision. On a phone one after the other. */
export function TasksScreen({ taskId }: { readonly taskId: string | null }) {
  const t = useT()
  const say = useSay()
  const { filters, set } = useFilters()
  const user = useSession()?.user.id ?? null
  // Before the frame takes it up to send it: what is decided here must lie under this person's name.
  useEffect(() => {
    if (user !== null) openQueue(user)
  }, [user])
  const view = views.find((each) => each === filters.state) ?? 'open'
  const tasks = useQuery(tasksQuery(view))
  const found = tasks.data?.items
  const items = useMemo(() => (view === 'open' || view === 'mine' ? byDue(found ?? []) : (found ?? [])), [found, view])
  const search = view === 'open' ? '' : `?state=${view}`
  const hrefOf = (id: string) => `/tasks/${encodeURIComponent(id)}${search}`
  const open = items.find((task) => task.id === taskId)
  // Answered just now, it has left the list and is still the one that is read.
  const one = useQuery({ ...taskQuery(taskId ?? ''), enabled: taskId !== null, ...(open !== undefined && { placeholderData: open }) })
  const title = one.data === undefined ? '…' : say(one.data.titles ?? one.data.title) || t('tasks.untitled')
  usePage({
    crumbs: [{ label: t('app.screen.tasks'), href: `/tasks${search}` }, ...(taskId === null ? [] : [{ label: title }])],
  })
  const [isAway, setAway] = useState(false)
  const step = (by: number) => {
    const at = items.findIndex((task) => task.id === taskId)
    const next = items[Math.max(0, Math.min(items.length - 1, at + by))]
    if (next !== undefined) go(hrefOf(next.id))
  }
  useCommands([
    { id: 'tasks.next', title: () => translate('tasks.next'), keys: ['J'], scope: 'app', when: () => items.length > 0, run: () => step(1) },
    {
      id: 'tasks.previous',
      title: () => translate('tasks.previous'),
      keys: ['K'],
      scope: 'app',
      when: () => items.length > 0,
      run: () => step(-1),
    },
  ])
  return (
    <div className={cx(styles.screen, taskId !== null && styles.hasTask)}>
      <section className={styles.list} aria-label={t('app.screen.tasks')}>
        <header className={styles.listHead}>
          <ListTitle isPage={taskId === null} />
          <Segments<TaskView>
            label={t('tasks.view')}
            value={view}
            onChange={(next) => set({ state: next === 'open' ? undefined : next })}
            options={views.map((each) => ({ value: each, label: t(`tasks.view.${each}`) }))}
          />
          <IconButton label={t('tasks.away')} icon={<Plane size={16} aria-hidden="true" />} size="small" onPress={() => setAway(true)} />
        </header>
        {tasks.isError ? (
          <QueryProblem error={tasks.error} onRetry={() => void tasks.refetch()} />
        ) : (
          <TaskList tasks={items} isLoading={tasks.isPending} view={view} chosen={taskId} hrefOf={hrefOf} />
        )}
        <PushHint />
      </section>
      {taskId !== null ? (
        <TaskPane key={taskId} taskId={taskId} known={open} />
      ) : (
        <div className={styles.nothing}>
          {items.length > 0 && (
            <EmptyState picture={<MousePointerClick size={40} strokeWidth={1.4} />} title={t('tasks.choose')}>
              {t('tasks.choose.text')}
            </EmptyState>
          )}
        </div>
      )}
      <Suspense fallback={null}>{isAway && <AbsenceDialog onClose={() => setAway(false)} />}</Suspense>
    </div>
  )
}

/** The heading of the page while nothing is open beside it. */
function ListTitle({ isPage }: { readonly isPage: boolean }) {
  const t = useT()
  const title = t('app.screen.tasks')
  return isPage ? <h1 className={styles.title}>{title}</h1> : <h2 className={styles.title}>{title}</h2>
}

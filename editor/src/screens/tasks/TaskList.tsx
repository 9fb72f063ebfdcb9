import { CircleHelp, CloudUpload, TriangleAlert } from 'lucide-react'
import { type Task, type TaskView, useMay } from '../../app/api/index.ts'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { DueClock } from '../../app/names/DueClock.tsx'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useFlowName } from '../../app/names/use-flow-name.ts'
import { useDecisionQueue } from '../../app/offline/decision-queue.ts'
import { Badge, cx, LinkButton, PlainLink, Skeleton, StatusChip } from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import styles from './TasksScreen.module.css'

export function TaskList({
  tasks,
  isLoading,
  view,
  chosen,
  hrefOf,
}: {
  readonly tasks: readonly Task[]
  readonly isLoading: boolean
  readonly view: TaskView
  readonly chosen: string | null
  readonly hrefOf: (id: string) => string
}) {
  const t = useT()
  const builds = useMay()('flows.write')
  if (isLoading)
    return (
      <div className={styles.loading}>
        <Skeleton lines={8} height={16} />
      </div>
    )
  if (tasks.length === 0)
    return (
      <EmptyList
        kind="tasks"
        title={t(view === 'answered' ? 'tasks.empty.answered' : view === 'sent' ? 'tasks.empty.sent' : 'tasks.empty.open')}
        action={
          <LinkButton href={builds ? '/templates' : '/customers'} tone="primary">
            {t(builds ? 'empty.to.templates' : 'empty.to.customers')}
          </LinkButton>
        }
      >
        {t('tasks.empty.open.text')}
      </EmptyList>
    )
  return (
    <ul aria-label={t('app.screen.tasks')} className={styles.items}>
      {tasks.map((task) => (
        <li key={task.id}>
          <PlainLink
            href={hrefOf(task.id)}
            className={cx(styles.item, task.id === chosen && styles.chosen)}
            {...(task.id === chosen && { 'aria-current': 'true' as const })}
          >
            <TaskLine task={task} />
          </PlainLink>
        </li>
      ))}
    </ul>
  )
}

function TaskLine({ task }: { readonly task: Task }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const personName = usePersonName()
  const flowName = useFlowName()
  const queued = useDecisionQueue(({ items }) => items.find(({ id }) => id === task.id))
  return (
    <>
      <span className={styles.itemTitle}>
        {task.kind === 'question' && <CircleHelp size={14} aria-label={t('tasks.question')} />}
        {say(task.titles ?? task.title) || t('tasks.untitled')}
      </span>
      <span className={styles.itemLine}>
        {task.subject !== null && <CustomerName id={task.subject} isLink={false} />}
        <span>{flowName(task.flow)}</span>
        <span>
          {task.state === 'open' && task.claimedBy !== null
            ? t('tasks.claimed', { name: personName(task.claimedBy) })
            : personName(task.answeredBy ?? task.assignee)}
        </span>
      </span>
      <span className={styles.itemLine}>
        {queued !== undefined && (
          <Badge
            tone={queued.state === 'refused' ? 'error' : 'wait'}
            icon={
              queued.state === 'refused' ? <TriangleAlert size={13} aria-hidden="true" /> : <CloudUpload size={13} aria-hidden="true" />
            }
          >
            {t(queued.state === 'refused' ? 'tasks.queue.late' : 'tasks.queue.badge')}
          </Badge>
        )}
        {task.state !== 'open' ? (
          <>
            <StatusChip state={task.state} />
            {task.answeredAt !== null && <time dateTime={task.answeredAt}>{format.relative(task.answeredAt)}</time>}
          </>
        ) : task.dueAt === null ? (
          format.relative(task.createdAt)
        ) : (
          <DueClock dueAt={task.dueAt} />
        )}
      </span>
    </>
  )
}

import { CheckCheck } from 'lucide-react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import type { Task, TaskView } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { DueClock } from '../../app/names/DueClock.tsx'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useFlowName } from '../../app/names/use-flow-name.ts'
import { cx, EmptyState, Skeleton, StatusChip } from '../../ui/index.ts'
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
  if (isLoading)
    return (
      <div className={styles.loading}>
        <Skeleton lines={8} height={16} />
      </div>
    )
  if (tasks.length === 0)
    return (
      <EmptyState
        picture={<CheckCheck size={40} strokeWidth={1.4} />}
        title={t(view === 'answered' ? 'tasks.empty.answered' : 'tasks.empty.open')}
      >
        {t('tasks.empty.open.text')}
      </EmptyState>
    )
  return (
    <ListBox aria-label={t('app.screen.tasks')} className={styles.items ?? ''} selectionMode="none">
      {tasks.map((task) => (
        <ListBoxItem
          key={task.id}
          id={task.id}
          textValue={task.title}
          href={hrefOf(task.id)}
          className={cx(styles.item, task.id === chosen && styles.chosen)}
          {...(task.id === chosen && { 'aria-current': 'true' as const })}
        >
          <TaskLine task={task} />
        </ListBoxItem>
      ))}
    </ListBox>
  )
}

function TaskLine({ task }: { readonly task: Task }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const flowName = useFlowName()
  return (
    <>
      <span className={styles.itemTitle}>{task.title}</span>
      <span className={styles.itemLine}>
        {task.subject !== null && <CustomerName id={task.subject} isLink={false} />}
        <span>{flowName(task.flow)}</span>
        <span>{task.claimedBy === null ? personName(task.assignee) : t('tasks.claimed', { name: personName(task.claimedBy) })}</span>
      </span>
      <span className={styles.itemLine}>
        {task.state !== 'open' ? (
          <>
            <StatusChip state={task.state} />
            {task.answeredAt !== null && format.relative(task.answeredAt)}
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

import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { isProblem, type Task, taskQuery } from '../../app/api/index.ts'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { DueClock } from '../../app/names/DueClock.tsx'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useFieldLabel } from '../../app/names/use-field-label.ts'
import { useFlowName } from '../../app/names/use-flow-name.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { Badge, Facts, Link, LinkButton, StatusChip, ValueView } from '../../ui/index.ts'
import { Decision } from './Decision.tsx'
import { Proposal } from './Proposal.tsx'
import { besideProposal } from './proposal-in.ts'
import { Signers } from './Signers.tsx'
import styles from './TaskPane.module.css'
import { Thread } from './Thread.tsx'
import { useTaskWords } from './use-task-words.ts'

/** The case and the decision. */
export function TaskPane({
  taskId,
  known,
}: {
  readonly taskId: string /** As the list has it, for the time without a network. */
  readonly known: Task | undefined
}) {
  const task = useQuery({ ...taskQuery(taskId), ...(known !== undefined && { placeholderData: known }) })
  if (task.isError && isProblem(task.error, 0) && known !== undefined) return <Case task={known} />
  if (task.isError) return <QueryProblem error={task.error} onRetry={() => void task.refetch()} />
  if (task.isPending) return <ScreenLoading />
  return <Case task={task.data} />
}

function Case({ task }: { readonly task: Task }) {
  return (
    <article className={styles.pane} aria-labelledby="task-title">
      <div className={styles.case}>
        <Back />
        <Head task={task} />
        <Why task={task} />
        {task.redacted && (
          <p className={styles.notice}>
            <RedactedWords />
          </p>
        )}
        <Proposal task={task} />
        <Shown task={task} />
        <Signers task={task} />
        <Thread task={task} />
      </div>
      <Decision task={task} />
    </article>
  )
}

function Back() {
  const t = useT()
  return (
    <div className={styles.back}>
      <LinkButton href="/tasks" tone="quiet" size="small" icon={<ChevronLeft size={16} aria-hidden="true" />}>
        {t('app.screen.tasks')}
      </LinkButton>
    </div>
  )
}

function RedactedWords() {
  const t = useT()
  return t('tasks.redacted')
}

function Head({ task }: { readonly task: Task }) {
  const t = useT()
  const say = useSay()
  return (
    <header className={styles.head}>
      <div className={styles.chips}>
        <StatusChip state={task.state} />
        {task.kind === 'veto' && <Badge tone="human">{t('tasks.action.veto')}</Badge>}
        {task.state === 'open' && task.dueAt !== null && <DueClock dueAt={task.dueAt} />}
      </div>
      <h1 id="task-title" className={styles.title}>
        {say(task.titles ?? task.title) || t('tasks.untitled')}
      </h1>
    </header>
  )
}

function Why({ task }: { readonly task: Task }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const flowName = useFlowName()
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('tasks.why')}</h2>
      <p>
        {task.kind === 'question'
          ? t('tasks.why.question', { name: personName(task.sender) })
          : t('tasks.why.text', { flow: flowName(task.flow) })}
      </p>
      {task.standsInFor != null && <p className={styles.notice}>{t('tasks.why.deputy', { name: personName(task.standsInFor) })}</p>}
      {task.kind === 'veto' && <p className={styles.quiet}>{t('tasks.why.veto')}</p>}
      <Facts
        items={[
          ...(task.subject === null ? [] : [{ name: t('tasks.customer'), value: <CustomerName id={task.subject} /> }]),
          { name: t('tasks.assignee'), value: personName(task.assignee) },
          ...(task.claimedBy === null ? [] : [{ name: t('tasks.claimed-by'), value: personName(task.claimedBy) }]),
          ...(task.sender == null ? [] : [{ name: t('tasks.sender'), value: personName(task.sender) }]),
          { name: t('tasks.since'), value: <span title={format.exact(task.createdAt)}>{format.relative(task.createdAt)}</span> },
          { name: t('tasks.run'), value: <Link href={`/runs/${task.run}`}>{t('tasks.run.open')}</Link> },
        ]}
      />
    </section>
  )
}

function Shown({ task }: { readonly task: Task }) {
  const t = useT()
  const labelOf = useFieldLabel()
  const wordOf = useTaskWords(task)
  const rest = besideProposal(task.shown)
  if (rest === null) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('tasks.shown')}</h2>
      <div className={styles.shown}>
        <ValueView value={rest} labelOf={labelOf} wordOf={wordOf} />
      </div>
    </section>
  )
}

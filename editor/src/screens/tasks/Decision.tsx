import { useQueryClient } from '@tanstack/react-query'
import { Forward, Hand } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { answerTask, claimTask, isProblem, type ProblemError, type Task, useSession } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { announce } from '../../app/shell/announce.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, type FormData, type FormSchema, flawsOf, initialData, Skeleton, useFlawWords, ValueView } from '../../ui/index.ts'
import { isAgainst, useActionName } from './action-names.ts'
import styles from './TaskPane.module.css'

const SchemaForm = lazy(async () => ({ default: (await import('../../ui/schema-form/SchemaForm.tsx')).SchemaForm }))
const TransferDialog = lazy(async () => ({ default: (await import('./TransferDialog.tsx')).TransferDialog }))

/** The form and its answers. Sent once, bound to the hash of what was shown. */
export function Decision({ task }: { readonly task: Task }) {
  if (task.state !== 'open') return <Answered task={task} />
  return task.mayAnswer ? <OpenDecision task={task} /> : <NotYours task={task} />
}

function Answered({ task }: { readonly task: Task }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const actionName = useActionName()
  return (
    <aside className={styles.decision}>
      <div className={styles.fill}>
        <h2 className={styles.heading}>{t('tasks.decision')}</h2>
        {task.action !== null && <strong>{t('tasks.answered', { action: actionName(task.action) })}</strong>}
        {task.answeredAt !== null && (
          <p className={styles.quiet}>
            {t('tasks.answered.by', { name: personName(task.answeredBy), when: format.dateTime(task.answeredAt) })}
          </p>
        )}
        {task.data !== null && <ValueView value={task.data} />}
      </div>
    </aside>
  )
}

function NotYours({ task }: { readonly task: Task }) {
  const t = useT()
  const personName = usePersonName()
  const [isOpen, open] = useState(false)
  return (
    <aside className={styles.decision}>
      <div className={styles.fill}>
        <h2 className={styles.heading}>{t('tasks.decision')}</h2>
        <p>{t('tasks.not-yours', { name: personName(task.assignee) })}</p>
        {task.mayTransfer && (
          <Button icon={<Forward size={15} aria-hidden="true" />} onPress={() => open(true)}>
            {t('tasks.transfer')}
          </Button>
        )}
      </div>
      <Suspense fallback={null}>{isOpen && <TransferDialog task={task} onClose={() => open(false)} />}</Suspense>
    </aside>
  )
}

function OpenDecision({ task }: { readonly task: Task }) {
  const t = useT()
  const me = useSession()?.user.id
  const client = useQueryClient()
  const flawWords = useFlawWords()
  const actionName = useActionName()
  const schema = task.form as FormSchema
  const [data, setData] = useState<FormData>(() => initialData(schema))
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map())
  const [conflict, setConflict] = useState<ProblemError | null>(null)
  const [isPassing, pass] = useState(false)
  const form = useRef<HTMLDivElement>(null)
  const refresh = [['tasks'], ['runs']] as const
  const claim = useAct(claimTask, { done: () => t('tasks.claim.done'), refresh })
  const answer = useAct(answerTask, {
    refresh,
    onDone: (_, sent) => announce(t('tasks.answered', { action: actionName(sent.action) })),
    done: (_, sent) => t('tasks.answered', { action: actionName(sent.action) }),
    onProblem: (error) => {
      if (isProblem(error, 409)) {
        setConflict(error)
        return true
      }
      if (!isProblem(error, 422) || error.errors.length === 0) return false
      setErrors(new Map(error.errors.map((each) => [each.path.replace(/^\/data/, ''), each.message])))
      return true
    },
  })
  const fields = Object.keys(schema.properties ?? {})
  const decide = (action: string) => {
    const flaws = flawsOf(schema, data)
    setErrors(new Map([...flaws].map(([path, flaw]) => [path, flawWords(flaw, schema.properties?.[path.slice(1)])])))
    if (flaws.size === 0) answer.mutate({ id: task.id, action, data, shownHash: task.shownHash })
    else showFirstFlaw(form.current)
  }
  const isMine = task.claimedBy !== null && task.claimedBy === me
  return (
    <aside className={styles.decision} aria-label={t('tasks.decision')}>
      <div className={styles.fill} ref={form}>
        <h2 className={styles.heading}>{t('tasks.decision')}</h2>
        {conflict !== null && (
          <Conflict
            problem={conflict}
            onReload={() => {
              setConflict(null)
              void client.invalidateQueries({ queryKey: ['tasks'] })
            }}
          />
        )}
        {fields.length === 0 ? (
          <p className={styles.quiet}>{t('tasks.no-form')}</p>
        ) : (
          <Suspense fallback={<Skeleton lines={3} height={32} />}>
            <SchemaForm schema={schema} data={data} onChange={setData} errors={errors} isDisabled={answer.isPending} />
          </Suspense>
        )}
      </div>
      <footer className={styles.bar}>
        <div className={styles.choices}>
          {task.actions.map((action, index) => (
            <Button
              key={action}
              size="large"
              tone={isAgainst(action) ? 'danger' : index === 0 ? 'primary' : 'secondary'}
              isPending={answer.isPending && answer.variables?.action === action}
              isDisabled={answer.isPending || conflict !== null}
              onPress={() => decide(action)}
            >
              {actionName(action)}
            </Button>
          ))}
        </div>
        <div className={styles.own}>
          {isMine ? (
            <span className={styles.quiet}>{t('tasks.claimed.you')}</span>
          ) : (
            <Button
              tone="quiet"
              size="small"
              icon={<Hand size={14} aria-hidden="true" />}
              onPress={() => claim.mutate(task.id)}
              isPending={claim.isPending}
              isDisabled={task.claimedBy !== null}
            >
              {t('tasks.claim')}
            </Button>
          )}
          {task.mayTransfer && (
            <Button tone="quiet" size="small" icon={<Forward size={14} aria-hidden="true" />} onPress={() => pass(true)}>
              {t('tasks.transfer')}
            </Button>
          )}
        </div>
      </footer>
      <Suspense fallback={null}>{isPassing && <TransferDialog task={task} onClose={() => pass(false)} />}</Suspense>
    </aside>
  )
}

/** The field to mend may be above or below what a phone shows. */
function showFirstFlaw(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const field = form?.querySelector<HTMLElement>('[data-invalid] input, [data-invalid] textarea, [data-invalid] button')
    field?.focus()
    field?.scrollIntoView({ block: 'center' })
  })
}

function Conflict({ problem, onReload }: { readonly problem: ProblemError; readonly onReload: () => void }) {
  const t = useT()
  return (
    <div className={styles.conflict} role="alert">
      <strong>{t('tasks.conflict')}</strong>
      <p>{problem.code === 'SLU_TASK_CHANGED' ? t('tasks.conflict.changed') : problem.message}</p>
      <Button size="small" onPress={onReload}>
        {t('tasks.conflict.reload')}
      </Button>
    </div>
  )
}

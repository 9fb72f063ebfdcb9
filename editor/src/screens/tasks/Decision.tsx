import { Forward } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Task } from '../../app/api/index.ts'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useFieldLabel } from '../../app/names/use-field-label.ts'
import { useDecisionQueue } from '../../app/offline/decision-queue.ts'
import { Button, ValueView } from '../../ui/index.ts'
import type { FormSchema } from '../../ui/schema-form/schema.ts'
import { useActionName } from './action-names.ts'
import { OpenDecision } from './OpenDecision.tsx'
import { QueuedNotice } from './QueuedNotice.tsx'
import { TakeBack } from './TakeBack.tsx'
import styles from './TaskPane.module.css'

const TransferDialog = lazy(async () => ({ default: (await import('./TransferDialog.tsx')).TransferDialog }))

/** The form and its answers. Sent once, bound to the hash of what was shown. */
export function Decision({ task }: { readonly task: Task }) {
  const queued = useDecisionQueue(({ items }) => items.find(({ id }) => id === task.id))
  if (queued !== undefined) return <QueuedNotice queued={queued} />
  if (task.state !== 'open') return <Answered task={task} />
  return task.mayAnswer ? <OpenDecision task={task} /> : <NotYours task={task} />
}

function Answered({ task }: { readonly task: Task }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const actionName = useActionName()
  const titles = useFormTitles(task)
  return (
    <aside className={styles.decision}>
      <div className={styles.fill}>
        <h2 className={styles.heading}>{t('tasks.decision')}</h2>
        {task.action !== null && <strong>{t('tasks.answered', { action: actionName(task.action) })}</strong>}
        {task.action === null && <p>{t('tasks.closed')}</p>}
        {task.action !== null && task.answeredAt !== null && (
          <p className={styles.quiet}>
            {t('tasks.answered.by', { name: personName(task.answeredBy), when: format.dateTime(task.answeredAt) })}
          </p>
        )}
        {task.answeredFor != null && <p className={styles.quiet}>{t('tasks.signers.for', { name: personName(task.answeredFor) })}</p>}
        {task.heldUntil != null && <p className={styles.notice}>{t('tasks.held', { time: format.moment(task.heldUntil) })}</p>}
        {task.data !== null && <ValueView value={task.data} labelOf={titles} />}
      </div>
    </aside>
  )
}

/** What was filled in, under the names it had in the form. */
function useFormTitles({ form }: Task): (name: string) => string {
  const say = useSay()
  const labelOf = useFieldLabel()
  const { properties = {} } = form as FormSchema
  return (name) => say(properties[name]?.['x-title'] ?? properties[name]?.title) || labelOf(name)
}

function NotYours({ task }: { readonly task: Task }) {
  const t = useT()
  const personName = usePersonName()
  const [isOpen, open] = useState(false)
  return (
    <aside className={styles.decision}>
      <div className={styles.fill}>
        <h2 className={styles.heading}>{t('tasks.decision')}</h2>
        <p>{task.own === true ? t('tasks.own') : t('tasks.not-yours', { name: personName(task.assignee) })}</p>
        {task.mayTransfer && (
          <Button icon={<Forward size={15} aria-hidden="true" />} onPress={() => open(true)}>
            {t('tasks.transfer')}
          </Button>
        )}
        <TakeBack task={task} />
      </div>
      <Suspense fallback={null}>{isOpen && <TransferDialog task={task} onClose={() => open(false)} />}</Suspense>
    </aside>
  )
}

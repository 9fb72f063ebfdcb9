import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import type { ProblemError, Task } from '../../app/api/index.ts'
import { useCommands } from '../../app/commands/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { Button, type FormData, type FormSchema, flawsOf, initialData, Skeleton, useFlawWords } from '../../ui/index.ts'
import { isAgainst, useActionName } from './action-names.ts'
import { OtherActs } from './OtherActs.tsx'
import styles from './TaskPane.module.css'
import { useDecide } from './use-decide.ts'

const SchemaForm = lazy(async () => ({ default: (await import('../../ui/schema-form/SchemaForm.tsx')).SchemaForm }))

export function OpenDecision({ task }: { readonly task: Task }) {
  const t = useT()
  const client = useQueryClient()
  const flawWords = useFlawWords()
  const actionName = useActionName()
  const schema = task.form as FormSchema
  const [data, setData] = useState<FormData>(() => initialData(schema))
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map())
  const form = useRef<HTMLDivElement>(null)
  /** What this person has had before their eyes; it may change behind their back. */
  const [seen, see] = useState(task.shownHash)
  const { decide, act, conflict, clear } = useDecide(task, setErrors)
  const fields = Object.keys(schema.properties ?? {})
  const hasChanged = seen !== task.shownHash
  const choose = (action: string | undefined) => {
    if (action === undefined || hasChanged) return
    const flaws = flawsOf(schema, data)
    setErrors(new Map([...flaws].map(([path, flaw]) => [path, flawWords(flaw, schema.properties?.[path.slice(1)])])))
    if (flaws.size === 0) decide(action, data)
    else showFirstFlaw(form.current)
  }
  const against = task.actions.find(isAgainst)
  const isFree = () => !act.isPending && conflict === null && !hasChanged
  useCommands([
    {
      id: 'tasks.decide-for',
      title: () => actionName(task.actions[0] ?? ''),
      // Money is not approved by brushing one key.
      keys: [task.kind === 'veto' ? 'Shift+A' : 'A'],
      scope: 'app',
      when: isFree,
      run: () => choose(task.actions[0]),
    },
    ...(against === undefined
      ? []
      : [
          {
            id: 'tasks.decide-against',
            title: () => actionName(against),
            keys: ['R', 'V'],
            scope: 'app' as const,
            when: isFree,
            run: () => choose(against),
          },
        ]),
  ])
  return (
    <aside className={styles.decision} aria-label={t('tasks.decision')}>
      <div className={styles.fill} ref={form}>
        <h2 className={styles.heading}>{t('tasks.decision')}</h2>
        {conflict !== null && (
          <Conflict
            problem={conflict}
            onReload={() => {
              clear()
              see(task.shownHash)
              void client.invalidateQueries({ queryKey: ['tasks'] })
            }}
          />
        )}
        {hasChanged && conflict === null && (
          <div className={styles.conflict} role="alert">
            <strong>{t('tasks.changed')}</strong>
            <p>{t('tasks.conflict.changed')}</p>
            <Button size="small" onPress={() => see(task.shownHash)}>
              {t('tasks.changed.read')}
            </Button>
          </div>
        )}
        {fields.length === 0 ? (
          <p className={styles.quiet}>{t('tasks.no-form')}</p>
        ) : (
          <Suspense fallback={<Skeleton lines={3} height={32} />}>
            <SchemaForm schema={schema} data={data} onChange={setData} errors={errors} isDisabled={act.isPending} />
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
              isPending={act.isPending && act.variables?.action === action}
              isDisabled={!isFree()}
              onPress={() => choose(action)}
            >
              {actionName(action)}
            </Button>
          ))}
        </div>
        <OtherActs task={task} />
      </footer>
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

import type { Json } from '@sluice/flows'
import { useState } from 'react'
import { useFormat, useSay, useT } from '../../../app/i18n/index.ts'
import { usePersonName } from '../../../app/names/PersonName.tsx'
import { useFlowEditor } from '../../../canvas/flow-editor.ts'
import { portsOfStep } from '../../../doc/index.ts'
import { journalOf, type OpenTask, openTasks } from '../../../simulate/result.ts'
import { answered } from '../../../simulate/session.ts'
import { Button, onDemand, TextArea } from '../../../ui/index.ts'
import type { FormData } from '../../../ui/schema-form/SchemaForm.tsx'
import type { FormSchema } from '../../../ui/schema-form/schema.ts'
import styles from './Simulate.module.css'
import type { Simulation } from './use-simulation.ts'

const SchemaForm = onDemand(async () => (await import('../../../ui/schema-form/SchemaForm.tsx')).SchemaForm)

/** Tasks that wait for somebody: here one answers as whoever is asked. */
export function OpenWork({
  simulation,
  titleOf,
  isLatest,
}: {
  readonly simulation: Simulation
  readonly titleOf: (node: string) => string
  readonly isLatest: boolean
}) {
  const t = useT()
  const { state, run } = simulation
  if (state.result === null || run === null || !isLatest) return null
  const tasks = openTasks(journalOf(state.result, run.run))
  if (tasks.length === 0) return null
  return (
    <section className={styles.card} aria-label={t('simulate.tasks')}>
      <h4>{t('simulate.tasks')}</h4>
      <p className={styles.quiet}>{t('simulate.tasks.lead')}</p>
      {tasks.map((task) => (
        <Task key={`${task.node}${task.askedAt}`} task={task} title={titleOf(task.node)} simulation={simulation} />
      ))}
    </section>
  )
}

const nothingWrong: ReadonlyMap<string, string> = new Map()

/** The questions that whoever answers would be asked; null where there are none, or where they are computed. */
function formOf(config: Readonly<Record<string, unknown>> | undefined): FormSchema | null {
  const form = config?.form
  if (typeof form !== 'object' || form === null || Array.isArray(form)) return null
  const { properties } = form as FormSchema
  return properties === undefined || Object.keys(properties).length === 0 ? null : (form as FormSchema)
}

function Task({ task, title, simulation }: { readonly task: OpenTask; readonly title: string; readonly simulation: Simulation }) {
  const t = useT()
  const format = useFormat()
  const [text, setText] = useState('{}')
  const [wrong, setWrong] = useState<string | null>(null)
  const { store, state, file } = simulation
  const say = useSay()
  const { flow, catalogue } = useFlowEditor()
  const step = flow.getState().doc.nodes.get(task.node)
  const personName = usePersonName()
  const schema = formOf(step?.config)
  const [filled, setFilled] = useState<FormData>({})
  const ports = step === undefined ? [] : portsOfStep(step, catalogue).outputs
  function answer(action: string): void {
    if (state.session === null) return
    try {
      void store.tell(answered(state.session, task, action, schema === null ? (JSON.parse(text) as Json) : (filled as Json)), file())
    } catch (thrown) {
      setWrong(t('canvas.run.bad-json', { reason: thrown instanceof Error ? thrown.message : '' }))
    }
  }
  return (
    <div className={styles.task} data-testid="simulate-task" data-node={task.node}>
      <b>{title}</b>
      {task.asked !== null && <span className={styles.quiet}>{t('simulate.asks', { who: personName(task.asked) })}</span>}
      {task.dueAt !== null && <span className={styles.quiet}>{t('runs.until', { when: format.dateTime(task.dueAt) })}</span>}
      {schema === null ? (
        <TextArea label={t('simulate.answer-data')} value={text} onChange={setText} rows={2} isCode spellCheck="false" error={wrong} />
      ) : (
        <SchemaForm schema={schema} data={filled} onChange={setFilled} errors={nothingWrong} isDisabled={state.isPlaying} />
      )}
      <div className={styles.jumps}>
        {task.actions.map((action) => (
          <Button key={action} size="small" isDisabled={state.isPlaying} onPress={() => answer(action)}>
            {say(ports.find(({ name }) => name === action)?.label ?? action)}
          </Button>
        ))}
      </div>
    </div>
  )
}

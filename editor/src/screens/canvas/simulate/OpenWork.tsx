import type { Json } from '@sluice/flows'
import { useState } from 'react'
import { useFormat, useSay, useT } from '../../../app/i18n/index.ts'
import { useFlowEditor } from '../../../canvas/flow-editor.ts'
import { portsOfStep } from '../../../doc/index.ts'
import { journalOf, type OpenTask, openTasks } from '../../../simulate/result.ts'
import { answered } from '../../../simulate/session.ts'
import { Button, TextArea } from '../../../ui/index.ts'
import styles from './Simulate.module.css'
import type { Simulation } from './use-simulation.ts'

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

function Task({ task, title, simulation }: { readonly task: OpenTask; readonly title: string; readonly simulation: Simulation }) {
  const t = useT()
  const format = useFormat()
  const [text, setText] = useState('{}')
  const [wrong, setWrong] = useState<string | null>(null)
  const { store, state, file } = simulation
  const say = useSay()
  const { flow, catalogue } = useFlowEditor()
  const step = flow.getState().doc.nodes.get(task.node)
  const ports = step === undefined ? [] : portsOfStep(step, catalogue).outputs
  function answer(action: string): void {
    if (state.session === null) return
    try {
      void store.tell(answered(state.session, task, action, JSON.parse(text) as Json), file())
    } catch (thrown) {
      setWrong(t('canvas.run.bad-json', { reason: thrown instanceof Error ? thrown.message : '' }))
    }
  }
  return (
    <div className={styles.task} data-testid="simulate-task" data-node={task.node}>
      <b>{title}</b>
      {task.dueAt !== null && <span className={styles.quiet}>{t('runs.until', { when: format.dateTime(task.dueAt) })}</span>}
      <TextArea label={t('simulate.answer-data')} value={text} onChange={setText} rows={2} isCode spellCheck="false" error={wrong} />
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

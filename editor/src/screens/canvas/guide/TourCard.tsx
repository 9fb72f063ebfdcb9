import { Check, Footprints, Minus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useMay } from '../../../app/api/index.ts'
import { useT } from '../../../app/i18n/index.ts'
import { announce } from '../../../app/shell/announce.ts'
import { useFlowEditor } from '../../../canvas/flow-editor.ts'
import { Button, IconButton, keyNames } from '../../../ui/index.ts'
import styles from './Guide.module.css'
import { showMe } from './show-me.ts'
import { currentTask, type Tour, type TourTask, tasksFor } from './tour.ts'
import { actTour } from './tour-store.ts'
import { useCorner } from './use-corner.ts'

/** The task of now with how far one is. Beside the work, never in its way: it takes no focus and moves aside. */
export function TourCard({ tour }: { readonly tour: Tour }) {
  const t = useT()
  const may = useMay()
  const editor = useFlowEditor()
  const card = useRef<HTMLElement>(null)
  const corner = useCorner(card)
  const tasks = tasksFor(may)
  const task = currentTask(tour, tasks)
  useSaying(tour, task)
  return (
    <section
      ref={card}
      className={styles.card}
      data-corner={corner}
      aria-label={t('tour.title')}
      data-testid="tour"
      data-task={task ?? 'none'}
    >
      <header className={styles.head}>
        <h3 className={styles.title}>
          <Footprints size={16} aria-hidden="true" />
          {task === null ? t('tour.over.title') : t(`tour.task.${task}`)}
        </h3>
        <span className={styles.quiet}>
          {t('tour.progress', { done: task === null ? tasks.length : tasks.indexOf(task) + 1, all: tasks.length })}
        </span>
        <IconButton
          size="small"
          label={t(task === null ? 'tour.close' : 'tour.leave')}
          icon={<X size={14} aria-hidden="true" />}
          onPress={() => actTour({ kind: 'leave' })}
        />
      </header>
      <p>{task === null ? t('tour.over', { keys: keyNames('Mod+K').join(' ') }) : t(`tour.task.${task}.how`)}</p>
      <ol className={styles.steps}>
        {tasks.map((each) => (
          <Mark key={each} task={each} state={stateOf(tour, each, task)} />
        ))}
      </ol>
      {task !== null && (
        <div className={styles.acts}>
          <Button size="small" onPress={() => showMe(editor, task)}>
            {t('tour.show')}
          </Button>
          <Button size="small" tone="quiet" onPress={() => actTour({ kind: 'skip', task })}>
            {t('tour.skip')}
          </Button>
        </div>
      )}
    </section>
  )
}

type MarkState = 'done' | 'passed' | 'now' | 'open'

function stateOf(tour: Tour, task: TourTask, now: TourTask | null): MarkState {
  if (tour.done.includes(task)) return 'done'
  if (tour.passed.includes(task)) return 'passed'
  return task === now ? 'now' : 'open'
}

function Mark({ task, state }: { readonly task: TourTask; readonly state: MarkState }) {
  const t = useT()
  return (
    <li className={styles.step} data-state={state} title={`${t(`tour.task.${task}`)} · ${t(`tour.state.${state}`)}`}>
      {state === 'done' && <Check size={11} strokeWidth={3} aria-hidden="true" />}
      {state === 'passed' && <Minus size={11} strokeWidth={3} aria-hidden="true" />}
      <span className="visually-hidden">
        {t(`tour.task.${task}`)}: {t(`tour.state.${state}`)}
      </span>
    </li>
  )
}

/** Tells those who do not see the card that a task is done, and what comes next. */
function useSaying(tour: Tour, task: TourTask | null): void {
  const t = useT()
  const told = useRef(tour.done)
  useEffect(() => {
    const fresh = tour.done.find((each) => !told.current.includes(each))
    told.current = tour.done
    if (task === null) announce(t('tour.say.all'))
    else if (fresh !== undefined) announce(t('tour.say.done', { task: t(`tour.task.${fresh}`), next: t(`tour.task.${task}`) }))
  }, [tour, task, t])
}

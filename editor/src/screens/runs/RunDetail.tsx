import type { Run } from '../../app/api/index.ts'
import { ErrorLine } from '../../app/failures/index.ts'
import { type MessageId, useFormat, useT } from '../../app/i18n/index.ts'
import styles from './RunsScreen.module.css'

const waitKinds: Readonly<Record<string, MessageId>> = {
  task: 'runs.waits.task',
  timer: 'runs.waits.timer',
  event: 'runs.waits.event',
  act: 'runs.waits.effect',
  call: 'runs.waits.call',
  join: 'runs.waits.join',
  each: 'runs.waits.each',
  undo: 'runs.waits.undo',
  lock: 'runs.waits.lock',
  milestone: 'runs.waits.milestone',
  retry: 'runs.waits.retry',
  effect: 'runs.waits.effect',
}

/** One line about where the run stands: what it waits for, or why it stopped. */
export function RunDetail({ run }: { readonly run: Run }) {
  const t = useT()
  const format = useFormat()
  if (run.error != null) {
    return (
      <span className={styles.error}>
        <ErrorLine error={run.error} />
      </span>
    )
  }
  const [wait, ...more] = run.waits ?? []
  if ((run.state !== 'waiting' && run.state !== 'incident') || wait === undefined) return <span className={styles.quiet}>—</span>
  const kind = waitKinds[wait.kind]
  return (
    <span className={styles.quiet}>
      {kind === undefined ? wait.kind : t(kind)}
      {wait.dueAt !== null && wait.dueAt !== undefined && ` · ${t('runs.until', { when: format.relative(wait.dueAt) })}`}
      {more.length > 0 && ` · +${more.length}`}
    </span>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { dropDecision, type QueuedDecision } from '../../app/offline/decision-queue.ts'
import { Button } from '../../ui/index.ts'
import { useActionName } from './action-names.ts'
import styles from './TaskPane.module.css'

/** A decision made without a network: it waits, or came too late and says why. */
export function QueuedNotice({ queued }: { readonly queued: QueuedDecision }) {
  const t = useT()
  const format = useFormat()
  const actionName = useActionName()
  const client = useQueryClient()
  const isRefused = queued.state === 'refused'
  const drop = () => {
    dropDecision(queued.id)
    void client.invalidateQueries({ queryKey: ['tasks'] })
  }
  return (
    <aside className={styles.decision} aria-label={t('tasks.decision')}>
      <div className={styles.fill}>
        <h2 className={styles.heading}>{t('tasks.decision')}</h2>
      </div>
      <footer className={styles.bar}>
        <div className={styles.conflict} role={isRefused ? 'alert' : 'status'}>
          <strong>{isRefused ? t('tasks.queue.late') : t('tasks.queue.waits', { action: actionName(queued.action) })}</strong>
          <p>
            {isRefused
              ? t('tasks.queue.late.text', {
                  action: actionName(queued.action),
                  time: format.dateTime(queued.at),
                  reason: queued.reason ?? '',
                })
              : t('tasks.queue.waits.text')}
          </p>
          <Button size="small" onPress={drop}>
            {isRefused ? t('tasks.conflict.reload') : t('tasks.queue.take-back')}
          </Button>
        </div>
      </footer>
    </aside>
  )
}

import { MessageSquare } from 'lucide-react'
import { useState } from 'react'
import type { Task } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { Button } from '../../ui/index.ts'
import styles from './TaskPane.module.css'
import { WordsDialog } from './WordsDialog.tsx'

/** What was said and done about it, oldest first. */
export function Thread({ task }: { readonly task: Task }) {
  const t = useT()
  const format = useFormat()
  const personName = usePersonName()
  const [isSaying, say] = useState(false)
  const thread = task.thread ?? []
  const maySay = task.state === 'open' && (task.mayAsk || task.mayWithdraw)
  if (thread.length === 0 && !maySay) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('tasks.thread')}</h2>
      <ol className={styles.thread}>
        {thread.map((note) => (
          <li key={note.id} className={styles.note}>
            <span className={styles.quiet}>
              <b>{note.by === null ? t('tasks.thread.clock') : personName(note.by)}</b>{' '}
              {t(`tasks.act.${note.act}`, { to: note.to === null ? '' : personName(note.to) })} · {format.relative(note.at)}
            </span>
            {note.text !== null && note.text !== '' && <p className={styles.said}>{note.text}</p>}
          </li>
        ))}
      </ol>
      {maySay && (
        <div>
          <Button tone="quiet" size="small" icon={<MessageSquare size={14} aria-hidden="true" />} onPress={() => say(true)}>
            {t('tasks.comment')}
          </Button>
        </div>
      )}
      {isSaying && <WordsDialog act="comment" task={task} onClose={() => say(false)} />}
    </section>
  )
}

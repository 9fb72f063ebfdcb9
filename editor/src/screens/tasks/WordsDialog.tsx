import { useState } from 'react'
import { askAbout, commentOn, returnTask, type Task, withdrawTask } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, TextArea } from '../../ui/index.ts'
import { PersonPick } from './PersonPick.tsx'

export type WordsAct = 'ask' | 'comment' | 'return' | 'withdraw'

/** What needs a few words: a question, a comment, giving it back, taking it back. */
export function WordsDialog({ act, task, onClose }: { readonly act: WordsAct; readonly task: Task; readonly onClose: () => void }) {
  const t = useT()
  const [text, setText] = useState('')
  const [to, setTo] = useState<string | null>(task.sender)
  const needsText = act === 'ask' || act === 'comment'
  const needsPerson = act === 'ask' && task.sender === null
  const send = useAct(
    (words: string) => {
      if (act === 'ask') return askAbout({ id: task.id, text: words, ...(to !== null && to !== task.sender && { to }) })
      if (act === 'comment') return commentOn({ id: task.id, text: words })
      return act === 'return' ? returnTask({ id: task.id, comment: words }) : withdrawTask({ id: task.id, comment: words })
    },
    { done: () => t(`tasks.${act}.done`), refresh: [['tasks']], onDone: onClose },
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`tasks.${act}.title`)}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone={act === 'withdraw' ? 'danger' : 'primary'}
            isDisabled={(needsText && text.trim() === '') || (needsPerson && to === null)}
            isPending={send.isPending}
            onPress={() => send.mutate(text.trim())}
          >
            {t(`tasks.${act}`)}
          </Button>
        </>
      }
    >
      {act === 'ask' && needsPerson && <PersonPick label={t('tasks.ask.who')} value={to} onChange={setTo} />}
      <TextArea
        label={needsText ? t(`tasks.${act}.text`) : t('tasks.comment.optional')}
        value={text}
        onChange={setText}
        maxLength={2_000}
        autoFocus
      />
    </Dialog>
  )
}

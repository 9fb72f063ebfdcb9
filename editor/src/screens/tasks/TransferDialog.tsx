import { useState } from 'react'
import { type Task, transferTask } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, TextArea } from '../../ui/index.ts'
import { PersonPick } from './PersonPick.tsx'

/** To a rep, or to everyone with a role; it can come back. */
export function TransferDialog({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) {
  const t = useT()
  const personName = usePersonName()
  const [to, setTo] = useState<string | null>(null)
  const [comment, setComment] = useState('')
  const transfer = useAct(transferTask, {
    done: (_, sent) => t('tasks.transfer.done', { name: personName(sent.to) }),
    refresh: [['tasks']],
    onDone: onClose,
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('tasks.transfer.title')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={to === null}
            isPending={transfer.isPending}
            onPress={() => to !== null && transfer.mutate({ id: task.id, to, comment })}
          >
            {t('tasks.transfer')}
          </Button>
        </>
      }
    >
      <PersonPick label={t('tasks.transfer.to')} value={to} onChange={setTo} without={[task.assignee]} />
      <TextArea label={t('tasks.comment.optional')} value={comment} onChange={setComment} maxLength={2_000} />
    </Dialog>
  )
}

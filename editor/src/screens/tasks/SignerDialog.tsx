import { useState } from 'react'
import { addSigner, type Task } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, RadioGroup, TextArea } from '../../ui/index.ts'
import { PersonPick } from './PersonPick.tsx'

type Place = 'before' | 'with' | 'after'
const places: readonly Place[] = ['before', 'with', 'after']

/** One more person signs, before, beside or after. */
export function SignerDialog({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) {
  const t = useT()
  const personName = usePersonName()
  const [to, setTo] = useState<string | null>(null)
  const [place, setPlace] = useState<Place>('with')
  const [comment, setComment] = useState('')
  const add = useAct(addSigner, {
    done: (_, sent) => t('tasks.signer.done', { name: personName(sent.to) }),
    refresh: [['tasks']],
    onDone: onClose,
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('tasks.signer.title')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={to === null}
            isPending={add.isPending}
            onPress={() => to !== null && add.mutate({ id: task.id, to, place, comment })}
          >
            {t('tasks.signer')}
          </Button>
        </>
      }
    >
      <PersonPick label={t('tasks.signer.who')} value={to} onChange={setTo} />
      <RadioGroup<Place>
        label={t('tasks.signer.when')}
        value={place}
        onChange={setPlace}
        options={places.map((each) => ({ value: each, label: t(`tasks.signer.${each}`) }))}
      />
      <TextArea label={t('tasks.comment.optional')} value={comment} onChange={setComment} maxLength={2_000} />
    </Dialog>
  )
}

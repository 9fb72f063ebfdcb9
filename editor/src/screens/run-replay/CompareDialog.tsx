import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Page, type Run } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { Button, Dialog, Select, TextField } from '../../ui/index.ts'

/** Which run to lay beside this one: one of the latest of the same flow, or any by its id. */
export function CompareDialog({
  run,
  onChoose,
  onClose,
}: {
  readonly run: Run
  readonly onChoose: (other: string) => void
  readonly onClose: () => void
}) {
  const t = useT()
  const format = useFormat()
  const found = useQuery({
    queryKey: ['runs', 'latest', run.flow],
    queryFn: ({ signal }) => api.get<Page<Run>>('/runs', { flow: run.flow, limit: 20 }, signal),
  })
  const others = (found.data?.items ?? []).filter(({ id }) => id !== run.id)
  const [chosen, setChosen] = useState('')
  const [typed, setTyped] = useState('')
  const other = typed.trim() === '' ? chosen : typed.trim()
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('replay.compare.title')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" isDisabled={other === ''} onPress={() => onChoose(other)}>
            {t('replay.compare.do')}
          </Button>
        </>
      }
    >
      <Select
        label={t('replay.compare.latest')}
        value={chosen}
        onChange={setChosen}
        options={others.map((one) => ({
          value: one.id,
          label: `${one.id.slice(-6)} · v${one.version} · ${one.subject ?? ''} · ${format.relative(one.startedAt)}`,
        }))}
      />
      <TextField label={t('replay.compare.id')} value={typed} onChange={setTyped} isCode />
    </Dialog>
  )
}

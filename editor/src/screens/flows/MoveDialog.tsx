import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FlowSummary } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, RadioGroup, TextField } from '../../ui/index.ts'
import styles from '../runs/Operate.module.css'
import { movedWords } from './FolderList.tsx'
import { createFolder, foldersQuery, noFolder, placeFlow } from './folder-api.ts'

const fresh = 'new'

/** Into a folder, into one made just now, or out of it: what dragging a flow onto a folder does, by keyboard and on a phone. */
export function MoveDialog({ flow, onClose }: { readonly flow: FlowSummary; readonly onClose: () => void }) {
  const t = useT()
  const say = useSay()
  const folders = useQuery(foldersQuery)
  const items = folders.data?.items ?? []
  const [chosen, setChosen] = useState(flow.folder ?? noFolder)
  const [name, setName] = useState('')
  const move = useAct(
    async () => {
      const folder =
        chosen === noFolder ? null : chosen === fresh ? await createFolder(name.trim()) : (items.find(({ id }) => id === chosen) ?? null)
      await placeFlow({ key: flow.key, folder: folder?.id ?? null })
      return folder
    },
    { done: (folder) => movedWords(t, folder?.name ?? null), refresh: [['flows']], onDone: onClose },
  )
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={t('flows.folder.move.title', { name: say(flow.name) })}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isPending={move.isPending}
            isDisabled={chosen === fresh && name.trim() === ''}
            onPress={() => move.mutate(undefined)}
          >
            {t('flows.folder.move.do')}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <RadioGroup
          label={t('flows.folder')}
          value={chosen}
          onChange={setChosen}
          options={[
            ...items.map((folder) => ({ value: folder.id, label: folder.name })),
            { value: noFolder, label: t('flows.folder.none') },
            { value: fresh, label: t('flows.folder.new') },
          ]}
        />
        {chosen === fresh && <TextField label={t('flows.folder.name')} value={name} onChange={setName} maxLength={80} autoFocus />}
      </div>
    </Dialog>
  )
}

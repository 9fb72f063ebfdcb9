import { useId, useState } from 'react'
import { isProblem } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, TextField } from '../../ui/index.ts'
import { createFolder, type FlowFolder, renameFolder } from './folder-api.ts'

const nameCharsMax = 80

/** The name of a folder, of a new one or of one that stands. */
export function FolderDialog({
  folder,
  onClose,
  onMade,
}: {
  readonly folder: FlowFolder | null
  readonly onClose: () => void
  readonly onMade: (folder: FlowFolder) => void
}) {
  const t = useT()
  const form = useId()
  const [name, setName] = useState(folder?.name ?? '')
  const [isTaken, setTaken] = useState(false)
  const act = useAct((words: string) => (folder === null ? createFolder(words) : renameFolder({ id: folder.id, name: words })), {
    refresh: [['flows']],
    onDone: (made) => {
      onClose()
      if (folder === null) onMade(made)
    },
    onProblem: (error) => {
      const taken = isProblem(error) && error.code === 'SLU_FOLDER_TAKEN'
      setTaken(taken)
      return taken
    },
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={folder === null ? t('flows.folder.new') : t('flows.folder.rename')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" type="submit" form={form} isPending={act.isPending} isDisabled={name.trim() === ''}>
            {folder === null ? t('flows.folder.create') : t('app.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') act.mutate(name.trim())
        }}
      >
        <TextField
          label={t('flows.folder.name')}
          value={name}
          onChange={(words) => {
            setName(words)
            setTaken(false)
          }}
          error={isTaken ? t('flows.folder.taken') : null}
          maxLength={nameCharsMax}
          autoFocus
        />
      </form>
    </Dialog>
  )
}

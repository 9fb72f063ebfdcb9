import { useId, useState } from 'react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useFlowEditor } from '../../canvas/flow-editor.ts'
import { Button, Dialog, TextField, toast } from '../../ui/index.ts'

/** Saves, and keeps the state of the drawing under a name. */
export function CheckpointDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const format = useFormat()
  const { past, saving } = useFlowEditor()
  const form = useId()
  const [name, setName] = useState('')
  const [fallback] = useState(() => format.dateTime(Date.now()))
  const keep = () => {
    const chosen = name.trim() === '' ? fallback : name.trim()
    past?.mark(chosen)
    void saving?.flush()
    toast({ tone: 'ok', title: t('canvas.checkpoint.done', { name: chosen }) })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('canvas.checkpoint.title')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" type="submit" form={form}>
            {t('canvas.checkpoint.submit')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          keep()
        }}
      >
        <p>{t('canvas.checkpoint.lead')}</p>
        <TextField label={t('canvas.checkpoint.name')} value={name} onChange={setName} placeholder={fallback} autoFocus maxLength={100} />
      </form>
    </Dialog>
  )
}

import { useId, useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { extractTo, mayExtract, reasonOf } from '../../canvas/structure.ts'
import { Button, Dialog, TextField } from '../../ui/index.ts'

/** Asks for the name of the new flow, or says why the selected steps cannot become one. */
export function ExtractDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const editor = useFlowEditor()
  const form = useId()
  const [ids] = useState(() => [...editor.flow.getState().selection].filter((ref) => editor.flow.getState().doc.nodes.has(ref)))
  const [no] = useState(() => mayExtract(editor, ids))
  const [isPending, setPending] = useState(false)
  const first = useFlow((state) => state.doc.nodes.get(ids[0] ?? '')?.name)
  const [name, setName] = useState(() => (typeof first === 'string' ? first : ''))
  const submit = async () => {
    if (name.trim() === '' || isPending) return
    setPending(true)
    const done = await extractTo(editor, ids, name.trim())
    setPending(false)
    if (done) onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={no === null ? t('canvas.extract.title', { count: ids.length }) : t('canvas.extract.refused')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t(no === null ? 'app.cancel' : 'app.close')}</Button>
          {no === null && (
            <Button tone="primary" type="submit" form={form} isDisabled={name.trim() === ''} isPending={isPending}>
              {t('canvas.extract.submit')}
            </Button>
          )}
        </>
      }
    >
      {no !== null ? (
        <p role="alert">{reasonOf(no)}</p>
      ) : (
        <form
          id={form}
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <p>{t('canvas.extract.lead')}</p>
          <TextField label={t('canvas.extract.name')} value={name} onChange={setName} autoFocus maxLength={200} isRequired />
        </form>
      )}
    </Dialog>
  )
}

import { useState } from 'react'
import { pauseFlow } from '../../app/api/operate.ts'
import { useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, RadioGroup, TextField } from '../../ui/index.ts'
import styles from '../runs/Operate.module.css'

/** Lets a flow stand still, and asks what happens to its events meanwhile. */
export function PauseDialog({ flow, name, onClose }: { readonly flow: string; readonly name: string; readonly onClose: () => void }) {
  const t = useT()
  const [mode, setMode] = useState<'hold' | 'refuse'>('hold')
  const [reason, setReason] = useState('')
  const act = useAct(pauseFlow, {
    done: () => t('operate.pause.done', { name }),
    refresh: [['flows'], ['flow-status', flow]],
    onDone: onClose,
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={t('operate.pause.title', { name })}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button tone="primary" isPending={act.isPending} onPress={() => act.mutate({ key: flow, mode, reason: reason.trim() })}>
            {t('operate.pause.do')}
          </Button>
        </>
      }
    >
      <div className={styles.stack} data-testid="pause">
        <p className={styles.quiet}>{t('operate.pause.lead')}</p>
        <RadioGroup
          label={t('operate.pause.events')}
          value={mode}
          onChange={(value) => setMode(value === 'refuse' ? 'refuse' : 'hold')}
          options={[
            { value: 'hold', label: t('operate.pause.hold'), help: t('operate.pause.hold.help') },
            { value: 'refuse', label: t('operate.pause.refuse'), help: t('operate.pause.refuse.help') },
          ]}
        />
        <TextField label={t('operate.reason')} value={reason} onChange={setReason} maxLength={500} />
      </div>
    </Dialog>
  )
}

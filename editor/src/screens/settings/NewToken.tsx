import { useState } from 'react'
import { createToken } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Dialog, NumberField, TextField } from '../../ui/index.ts'
import { RoleChoice } from './RoleChoice.tsx'
import styles from './SettingsScreen.module.css'

/** A name, what it may do, and until when. */
export function NewToken({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: (token: string) => void }) {
  const t = useT()
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<readonly string[]>(['sender'])
  const [days, setDays] = useState(Number.NaN)
  const create = useAct(createToken, { refresh: [['tokens']], onDone: ({ token }) => onMade(token) })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('settings.tokens.add')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={name.trim() === '' || roles.length === 0}
            isPending={create.isPending}
            onPress={() => create.mutate({ name: name.trim(), roles, ...(Number.isNaN(days) ? {} : { expiresInDays: days }) })}
          >
            {t('app.create')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t('settings.name')}
          description={t('settings.tokens.name.help')}
          value={name}
          onChange={setName}
          isRequired
          autoFocus
        />
        <NumberField
          label={t('settings.tokens.days')}
          description={t('settings.tokens.days.help')}
          value={days}
          onChange={setDays}
          minValue={1}
          maxValue={3_650}
        />
        <RoleChoice chosen={roles} onChange={setRoles} />
      </div>
    </Dialog>
  )
}

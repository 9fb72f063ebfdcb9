import { useState } from 'react'
import { type Channel, connectChannel } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useWords } from '../../app/names/use-words.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, ComboBox, Dialog, TextField } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

const suggested = ['rep-alerts', 'wechat', 'sms', 'email'] as const

/** One channel and the webhook its messages leave by. */
export function ChannelDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const words = useWords()
  const [channel, setChannel] = useState<string | null>('rep-alerts')
  const [url, setUrl] = useState('')
  const [secret, setSecret] = useState('')
  const connect = useAct((input: Channel) => connectChannel(input), {
    done: () => t('settings.connections.saved'),
    refresh: [['channels']],
    onDone: onClose,
  })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('settings.channels.add')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={channel === null || !/^https?:\/\//.test(url)}
            isPending={connect.isPending}
            onPress={() =>
              channel !== null && connect.mutate({ channel, url: url.trim(), secret: secret.trim() === '' ? null : secret.trim() })
            }
          >
            {t('app.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <ComboBox
          label={t('settings.channels.channel')}
          allowsCustomValue
          value={channel}
          onChange={setChannel}
          options={suggested.map((each) => ({
            value: each,
            label: each === 'rep-alerts' ? t('settings.channels.rep-alerts') : words.channel(each),
          }))}
        />
        <TextField
          label={t('settings.channels.url')}
          description={t('settings.channels.url.help')}
          type="url"
          value={url}
          onChange={setUrl}
          isRequired
        />
        <TextField
          label={t('settings.channels.secret')}
          description={t('settings.channels.secret.help')}
          value={secret}
          onChange={setSecret}
          isCode
        />
      </div>
    </Dialog>
  )
}

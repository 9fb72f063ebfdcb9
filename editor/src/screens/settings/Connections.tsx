import { useQuery } from '@tanstack/react-query'
import { Plus, Webhook } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type Channel, channelsQuery, disconnectChannel, useMay } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useWords } from '../../app/names/use-words.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Badge, Button, Card, ConfirmDialog } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'
import { WechatApps } from './WechatApps.tsx'

const ChannelDialog = lazy(async () => ({ default: (await import('./ChannelDialog.tsx')).ChannelDialog }))

/** Where messages and alerts leave, and what comes in from WeChat. */
export function Connections() {
  const t = useT()
  return (
    <>
      <p className={styles.lead}>{t('settings.connections.lead')}</p>
      <Channels />
      <WechatApps />
    </>
  )
}

function Channels() {
  const t = useT()
  const words = useWords()
  const mayWrite = useMay()('settings.write')
  const channels = useQuery(channelsQuery)
  const [isNew, openNew] = useState(false)
  const [leaving, setLeaving] = useState<Channel | null>(null)
  const remove = useAct(disconnectChannel, {
    done: () => t('settings.connections.removed'),
    refresh: [['channels']],
    onDone: () => setLeaving(null),
  })
  const nameOf = (channel: string) => (channel === 'rep-alerts' ? t('settings.channels.rep-alerts') : words.channel(channel))
  const items = channels.data?.items ?? []
  return (
    <Card
      title={t('settings.channels')}
      aside={
        mayWrite && (
          <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onPress={() => openNew(true)}>
            {t('settings.channels.add')}
          </Button>
        )
      }
      isFlush
    >
      {items.length === 0 && <p className={styles.nothing}>{t('settings.channels.none')}</p>}
      <ul>
        {items.map((channel) => (
          <li key={channel.channel} className={styles.row}>
            <div className={styles.words}>
              <strong>{nameOf(channel.channel)}</strong>
              <span className={styles.quiet}>
                <Webhook size={12} aria-hidden="true" /> {channel.url}
              </span>
            </div>
            <div className={styles.badges}>
              <Badge tone={channel.secret === null ? 'wait' : 'ok'}>
                {channel.secret === null ? t('settings.channels.unsigned') : t('settings.channels.signed', { secret: channel.secret })}
              </Badge>
              {mayWrite && (
                <Button size="small" tone="danger" onPress={() => setLeaving(channel)}>
                  {t('settings.connections.remove')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('settings.connections.remove.title', { name: leaving === null ? '' : nameOf(leaving.channel) })}
        action={t('settings.connections.remove')}
        isPending={remove.isPending}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving !== null && remove.mutate(leaving.channel)}
      >
        {t('settings.channels.remove.text')}
      </ConfirmDialog>
      <Suspense fallback={null}>{isNew && <ChannelDialog onClose={() => openNew(false)} />}</Suspense>
    </Card>
  )
}

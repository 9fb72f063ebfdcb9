import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { apiBase, connectWechat, disconnectWechat, useMay, type WechatApp, wechatAppsQuery } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Badge, Button, Card, ConfirmDialog, Dialog, TextField } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

/** Mini programs and accounts whose pushes we take. */
export function WechatApps() {
  const t = useT()
  const mayWrite = useMay()('settings.write')
  const apps = useQuery(wechatAppsQuery)
  const [isNew, openNew] = useState(false)
  const [leaving, setLeaving] = useState<WechatApp | null>(null)
  const remove = useAct(disconnectWechat, {
    done: () => t('settings.connections.removed'),
    refresh: [['channels', 'wechat']],
    onDone: () => setLeaving(null),
  })
  const items = apps.data?.items ?? []
  return (
    <Card
      title={t('settings.wechat')}
      aside={
        mayWrite && (
          <Button size="small" icon={<Plus size={14} aria-hidden="true" />} onPress={() => openNew(true)}>
            {t('settings.wechat.add')}
          </Button>
        )
      }
      isFlush
    >
      {items.length === 0 && <p className={styles.nothing}>{t('settings.wechat.none')}</p>}
      <ul>
        {items.map((app) => (
          <li key={app.appId} className={styles.row}>
            <div className={styles.words}>
              <strong>{nameOf(app)}</strong>
              <span className={styles.quiet}>
                {t('settings.wechat.address')} <code>{`${location.origin}${apiBase}/channels/wechat/${app.appId}`}</code>
              </span>
            </div>
            <div className={styles.badges}>
              <Badge tone={app.encrypted ? 'ok' : 'wait'}>{t(app.encrypted ? 'settings.wechat.encrypted' : 'settings.wechat.plain')}</Badge>
              {mayWrite && (
                <Button size="small" tone="danger" onPress={() => setLeaving(app)}>
                  {t('settings.connections.remove')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={leaving !== null}
        title={t('settings.connections.remove.title', { name: leaving === null ? '' : nameOf(leaving) })}
        action={t('settings.connections.remove')}
        isPending={remove.isPending}
        onClose={() => setLeaving(null)}
        onConfirm={() => leaving !== null && remove.mutate(leaving.appId)}
      >
        {t('settings.wechat.remove.text')}
      </ConfirmDialog>
      {isNew && <WechatDialog onClose={() => openNew(false)} />}
    </Card>
  )
}

/** As the platform issues them; the server checks the same. */
const isAppId = (text: string) => /^[A-Za-z0-9_-]{1,64}$/.test(text.trim())
const isToken = (text: string) => /^[A-Za-z0-9]{3,32}$/.test(text)
const isAesKey = (text: string) => /^[A-Za-z0-9]{43}$/.test(text)

function nameOf({ name, appId }: WechatApp): string {
  return name === null || name === '' ? appId : name
}

function WechatDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT()
  const [appId, setAppId] = useState('')
  const [name, setName] = useState('')
  const [token, setToken] = useState('')
  const [aesKey, setAesKey] = useState('')
  const connect = useAct(connectWechat, { done: () => t('settings.connections.saved'), refresh: [['channels', 'wechat']], onDone: onClose })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('settings.wechat.add')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={!isAppId(appId) || !isToken(token) || (aesKey !== '' && !isAesKey(aesKey))}
            isPending={connect.isPending}
            onPress={() => connect.mutate({ appId: appId.trim(), name: name.trim(), token, encodingAesKey: aesKey === '' ? null : aesKey })}
          >
            {t('app.save')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t('settings.wechat.app-id')}
          value={appId}
          onChange={setAppId}
          isRequired
          isCode
          autoFocus
          error={appId === '' || isAppId(appId) ? undefined : t('settings.wechat.app-id.wrong')}
        />
        <TextField label={t('settings.name')} value={name} onChange={setName} />
        <TextField
          label={t('settings.wechat.token')}
          description={t('settings.wechat.token.help')}
          type="password"
          autoComplete="off"
          value={token}
          onChange={setToken}
          isRequired
          error={token === '' || isToken(token) ? undefined : t('settings.wechat.token.wrong')}
        />
        <TextField
          label={t('settings.wechat.key')}
          description={t('settings.wechat.key.help')}
          type="password"
          autoComplete="off"
          value={aesKey}
          onChange={setAesKey}
          error={aesKey === '' || isAesKey(aesKey) ? undefined : t('settings.wechat.key.wrong')}
        />
      </div>
    </Dialog>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Card, Switch, TextArea, TextField } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

interface PushSettingsView {
  readonly on: boolean
  readonly hosts: readonly string[]
  readonly contact: string | null
  readonly devices: number
}

/** Whether messages about tasks may go to people's devices, and through which services. */
export function PushServices({ mayWrite }: { readonly mayWrite: boolean }) {
  const t = useT()
  const { data, error, refetch } = useQuery({
    queryKey: ['settings', 'push'],
    queryFn: ({ signal }) => api.get<PushSettingsView>('/settings/push', undefined, signal),
  })
  return (
    <Card title={t('push.services')}>
      <div className={styles.form} data-testid="push-services">
        <p>{t('push.services.lead')}</p>
        {error !== null && <QueryProblem error={error} onRetry={() => void refetch()} />}
        {data !== undefined && <PushForm key={JSON.stringify(data)} set={data} mayWrite={mayWrite} />}
      </div>
    </Card>
  )
}

function PushForm({ set, mayWrite }: { readonly set: PushSettingsView; readonly mayWrite: boolean }) {
  const t = useT()
  const [on, setOn] = useState(set.on)
  const [contact, setContact] = useState(set.contact ?? '')
  const [hosts, setHosts] = useState(set.hosts.join('\n'))
  const list = hosts.split(/[\s,;，；]+/).filter((each) => each !== '')
  const save = useAct(() => api.put<PushSettingsView>('/settings/push', on ? { on, contact: contact.trim(), hosts: list } : { on }), {
    done: ({ on: isOn }) => t(isOn ? 'push.services.on' : 'push.services.is-off'),
    refresh: [['settings', 'push'], ['push']],
  })
  const isChanged = on !== set.on || (on && (contact.trim() !== (set.contact ?? '') || list.join() !== set.hosts.join()))
  return (
    <>
      <Switch isSelected={on} isDisabled={!mayWrite} onChange={setOn}>
        {t('push.services.switch')}
      </Switch>
      {on && (
        <>
          <TextField
            label={t('push.services.contact')}
            description={t('push.services.contact.help')}
            type="email"
            value={contact}
            onChange={setContact}
            isDisabled={!mayWrite}
            isRequired
          />
          <TextArea
            label={t('push.services.hosts')}
            description={t('push.services.hosts.help')}
            value={hosts}
            onChange={setHosts}
            rows={4}
            isCode
            spellCheck="false"
            isDisabled={!mayWrite}
          />
          {set.on && <p className={styles.quiet}>{t('push.services.count', { count: set.devices })}</p>}
        </>
      )}
      {mayWrite && (on || set.on) && (
        <Button
          tone="primary"
          isDisabled={!isChanged || (on && (contact.trim() === '' || list.length === 0))}
          isPending={save.isPending}
          onPress={() => save.mutate(undefined)}
        >
          {t('push.services.save')}
        </Button>
      )}
    </>
  )
}

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isProblem } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { isTold, pushObstacle, readPush, startPush, stopPush } from '../../app/offline/push.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { Card, Switch, toast } from '../../ui/index.ts'
import styles from './SettingsScreen.module.css'

/** Whether this browser is told of tasks; where it cannot be, why and what would help. */
export function PushDevice() {
  const t = useT()
  const { data, error, refetch } = useQuery({ queryKey: ['push'], queryFn: ({ signal }) => readPush(signal) })
  const [isBusy, setBusy] = useState(false)
  const [obstacle, setObstacle] = useState(pushObstacle)
  const turn = async (on: boolean, key: string) => {
    setBusy(true)
    try {
      await (on ? startPush(key) : stopPush())
      toast({ tone: 'ok', title: t(on ? 'push.is-on' : 'push.is-off') })
    } catch (problem) {
      const isRefused = problem instanceof DOMException && problem.name === 'NotAllowedError'
      const title = isProblem(problem) ? problem.message : t(isRefused ? 'push.not-allowed' : 'push.failed')
      toast({ tone: 'error', title })
    }
    setObstacle(pushObstacle())
    await refetch()
    setBusy(false)
  }
  const isOn = data !== undefined && isTold(data)
  return (
    <Card title={t('push.title')}>
      <div className={styles.form} data-testid="push-device">
        <p>{t('push.lead')}</p>
        {error !== null && <QueryProblem error={error} onRetry={() => void refetch()} />}
        {data !== undefined && !data.on && <p className={styles.quiet}>{t('push.off')}</p>}
        {data?.on === true && obstacle !== null && (
          <p className={styles.quiet} data-obstacle={obstacle}>
            {t(`push.obstacle.${obstacle}`)}
          </p>
        )}
        {data?.on === true && data.key !== null && (isOn || obstacle === null) && (
          <Switch isSelected={isOn} isDisabled={isBusy} onChange={(on) => void turn(on, data.key ?? '')}>
            {t('push.switch')}
          </Switch>
        )}
        {data !== undefined && data.devices.length > 0 && (
          <p className={styles.quiet}>{t('push.devices', { count: data.devices.length })}</p>
        )}
      </div>
    </Card>
  )
}

import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { cancelRun, retryRun, useMay } from '../../app/api/index.ts'
import type { Incident } from '../../app/api/operate.ts'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { useFlowName } from '../../app/names/use-flow-name.ts'
import { go } from '../../app/navigate.ts'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Link } from '../../ui/index.ts'
import { CancelRunDialog } from './CancelRunDialog.tsx'
import styles from './Operate.module.css'

/** What stands still, why, and what to do about it. On the run's own page the head offers the actions. */
export function IncidentCard({ incident, isOnRun = false }: { readonly incident: Incident; readonly isOnRun?: boolean }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const flowName = useFlowName()
  const mayAct = useMay()('runs.act')
  const retry = useAct(retryRun, { done: () => t('runs.retried'), refresh: [['runs']] })
  const cancel = useAct(cancelRun, { done: () => t('runs.cancelled'), refresh: [['runs']] })
  const [asking, setAsking] = useState(false)
  const { run, node, label, since, code, message, recorded = false, cause, fix, attempt } = incident
  // What another system or a program said stays as it was said, beneath what it means in the reader's language.
  const isFolded = recorded && cause !== null
  const step = label === null ? node : say(label)
  const title = isOnRun ? step : `${flowName(incident.flow)} · ${step}`
  return (
    <article className={styles.card} data-testid="incident" data-run={run}>
      <header>
        <h3>{isOnRun ? title : <Link href={`/runs/${run}`}>{title}</Link>}</h3>
        <span className={styles.quiet} title={format.exact(since)}>
          {t('operate.incident.since', { when: format.relative(since), attempt })}
        </span>
      </header>
      <p className={styles.message}>{cause ?? t('operate.incident.own-code')}</p>
      <dl className={styles.facts}>
        {(!isFolded || code !== null) && <dt>{t('operate.incident.detail')}</dt>}
        {(!isFolded || code !== null) && (
          <dd>
            {!isFolded && message} {code !== null && <code>{code}</code>}
          </dd>
        )}
        <dt>{t('operate.incident.fix')}</dt>
        <dd>{fix ?? t('operate.incident.look')}</dd>
      </dl>
      {isFolded && message !== null && message !== '' && message !== cause && (
        <details className={styles.recorded}>
          <summary>{t('operate.incident.recorded')}</summary>
          <p>{message}</p>
        </details>
      )}
      {mayAct && !isOnRun && (
        <div className={styles.actions}>
          <Button
            size="small"
            icon={<RotateCw size={14} aria-hidden="true" />}
            isPending={retry.isPending}
            onPress={() => retry.mutate(run)}
          >
            {t('runs.retry')}
          </Button>
          <Button size="small" onPress={() => go(`/runs/${run}`)}>
            {t('runs.open-replay')}
          </Button>
          <Button size="small" tone="quiet" onPress={() => setAsking(true)}>
            {t('runs.cancel')}
          </Button>
        </div>
      )}
      {asking && (
        <CancelRunDialog
          isOpen
          onClose={() => setAsking(false)}
          onConfirm={(compensate) => {
            setAsking(false)
            cancel.mutate({ id: run, compensate })
          }}
        />
      )}
    </article>
  )
}

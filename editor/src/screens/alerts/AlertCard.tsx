import { Check, ChevronLeft } from 'lucide-react'
import { type Alert, acknowledgeAlert } from '../../app/api/index.ts'
import { type MessageId, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { DueClock } from '../../app/names/DueClock.tsx'
import { usePersonName } from '../../app/names/PersonName.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Badge, Button, Facts, Link, SealedText, StatusChip } from '../../ui/index.ts'
import styles from './AlertCard.module.css'
import { Limits } from './Limits.tsx'

const kinds: Readonly<Record<string, MessageId>> = {
  withdrawal: 'alerts.kind.withdrawal',
  sla: 'alerts.kind.sla',
  flow: 'alerts.kind.flow',
}

export function AlertCard({ alert, onBack, onDone }: { readonly alert: Alert; readonly onBack: () => void; readonly onDone: () => void }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const personName = usePersonName()
  const acknowledge = useAct(acknowledgeAlert, { done: () => t('alerts.acknowledged'), refresh: [['alerts']], onDone })
  const kind = kinds[alert.kind]
  return (
    <article className={styles.card} aria-labelledby="alert-title">
      <div className={styles.content}>
        <div className={styles.back}>
          <Button tone="quiet" size="small" icon={<ChevronLeft size={16} aria-hidden="true" />} onPress={onBack}>
            {t('app.screen.alerts')}
          </Button>
        </div>
        <header className={styles.head}>
          <div className={styles.chips}>
            <Badge tone={alert.kind === 'sla' ? 'error' : alert.kind === 'withdrawal' ? 'consent' : 'neutral'}>
              {kind === undefined ? alert.kind : t(kind)}
            </Badge>
            <StatusChip state={alert.state === 'open' ? 'unacknowledged' : 'acknowledged'} />
            {alert.state === 'open' && alert.dueAt !== null && <DueClock dueAt={alert.dueAt} />}
          </div>
          <h1 id="alert-title" className={styles.title}>
            {say(alert.titles ?? alert.title) || t('app.screen.alerts')}
          </h1>
          <p className={styles.text}>
            <SealedText text={say(alert.texts ?? alert.text)} />
          </p>
        </header>
        <Limits alert={alert} />
        <Facts
          items={[
            ...(alert.customer === null ? [] : [{ name: t('alerts.customer'), value: <CustomerName id={alert.customer} /> }]),
            { name: t('alerts.to'), value: personName(alert.to) },
            { name: t('alerts.received'), value: <span title={format.exact(alert.createdAt)}>{format.relative(alert.createdAt)}</span> },
            ...(alert.escalatedAt === null
              ? []
              : [
                  {
                    name: t('app.state.escalated'),
                    value: t('alerts.escalated', { name: personName(alert.escalatedTo), when: format.relative(alert.escalatedAt) }),
                  },
                ]),
            ...(alert.withdrawal === null
              ? []
              : [
                  {
                    name: t('alerts.withdrawal'),
                    value: <Link href={`/withdrawals/${alert.withdrawal}`}>{t('alerts.withdrawal.open')}</Link>,
                  },
                ]),
            ...(alert.run === null
              ? []
              : [{ name: t('alerts.run'), value: <Link href={`/runs/${alert.run}`}>{t('alerts.run.open')}</Link> }]),
          ]}
        />
      </div>
      <footer className={styles.bar}>
        {alert.state === 'open' ? (
          <Button
            tone="primary"
            size="large"
            icon={<Check size={16} aria-hidden="true" />}
            isDisabled={!alert.mayAcknowledge}
            isPending={acknowledge.isPending}
            onPress={() => acknowledge.mutate(alert.id)}
          >
            {t('alerts.acknowledge')}
          </Button>
        ) : (
          alert.acknowledgedAt !== null && (
            <p className={styles.quiet}>
              {t('alerts.acknowledged.at', { name: personName(alert.acknowledgedBy), when: format.relative(alert.acknowledgedAt) })}
            </p>
          )
        )}
      </footer>
    </article>
  )
}

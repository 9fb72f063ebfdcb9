import { ListBox, ListBoxItem } from 'react-aria-components'
import { type Alert, type AlertView, useMay } from '../../app/api/index.ts'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { DueClock } from '../../app/names/DueClock.tsx'
import { cx, LinkButton, Skeleton, StatusChip } from '../../ui/index.ts'
import { EmptyList } from '../empty/EmptyList.tsx'
import tasks from '../tasks/TasksScreen.module.css'

export function AlertList({
  alerts,
  isLoading,
  view,
  chosen,
  hrefOf,
}: {
  readonly alerts: readonly Alert[]
  readonly isLoading: boolean
  readonly view: AlertView
  readonly chosen: string | undefined
  readonly hrefOf: (id: string) => string
}) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const mayCustomers = useMay()('customers.read')
  if (isLoading)
    return (
      <div className={tasks.loading}>
        <Skeleton lines={8} height={16} />
      </div>
    )
  if (alerts.length === 0)
    return (
      <EmptyList
        kind="alerts"
        title={t(`alerts.empty.${view}`)}
        action={
          mayCustomers && (
            <LinkButton href="/customers" tone="primary">
              {t('empty.to.customers')}
            </LinkButton>
          )
        }
      >
        {t('alerts.empty.open.text')}
      </EmptyList>
    )
  return (
    <ListBox aria-label={t('app.screen.alerts')} className={tasks.items ?? ''} selectionMode="none">
      {alerts.map((alert) => (
        <ListBoxItem
          key={alert.id}
          id={alert.id}
          textValue={say(alert.titles ?? alert.title)}
          href={hrefOf(alert.id)}
          className={cx(tasks.item, alert.id === chosen && tasks.chosen)}
          {...(alert.id === chosen && { 'aria-current': 'true' as const })}
        >
          <span className={tasks.itemTitle}>{say(alert.titles ?? alert.title) || say(alert.texts ?? alert.text)}</span>
          {alert.customer !== null && (
            <span className={tasks.itemLine}>
              <CustomerName id={alert.customer} isLink={false} />
            </span>
          )}
          <span className={tasks.itemLine}>
            {alert.state === 'open' ? (
              alert.escalatedAt !== null ? (
                <StatusChip state="escalated" />
              ) : alert.dueAt === null ? (
                <StatusChip state="unacknowledged" />
              ) : (
                <DueClock dueAt={alert.dueAt} />
              )
            ) : (
              <StatusChip state="acknowledged" />
            )}
            <time dateTime={alert.createdAt}>{format.relative(alert.createdAt)}</time>
          </span>
        </ListBoxItem>
      ))}
    </ListBox>
  )
}

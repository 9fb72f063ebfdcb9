import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { type Alert, useMay, type Withdrawal, withdrawalQuery, withdrawalsQuery } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { sceneNames } from '../../app/names/use-words.ts'
import styles from './AlertCard.module.css'
import { byPurpose } from './by-purpose.ts'

/** What the withdrawal behind this alert leaves and what it ended, side by side. */
export function Limits({ alert }: { readonly alert: Alert }) {
  const t = useT()
  const card = useWithdrawalOf(alert)?.card
  if (card === undefined) return null
  return (
    <div className={styles.limits}>
      <section className={styles.may}>
        <h2>
          <Check size={15} strokeWidth={2.5} aria-hidden="true" />
          {t('alerts.you-may')}
        </h2>
        <Lines items={card.youMay} none={t('alerts.nothing-left')} />
      </section>
      <section className={styles.mustNot}>
        <h2>
          <X size={15} strokeWidth={2.5} aria-hidden="true" />
          {t('alerts.you-must-not')}
        </h2>
        <Lines items={card.youMustNot} none={t('alerts.nothing-cut')} />
      </section>
    </div>
  )
}

/** Named by the alert, or the one whose flow sent it. */
function useWithdrawalOf({ withdrawal, customer, run }: Alert): Withdrawal | undefined {
  const may = useMay()('withdrawals.read')
  const named = useQuery({ ...withdrawalQuery(withdrawal ?? ''), enabled: may && withdrawal !== null })
  const ofCustomer = useInfiniteQuery({
    ...withdrawalsQuery({ customer: customer ?? '' }),
    enabled: may && withdrawal === null && customer !== null && run !== null,
  })
  return (
    named.data ?? ofCustomer.data?.pages.flatMap((page) => page.items).find((each) => run !== null && each.runs?.includes(run) === true)
  )
}

function Lines({ items, none }: { readonly items: readonly string[]; readonly none: string }) {
  const t = useT()
  const format = useFormat()
  if (items.length === 0) return <p>{none}</p>
  return (
    <ul>
      {byPurpose(items).map(([purpose, scenes]) => (
        <li key={purpose}>
          <strong>{purpose}</strong> {scenes.length === sceneNames.length ? t('alerts.every-scene') : format.list(scenes)}
        </li>
      ))}
    </ul>
  )
}

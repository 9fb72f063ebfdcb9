import { useQuery } from '@tanstack/react-query'
import { useFormat, useT } from '../../app/i18n/index.ts'
import styles from './Templates.module.css'
import { baselinesQuery } from './template-api.ts'

/** What changes for whoever installs it, in figures this workspace measured before; where none were, in words. */
export function Baseline({ template }: { readonly template: string }) {
  const t = useT()
  const format = useFormat()
  const { data } = useQuery(baselinesQuery)
  const known = data?.items.find(({ key }) => key === template)
  if (data === undefined || known === undefined) return null
  const { events, answered, more, medianMs } = known
  const { days } = data
  return (
    <p className={styles.baseline} data-testid="baseline">
      <strong>{t('templates.baseline')}</strong>{' '}
      {events === null
        ? t('templates.baseline.unmeasured')
        : events === 0
          ? t('templates.baseline.none', { days })
          : t(more ? 'templates.baseline.latest' : 'templates.baseline.events', { days, events, left: events - answered })}
      {medianMs !== null &&
        ` ${medianMs < 1_000 ? t('templates.baseline.took-less') : t('templates.baseline.took', { time: format.duration(medianMs) })}`}
    </p>
  )
}

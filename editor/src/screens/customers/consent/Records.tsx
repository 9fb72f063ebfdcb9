import { useState } from 'react'
import type { Consent } from '../../../app/api/index.ts'
import { useFormat, useT } from '../../../app/i18n/index.ts'
import { useWords } from '../../../app/names/use-words.ts'
import { Badge, Button } from '../../../ui/index.ts'
import styles from './ConsentTab.module.css'

const firstShown = 6
const tones: Readonly<Record<string, 'ok' | 'consent' | 'skipped'>> = { given: 'ok', withdrawn: 'consent' }
const states = ['given', 'none', 'withdrawn', 'refused', 'expired', 'requested', 'stale'] as const

/** The records the grid is made of, newest first. */
export function Records({ records }: { readonly records: readonly Consent[] }) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const [isAll, showAll] = useState(false)
  if (records.length === 0) return <p className={styles.nothing}>{t('customers.records.none')}</p>
  const shown = isAll ? records : records.slice(0, firstShown)
  return (
    <>
      <ul>
        {shown.map((record) => {
          const state = states.find((each) => each === record.state)
          return (
            <li key={record.id} className={styles.row}>
              <span className={styles.line}>
                <Badge tone={tones[record.state] ?? 'skipped'}>{state === undefined ? record.state : t(`customers.state.${state}`)}</Badge>
                <span>{t('customers.withdraw.cell', { purpose: words.purpose(record.purpose), scene: words.scene(record.scene) })}</span>
                {record.scope === 'session' && <Badge tone="neutral">{t('customers.session.only')}</Badge>}
              </span>
              {record.since !== null && (
                <span className={styles.help} title={format.exact(record.since)}>
                  {format.dateTime(record.since)}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {records.length > shown.length && (
        <div className={styles.nothing}>
          <Button size="small" onPress={() => showAll(true)}>
            {t('app.show-more')}
          </Button>
        </div>
      )}
    </>
  )
}

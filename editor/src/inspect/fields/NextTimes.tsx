import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { calendarsQuery } from '../../app/api/index.ts'
import { useLanguageStore, useT } from '../../app/i18n/index.ts'
import { useNow } from '../../app/names/use-now.ts'
import { cronWords } from '../../canvas/cron-words.ts'
import styles from './NextTimes.module.css'
import { timeFormat, timesSpec } from './times-spec.ts'
import { useNextTimes } from './use-next-times.ts'

const refreshMs = 30_000

/** The days and times a schedule comes next, as the runs will start: nothing of it is guessed on the screen. */
export default function NextTimes({ cron, siblings }: { readonly cron: string; readonly siblings: Readonly<Record<string, unknown>> }) {
  const t = useT()
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  const now = useNow(refreshMs)
  const calendars = useQuery(calendarsQuery).data?.items
  const spec = useMemo(() => timesSpec(cron, siblings, calendars ?? []), [cron, siblings, calendars])
  const dues = useNextTimes(spec, now)
  const wanted = siblings.calendar
  // Before the calendars are here a day off would be shown as a working day.
  if (typeof wanted === 'string' && wanted !== '' && calendars === undefined) return null
  if (dues === null || dues.length === 0) return null
  const words = cronWords(cron, language)
  const format = timeFormat(language, spec.timeZone)
  return (
    <div className={styles.next} data-testid="next-times">
      {words !== null && <p>{words}</p>}
      <p className={styles.title}>{t('inspect.cron.next', { zone: spec.timeZone })}</p>
      <ol className={styles.list}>
        {dues.map((at) => (
          <li key={at}>
            <time dateTime={new Date(at).toISOString()}>{format.format(at)}</time>
          </li>
        ))}
      </ol>
    </div>
  )
}

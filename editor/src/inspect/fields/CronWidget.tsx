import { lazy, Suspense, useDeferredValue } from 'react'
import { TextField } from '../../ui/index.ts'
import styles from './Fields.module.css'
import { asText, type WidgetProps } from './types.ts'

const NextTimes = lazy((): Promise<typeof import('./NextTimes.tsx')> => import('./NextTimes.tsx').catch(() => ({ default: () => null })))

/** A cron line, and when it comes next by the time zone and the calendar beside it. */
export function CronWidget({ value, onChange, id, isDisabled, field, siblings }: WidgetProps) {
  const text = asText(value)
  const cron = useDeferredValue(text)
  return (
    <div className={styles.stack}>
      <TextField
        id={id}
        aria-label={field.name}
        value={text}
        onChange={(next) => onChange(next === '' ? undefined : next)}
        isDisabled={isDisabled}
        isCode
      />
      {cron.trim() !== '' && (
        <Suspense>
          <NextTimes cron={cron} siblings={siblings} />
        </Suspense>
      )}
    </div>
  )
}

import type { RecordedError } from '../../run/recorded-error.ts'
import { useT } from '../i18n/index.ts'
import styles from './ErrorText.module.css'
import { useErrorWords } from './use-error-words.ts'

/** A recorded error in the reader's language, with its code, what to do, and what was said where it happened. */
export function ErrorText({ error }: { readonly error: RecordedError }) {
  const t = useT()
  const { says, hint, recorded } = useErrorWords()(error)
  return (
    <span className={styles.error} data-testid="error-text">
      <span>
        {says} <code>{error.code}</code>
      </span>
      {recorded !== null && <small className={styles.quiet}>{t('failures.recorded', { text: recorded })}</small>}
      {hint !== null && <small className={styles.quiet}>{hint}</small>}
    </span>
  )
}

import type { RowError } from '../../app/api/index.ts'
import { type MessageId, useT } from '../../app/i18n/index.ts'
import styles from './ImportDialog.module.css'

const shownMax = 200
const words: Readonly<Record<string, MessageId>> = {
  missing: 'customers.error.missing',
  not_a_number: 'customers.error.not_a_number',
  not_a_date: 'customers.error.not_a_date',
  not_a_boolean: 'customers.error.not_a_boolean',
  not_an_email: 'customers.error.not_an_email',
  unknown_consent: 'customers.error.unknown_consent',
  too_long: 'customers.error.too_long',
  columns: 'customers.error.columns',
  frozen: 'customers.error.frozen',
  withdrawn: 'customers.error.withdrawn',
  unknown_column: 'customers.error.unknown_column',
  twice: 'customers.error.twice',
  empty: 'customers.error.empty',
  too_many: 'customers.error.too_many',
  quote_not_closed: 'customers.error.quote_not_closed',
  not_csv: 'customers.error.not_csv',
}

/** Each mistake with its line, so that it can be found in the file. */
export function RowErrors({ errors }: { readonly errors: readonly RowError[] }) {
  const t = useT()
  if (errors.length === 0) return null
  return (
    <div className={styles.errors}>
      <table>
        <thead>
          <tr>
            <th>{t('customers.import.line')}</th>
            <th>{t('customers.import.field')}</th>
            <th>{t('customers.import.mistake')}</th>
          </tr>
        </thead>
        <tbody>
          {errors.slice(0, shownMax).map((error) => {
            const id = words[error.code]
            return (
              <tr key={`${error.line} ${error.field} ${error.code}`}>
                <td>{error.line}</td>
                <td>
                  <code>{error.field || '—'}</code>
                </td>
                <td>
                  {id === undefined ? error.code : t(id)}
                  {error.value !== undefined && <code> {error.value}</code>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {errors.length > shownMax && <p>{t('customers.import.more', { count: errors.length - shownMax })}</p>}
    </div>
  )
}

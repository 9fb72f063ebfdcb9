import type { JsonObject } from '@sluice/flows'
import { useT } from '../../app/i18n/index.ts'
import { ValueView } from '../../ui/index.ts'
import type { Moment } from './moment.ts'
import styles from './Reason.module.css'

/** The rows of a decision table that fitted: what stood in each column, and what its cell asks for. */
export function TableRows({ moment, why }: { readonly moment: Moment; readonly why: JsonObject }) {
  const t = useT()
  const { step } = moment
  if (step?.type !== 'core.decision' || !Array.isArray(why.rows)) return null
  const { outputs, rows } = (step.config ?? {}) as unknown as Table
  const values = (why.values ?? {}) as JsonObject
  const fitted = why.rows.flatMap((at) => (typeof at === 'number' && rows?.[at - 1] !== undefined ? [{ at, row: rows[at - 1] }] : []))
  const columns = Object.keys(values)
  if (fitted.length === 0)
    return (
      <>
        <p>{t('replay.why.no-row')}</p>
        <ValueView value={values} />
      </>
    )
  return (
    <div data-testid="why-table">
      {fitted.map(({ at, row }) => (
        <table key={at} className={styles.table}>
          <caption>{t('replay.why.row-fits', { row: at })}</caption>
          <tbody>
            {columns.map((name, index) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>
                  <ValueView value={values[name]} />
                </td>
                <td>
                  <code>{cell(row?.when?.[index])}</code>
                </td>
              </tr>
            ))}
            {(outputs ?? []).map(({ name }, index) => (
              <tr key={name} className={styles.gives}>
                <th scope="row">{name}</th>
                <td colSpan={2}>
                  <ValueView value={row?.give?.[index]} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  )
}

interface Table {
  readonly outputs?: readonly { readonly name: string }[]
  readonly rows?: readonly { readonly when?: readonly unknown[]; readonly give?: readonly unknown[] }[]
}

function cell(value: unknown): string {
  return value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value)
}

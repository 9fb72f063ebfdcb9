import { Fragment } from 'react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { ValueView } from '../../ui/index.ts'
import type { Change } from './changes.ts'
import styles from './Replay.module.css'

interface ChangesTableProps {
  readonly changes: readonly Change[]
  /** What the two columns of values are called. */
  readonly before: string
  readonly after: string
}

/** Value by value what differs between two pieces of data. */
export function ChangesTable({ changes, before, after }: ChangesTableProps) {
  const t = useT()
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th scope="col">{t('replay.field')}</th>
          <th scope="col">{before}</th>
          <th scope="col">{after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.path}>
            <th scope="row">
              <Path text={change.path} />
            </th>
            <td>
              <Side value={change.before} currency={change.currencies?.[0]} />
            </td>
            <td>
              <Side value={change.after} currency={change.currencies?.[1]} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/

function Side({ value, currency }: { readonly value: unknown; readonly currency: string | null | undefined }) {
  const format = useFormat()
  // People and codes stand in the reason; their words would be weighed with every replay.
  const wordOf = (text: string) => (instant.test(text) ? format.exact(text) : text)
  if (typeof value === 'number' && currency != null) return format.money(value, currency)
  return <ValueView value={value} wordOf={wordOf} />
}

/** May break behind a dot, never inside a name. */
function Path({ text }: { readonly text: string }) {
  const [first = '', ...more] = text.split('.')
  return (
    <>
      {first}
      {more.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which never change places.
        <Fragment key={index}>
          .<wbr />
          {part}
        </Fragment>
      ))}
    </>
  )
}

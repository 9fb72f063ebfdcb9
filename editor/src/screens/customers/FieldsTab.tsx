import { useQuery } from '@tanstack/react-query'
import { type Customer, type FrozenField, fieldsQuery } from '../../app/api/index.ts'
import { type MessageId, useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { Card, cx, EmptyState, isMasked, Link, MaskedValue, type MaskReason } from '../../ui/index.ts'
import styles from './FieldsTab.module.css'

const reasons: Readonly<Record<string, MessageId>> = {
  withdrawn: 'customers.seal.withdrawn',
  category: 'customers.seal.category',
  flow: 'customers.seal.flow',
}
const maskReasons: Readonly<Record<MaskReason, MessageId>> = {
  frozen: 'customers.seal.withdrawn',
  no_consent: 'customers.seal.no_consent',
  policy: 'customers.seal.policy',
}

/** Every field; sealed ones stay as rows that say why and since when. */
export function FieldsTab({ customer }: { readonly customer: Customer }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const fields = useQuery(fieldsQuery)
  const frozen = new Map(customer.frozen.map((each) => [each.field, each]))
  const names = [...new Set([...Object.keys(customer.fields), ...frozen.keys()])]
  const label = (name: string) => say(fields.data?.items.find((field) => field.name === name)?.label) || name
  if (names.length === 0) return <EmptyState title={t('customers.data.empty')} />
  return (
    <Card isFlush>
      <table className={styles.fields}>
        <thead>
          <tr>
            <th>{t('customers.data.field')}</th>
            <th>{t('customers.data.value')}</th>
            <th>{t('customers.data.why')}</th>
            <th>{t('customers.data.since')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const value = customer.fields[name]
            const seal = frozen.get(name)
            const reason = seal !== undefined ? 'frozen' : isMasked(value) ? value.$masked : null
            return (
              <tr key={name} className={cx(reason === 'frozen' && styles.sealed)}>
                <th scope="row">{label(name)}</th>
                <td>{reason === null ? shown(value, format) : <MaskedValue reason={reason} isShort />}</td>
                <td className={styles.quiet}>{reason !== null && <Reason seal={seal} reason={reason} />}</td>
                <td className={styles.quiet}>
                  {seal !== undefined && <span title={format.exact(seal.since)}>{format.relative(seal.since)}</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Card>
  )
}

function shown(value: unknown, format: ReturnType<typeof useFormat>): string {
  if (value === null || value === undefined) return '—'
  if (typeof value === 'number') return format.number(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function Reason({ seal, reason }: { readonly seal: FrozenField | undefined; readonly reason: MaskReason }) {
  const t = useT()
  const id = seal === undefined ? maskReasons[reason] : (reasons[seal.reason] ?? maskReasons[reason])
  return (
    <>
      {t(id)}
      {seal?.cause != null && seal.reason !== 'flow' && (
        <>
          {' · '}
          <Link href={`/withdrawals/${encodeURIComponent(seal.cause)}`} isInText>
            {t('customers.seal.open')}
          </Link>
        </>
      )}
    </>
  )
}

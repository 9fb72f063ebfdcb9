import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Permit, permitsOfRun } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useWords } from '../../app/names/use-words.ts'
import { useCategoryWords } from '../../app/permits/use-category-words.ts'
import { Badge, Facts, Link } from '../../ui/index.ts'
import styles from './StepPermits.module.css'
import { useRecordHref } from './use-record-href.ts'

const tones = { issued: 'wait', acked: 'ok', dispatched: 'wait', cancelled: 'neutral', escaped: 'error', recalled: 'ok' } as const

/** Under which leave the step acted outside: the consent it rested on, who got what, and the digest of the rules that agreed. */
export function StepPermits({
  run,
  node,
  none,
}: {
  readonly run: string
  readonly node: string
  /** Said when the step acted under no leave. */
  readonly none: ReactNode
}) {
  const t = useT()
  const format = useFormat()
  const { data } = useQuery(permitsOfRun(run))
  const permits = (data?.items ?? []).filter((each) => each.node === node)
  if (permits.length === 0) return none
  return (
    <section aria-label={t('permits.title')} data-testid="step-permits">
      {permits.map((permit) => (
        <div key={permit.id} className={styles.permit}>
          <h3 className={styles.head}>
            {t('permits.title')} <Badge tone={tones[permit.state]}>{t(`permits.state.${permit.state}`)}</Badge>{' '}
            <time dateTime={permit.issuedAt}>{format.exact(permit.issuedAt)}</time>
          </h3>
          <PermitFacts permit={permit} />
        </div>
      ))}
    </section>
  )
}

function PermitFacts({ permit }: { readonly permit: Permit }) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const category = useCategoryWords()
  const { customer, purpose, scene, consent, epoch, channel, recipient, categories, policyHash, withdrawal } = permit
  const href = useRecordHref(customer)('consent', consent)
  const to = recipient ?? (channel === null ? null : words.channel(channel))
  return (
    <Facts
      items={[
        { name: t('replay.why.purpose'), value: `${words.purpose(purpose)} · ${words.scene(scene)}` },
        {
          name: t('permits.consent'),
          value: (
            <>
              {href === null ? <code>{consent}</code> : <Link href={href}>{consent}</Link>} · {t('permits.epoch', { epoch })}
            </>
          ),
        },
        ...(to === null ? [] : [{ name: t('permits.to'), value: to }]),
        ...(categories.length === 0 ? [] : [{ name: t('permits.data'), value: format.list(categories.map(category)) }]),
        ...(policyHash === null ? [] : [{ name: t('permits.rules'), value: <code title={policyHash}>{policyHash.slice(0, 19)}…</code> }]),
        ...(withdrawal === null
          ? []
          : [{ name: t('permits.withdrawal'), value: <Link href={`/withdrawals/${withdrawal}`}>{withdrawal}</Link> }]),
      ]}
    />
  )
}

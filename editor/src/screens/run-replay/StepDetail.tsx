import { type ReactNode, useState } from 'react'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { RevealProvider } from '../../app/reveal/RevealProvider.tsx'
import type { StepFact } from '../../run/facts.ts'
import { Badge, Tabs, ValueView } from '../../ui/index.ts'
import { ChangesTable } from './ChangesTable.tsx'
import { changesBetween } from './changes.ts'
import type { Moment } from './moment.ts'
import styles from './Replay.module.css'
import { Why } from './Why.tsx'

/** Why a step did what it did, what went in, what came out, and what it changed. */
export function StepDetail({
  moment,
  title,
  isWire = false,
  facts = [],
  picker,
  isReal = false,
  customer = null,
  leave,
}: {
  readonly moment: Moment
  readonly title: string
  /** A wire was chosen: what passed it is asked for, not why its step did it. */
  readonly isWire?: boolean
  readonly facts?: readonly StepFact[]
  /** Chooses among several stays at the step. */
  readonly picker?: ReactNode
  /** Not a simulation. */
  readonly isReal?: boolean
  /** Whom the run is about. */
  readonly customer?: string | null
  /** Under which leave it acted outside. */
  readonly leave?: ((none: ReactNode) => ReactNode) | undefined
}) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const [tabs, setTabs] = useState({ step: 'why', wire: 'output' })
  const kind = isWire ? 'wire' : 'step'
  const changes = moment.input === undefined || moment.output === undefined ? [] : changesBetween(moment.input, moment.output)
  return (
    <RevealProvider>
      <section className={styles.detail} aria-label={t('replay.detail')}>
        <header className={styles.detailHead}>
          <h2>{title}</h2>
          {moment.portLabel !== null && <Badge>{say(moment.portLabel)}</Badge>}
          {moment.at !== null && <time dateTime={new Date(moment.at).toISOString()}>{format.exact(moment.at)}</time>}
        </header>
        {picker}
        <Tabs
          label={t('replay.detail')}
          selected={tabs[kind]}
          onSelect={(id) => setTabs({ ...tabs, [kind]: id })}
          panelClassName={styles.panel}
          items={[
            {
              id: 'why',
              title: t('replay.why'),
              content: <Why moment={moment} facts={facts} isReal={isReal} customer={customer} leave={leave} />,
            },
            { id: 'input', title: t('replay.input'), content: <Value value={moment.input} none={t('replay.no-input')} /> },
            { id: 'output', title: t('replay.output'), content: <Value value={moment.output} none={t('replay.no-output')} /> },
            {
              id: 'change',
              title: t('replay.change'),
              ...(changes.length > 0 && { count: changes.length }),
              content:
                changes.length === 0 ? (
                  <p className={styles.none}>{t('replay.no-change')}</p>
                ) : (
                  <ChangesTable changes={changes} before={t('replay.before')} after={t('replay.after')} />
                ),
            },
          ]}
        />
      </section>
    </RevealProvider>
  )
}

function Value({ value, none }: { readonly value: unknown; readonly none: string }) {
  return value === undefined ? <p className={styles.none}>{none}</p> : <ValueView value={value} />
}

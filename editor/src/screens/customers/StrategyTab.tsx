import { useQuery } from '@tanstack/react-query'
import { Bot, CircleHelp, Lightbulb, type LucideIcon, Scale, TriangleAlert } from 'lucide-react'
import { fieldsQuery, type Strategy, strategiesQuery } from '../../app/api/index.ts'
import { useFormat, useSay, useT } from '../../app/i18n/index.ts'
import { durationWords } from '../../app/i18n/iso-duration.ts'
import { useWords } from '../../app/names/use-words.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { Badge, Card, EmptyState } from '../../ui/index.ts'
import styles from './StrategyTab.module.css'

/** The strategy in use, who wrote it and what it rests on; earlier ones below. */
export function StrategyTab({ customerId }: { readonly customerId: string }) {
  const t = useT()
  const strategies = useQuery(strategiesQuery(customerId))
  if (strategies.isError) return <QueryProblem error={strategies.error} onRetry={() => void strategies.refetch()} />
  if (strategies.isPending) return <ScreenLoading />
  const [first, ...older] = strategies.data.items
  if (first === undefined)
    return (
      <EmptyState picture={<Lightbulb size={40} strokeWidth={1.4} />} title={t('customers.strategy.none')}>
        {t('customers.strategy.none.text')}
      </EmptyState>
    )
  return (
    <>
      <StrategyCard strategy={first} />
      {older.length > 0 && <h2 className={styles.older}>{t('customers.strategy.older')}</h2>}
      {older.map((strategy) => (
        <StrategyCard key={strategy.id} strategy={strategy} />
      ))}
    </>
  )
}

function StrategyCard({ strategy }: { readonly strategy: Strategy }) {
  const t = useT()
  const say = useSay()
  const format = useFormat()
  const words = useWords()
  const fields = useQuery(fieldsQuery)
  const fieldName = (name: string) => say(fields.data?.items.find((field) => field.name === name)?.label) || name
  const { origin } = strategy
  return (
    <Card
      title={say(strategy.goal)}
      aside={
        <span className={styles.badges}>
          <Badge tone={strategy.state === 'live' ? 'ok' : 'skipped'}>{t(`customers.strategy.${strategy.state}`)}</Badge>
          {origin.kind === 'rules' ? (
            <Badge icon={<Scale size={13} aria-hidden="true" />}>{t('customers.strategy.rules')}</Badge>
          ) : (
            <Badge tone="human" icon={<Bot size={13} aria-hidden="true" />}>
              {t('customers.strategy.model', { name: origin.model })}
            </Badge>
          )}
        </span>
      }
    >
      <div className={styles.body}>
        <p>{say(strategy.situation)}</p>
        <section hidden={strategy.actions.length === 0}>
          <h3 className={styles.heading}>{t('customers.strategy.actions')}</h3>
          <ol className={styles.actions}>
            {strategy.actions.map((action) => (
              <li key={`${action.type} ${say(action.text)}`}>
                <span>{say(action.text)}</span>
                <span className={styles.quiet}>
                  {words.channel(action.channel)} · {words.scene(action.scene)} ·{' '}
                  {t('customers.strategy.within', { time: durationWords(action.within, format) })}
                </span>
              </li>
            ))}
          </ol>
        </section>
        <Lines title={t('customers.strategy.risks')} icon={TriangleAlert} items={strategy.risks.map(say)} />
        <Lines title={t('customers.strategy.ask')} icon={CircleHelp} items={strategy.askHuman.map(say)} />
        <p className={styles.quiet}>
          {t('customers.named', {
            name: t('customers.strategy.facts'),
            value: strategy.facts.length === 0 ? t('customers.strategy.facts.none') : format.list(strategy.facts.map(fieldName)),
          })}
          {' · '}
          {format.dateTime(strategy.at)}
        </p>
      </div>
    </Card>
  )
}

function Lines({ title, icon: Icon, items }: { readonly title: string; readonly icon: LucideIcon; readonly items: readonly string[] }) {
  if (items.length === 0) return null
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.lines}>
        {items.map((item) => (
          <li key={item}>
            <Icon size={13} aria-hidden="true" />
            {item}
          </li>
        ))}
      </ul>
    </section>
  )
}

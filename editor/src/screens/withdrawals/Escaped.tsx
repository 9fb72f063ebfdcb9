import { ShieldCheck, TriangleAlert } from 'lucide-react'
import type { EscapedAct } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useWords } from '../../app/names/use-words.ts'
import { Carried } from '../../app/permits/carried.ts'
import { Badge, Card, Link } from '../../ui/index.ts'
import styles from './Escaped.module.css'

/** What had left before the fence and cannot be called back. After the fence there must be nothing. */
export function Escaped({ items }: { readonly items: readonly EscapedAct[] }) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  if (items.length === 0)
    return (
      <p className={styles.none}>
        <ShieldCheck size={16} aria-hidden="true" />
        {t('withdrawals.escaped.none')}
      </p>
    )
  return (
    <Card title={t('withdrawals.escaped.title', { count: items.length })} isFlush>
      <ul>
        {items.map((item) => (
          <li key={item.effect} className={styles.row}>
            <TriangleAlert size={15} aria-hidden="true" />
            <span className={styles.words}>
              {words.scene(item.scene)} · {words.purpose(item.purpose)}
              {item.channel !== null && ` · ${words.channel(item.channel)}`}
              <span className={styles.quiet}>
                <Carried recipient={item.recipient ?? null} categories={item.categories ?? []} />
              </span>
              <span className={styles.quiet}>{format.exact(item.dispatchedAt)}</span>
            </span>
            <Badge tone={item.dispatched === 'after_fence' ? 'error' : 'wait'}>
              {t(item.dispatched === 'after_fence' ? 'withdrawals.escaped.after' : 'withdrawals.escaped.before')}
            </Badge>
            {item.run !== null && <Link href={`/runs/${item.run}`}>{t('runs.open-replay')}</Link>}
          </li>
        ))}
      </ul>
    </Card>
  )
}

import { Sparkles } from 'lucide-react'
import type { Task } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { useFieldLabel } from '../../app/names/use-field-label.ts'
import { Badge, ValueView } from '../../ui/index.ts'
import { proposalIn } from './proposal-in.ts'
import styles from './TaskPane.module.css'

/** What the AI proposes, how sure it says it is, and on what it rests; silent when the case holds no proposal. */
export function Proposal({ task }: { readonly task: Task }) {
  const t = useT()
  const format = useFormat()
  const labelOf = useFieldLabel()
  const proposal = proposalIn(task.shown)
  if (proposal === null) return null
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t('tasks.proposal')}</h2>
      <div className={styles.proposal}>
        <div className={styles.chips}>
          <Badge tone="neutral" icon={<Sparkles size={13} aria-hidden="true" />}>
            {proposal.origin === null ? t('tasks.proposal.ai') : proposal.origin}
          </Badge>
          <Badge tone={proposal.confidence === null ? 'neutral' : proposal.confidence < 0.6 ? 'wait' : 'ok'}>
            {proposal.confidence === null
              ? t('tasks.proposal.confidence.none')
              : t('tasks.proposal.confidence', { percent: format.number(Math.round(proposal.confidence * 100)) })}
          </Badge>
        </div>
        <ValueView value={proposal.content} labelOf={labelOf} />
        {proposal.sources.length > 0 ? (
          <div>
            <h3 className={styles.heading}>{t('tasks.proposal.sources')}</h3>
            <ul className={styles.sources}>
              {proposal.sources.map((source) => (
                <li key={source}>{labelOf(source)}</li>
              ))}
            </ul>
          </div>
        ) : (
          <p className={styles.quiet}>{t('tasks.proposal.sources.none')}</p>
        )}
      </div>
    </section>
  )
}

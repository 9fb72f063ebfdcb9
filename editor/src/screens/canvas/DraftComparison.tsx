import { diffFlows, type FlowDefinition } from '@sluice/flows'
import { useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { titleOf } from '../../canvas/step-facts.ts'
import { cx } from '../../ui/index.ts'
import styles from './DraftComparison.module.css'

/** Steps that differ between two drafts, each in one line. */
export function DraftComparison({ mine, theirs }: { readonly mine: FlowDefinition; readonly theirs: FlowDefinition }) {
  const t = useT()
  const say = useSay()
  const { nodes } = diffFlows(theirs, mine)
  const rows = [
    ...nodes.added.map((node) => ({ kind: 'added' as const, node, detail: '' })),
    ...nodes.removed.map((node) => ({ kind: 'removed' as const, node, detail: '' })),
    ...nodes.changed.map((change) => ({
      kind: 'changed' as const,
      node: mine.nodes.find((node) => node.id === change.id) ?? { id: change.id, type: '' },
      detail: change.fields.map((field) => field.path).join(', '),
    })),
  ]
  if (rows.length === 0) return <p className={styles.same}>{t('canvas.recover.same')}</p>
  return (
    <ul className={styles.list}>
      {rows.map(({ kind, node, detail }) => (
        <li key={`${kind} ${node.id}`} className={cx(styles.row, styles[kind])}>
          <span className={styles.sign} aria-hidden="true">
            {kind === 'added' ? '+' : kind === 'removed' ? '−' : '~'}
          </span>
          <span className="visually-hidden">{t(`canvas.diff.${kind}`)}</span>
          <span>{titleOf(node, catalogue, say)}</span>
          <code className={styles.detail}>{detail}</code>
        </li>
      ))}
    </ul>
  )
}

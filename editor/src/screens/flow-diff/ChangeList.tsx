import type { FlowDefinition } from '@sluice/flows'
import { useEffect, useRef } from 'react'
import { type Translate, useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { titleOf } from '../../canvas/step-facts.ts'
import type { Change } from '../../diff/changes.ts'
import { cx } from '../../ui/index.ts'
import { FieldDiff } from './FieldDiff.tsx'
import styles from './FlowDiff.module.css'

const signs = { added: '+', removed: '−', changed: '~', moved: '↔' } as const

/** The changes in words, one after the other; the chosen one is also lit on the drawing. */
export function ChangeList({
  changes,
  file,
  chosen,
  onChoose,
}: {
  readonly changes: readonly Change[]
  /** Both versions, for the names of steps that wires join. */
  readonly file: FlowDefinition
  readonly chosen: number | null
  readonly onChoose: (at: number) => void
}) {
  const t = useT()
  const say = useSay()
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (chosen !== null) list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const nameOf = (id: string) => {
    const step = file.nodes.find((node) => node.id === id)
    return step === undefined ? id : titleOf(step, catalogue, say)
  }
  return (
    <ol ref={list} className={styles.list} aria-label={t('diff.list')} data-testid="changes">
      {changes.map((change, at) => (
        <li
          key={`${change.kind} ${change.ref ?? change.fields[0]?.path ?? ''} ${change.mark}`}
          className={cx(styles.change, styles[change.mark])}
          data-change={change.mark}
          data-kind={change.kind}
          data-chosen={at === chosen}
        >
          <button type="button" className={styles.head} aria-current={at === chosen} onClick={() => onChoose(at)}>
            <span className={styles.sign} aria-hidden="true">
              {signs[change.mark]}
            </span>
            <span>{tell(change, nameOf, t)}</span>
          </button>
          {change.fields.map((field) => (
            <FieldDiff key={field.path} field={field} type={change.step?.type ?? null} />
          ))}
        </li>
      ))}
    </ol>
  )
}

function tell(change: Change, nameOf: (id: string) => string, t: Translate): string {
  const { kind, mark, step, wire } = change
  if (kind === 'flow') return t('diff.flow')
  if (wire !== null)
    return t(mark === 'removed' ? 'diff.wire.removed' : 'diff.wire.added', { from: nameOf(wire.from), to: nameOf(wire.to) })
  if (kind === 'step' || kind === 'wire') return t(`diff.step.${mark}`, { step: nameOf(step?.id ?? '') })
  return t(`diff.${kind}.${mark}`)
}

import { diffFlows, type FieldChange, type FlowDefinition } from '@sluice/flows'
import type { ReactNode } from 'react'
import { useSay, useT } from '../../app/i18n/index.ts'
import { catalogue } from '../../canvas/catalogue.ts'
import { titleOf } from '../../canvas/step-facts.ts'
import { cx } from '../../ui/index.ts'
import styles from './DraftComparison.module.css'

const lettersMax = 120
const signs = { added: '+', removed: '−', changed: '~', moved: '↔' } as const

interface Row {
  readonly id: string
  readonly kind: keyof typeof signs
  readonly title: string
  readonly detail?: ReactNode
}

/** What differs between two drafts, each in one line: steps, wires, frames and notes, and the flow itself. */
export function DraftComparison({ mine, theirs }: { readonly mine: FlowDefinition; readonly theirs: FlowDefinition }) {
  const t = useT()
  const say = useSay()
  const { nodes, edges, groups, notes, settings } = diffFlows(theirs, mine)
  const stepOf = (id: string) => [...mine.nodes, ...theirs.nodes].find((node) => node.id === id) ?? { id, type: '' }
  const stepTitle = (id: string) => titleOf(stepOf(id), catalogue, say)
  const wireTitle = ({ from, to }: { readonly from: string; readonly to: string }) =>
    t('canvas.recover.wire', { from: stepTitle(from.replace(/\..*/, '')), to: stepTitle(to.replace(/\..*/, '')) })
  const frameTitle = (id: string) => {
    const frame = [...(mine.groups ?? []), ...(theirs.groups ?? [])].find((group) => group.id === id)
    return frame?.name === undefined ? id : say(frame.name)
  }
  const noteTitle = (id: string) => say([...(mine.notes ?? []), ...(theirs.notes ?? [])].find((note) => note.id === id)?.text) || id
  const parts = [
    { of: nodes, name: stepTitle },
    { of: groups, name: frameTitle },
    { of: notes, name: (id: string) => noteTitle(id).slice(0, lettersMax) },
  ]
  const rows: readonly Row[] = [
    ...parts.flatMap(({ of, name }, part): readonly Row[] => [
      ...of.added.map(({ id }) => ({ id: `${part} ${id}`, kind: 'added' as const, title: name(id) })),
      ...of.removed.map(({ id }) => ({ id: `${part} ${id}`, kind: 'removed' as const, title: name(id) })),
      ...of.changed.map(({ id, fields }) => ({
        id: `${part} ${id}`,
        kind: 'changed' as const,
        title: name(id),
        detail: fields.map((field) => field.path).join(', '),
      })),
      ...of.moved
        .filter(({ id }) => !of.changed.some((change) => change.id === id))
        .map(({ id }) => ({ id: `${part} ${id}`, kind: 'moved' as const, title: name(id) })),
    ]),
    ...edges.added.map((edge) => ({ id: `${edge.from} ${edge.to}`, kind: 'added' as const, title: wireTitle(edge) })),
    ...edges.removed.map((edge) => ({ id: `${edge.from} ${edge.to}`, kind: 'removed' as const, title: wireTitle(edge) })),
    ...settings.map((field) => ({
      id: field.path,
      kind: 'changed' as const,
      title: t('canvas.recover.flow'),
      detail: <OldAndNew field={field} />,
    })),
  ]
  if (rows.length === 0) return <p className={styles.same}>{t('canvas.recover.same')}</p>
  return (
    <ul className={styles.list}>
      {rows.map(({ id, kind, title, detail }) => (
        <li key={`${kind} ${id}`} className={cx(styles.row, kind !== 'moved' && styles[kind])}>
          <span className={styles.sign} aria-hidden="true">
            {signs[kind]}
          </span>
          <span className="visually-hidden">{t(`canvas.diff.${kind}`)}</span>
          <span>{title}</span>
          {detail !== undefined && <code className={styles.detail}>{detail}</code>}
        </li>
      ))}
    </ul>
  )
}

function OldAndNew({ field: { path, before, after } }: { readonly field: FieldChange }) {
  const words = (value: unknown) =>
    (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)).slice(0, lettersMax)
  return (
    <>
      {path} <del>{words(before)}</del> <ins>{words(after)}</ins>
    </>
  )
}

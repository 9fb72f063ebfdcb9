import { useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import { useLanguageStore, useSay, useT } from '../../app/i18n/index.ts'
import { portsOfStep, wiresOut } from '../../doc/index.ts'
import { cx } from '../../ui/index.ts'
import { useFlow, useFlowEditor, useView } from '../flow-editor.ts'
import { StateChip } from '../nodes/StateChip.tsx'
import faceStyles from '../nodes/StepCard.module.css'
import { StepIcon } from '../nodes/StepIcon.tsx'
import { sentenceOf, titleOf } from '../step-facts.ts'
import styles from './Outline.module.css'
import { outlineRows } from './rows.ts'

/** The same document as a tree grid: what a screen reader uses instead of the drawing, with the same commands and selection. */
export function Outline() {
  const t = useT()
  const say = useSay()
  const { flow, catalogue, view, runs, problems } = useFlowEditor()
  const language = useLanguageStore((state) => (state.language === 'zh-CN' ? 'zh-CN' : 'en'))
  const doc = useFlow((state) => state.doc)
  const selection = useFlow((state) => state.selection)
  const active = useView((state) => state.active)
  const picture = useStore(runs, (state) => state.picture)
  const found = useStore(problems, (state) => state.byNode)
  const rows = useMemo(() => outlineRows(doc), [doc])
  const table = useRef<HTMLTableElement>(null)
  const current = active !== null && doc.nodes.has(active) ? active : rows[0]?.id

  useEffect(() => {
    table.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  }, [])
  useEffect(() => {
    const row = current === undefined ? null : table.current?.querySelector<HTMLElement>(`tr[data-outline="${CSS.escape(current)}"]`)
    if (table.current?.contains(document.activeElement) === true) row?.focus()
  }, [current])

  const go = (id: string) => {
    flow.select([id])
    view.setState({ active: id })
  }
  const moveBy = (step: number) => {
    const index = rows.findIndex((row) => row.id === current)
    const next = rows[Math.max(0, Math.min(rows.length - 1, index + step))]
    if (next !== undefined) go(next.id)
  }

  return (
    <div className={styles.outline} data-key-scope="canvas" data-testid="outline">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern of a tree grid is a table with this role. */}
      <table ref={table} role="treegrid" aria-label={t('canvas.outline')} className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('canvas.outline.step')}</th>
            <th scope="col">{t('canvas.outline.does')}</th>
            <th scope="col">{t('canvas.outline.leads')}</th>
            <th scope="col">{t('canvas.outline.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const step = doc.nodes.get(row.id)
            if (step === undefined) return null
            const node = catalogue.find(step.type)
            const status = picture?.steps.get(row.id)
            const count = found.get(row.id)?.length ?? 0
            const labels = new Map(portsOfStep(step, catalogue).outputs.map((port) => [port.name, say(port.label)]))
            const many = labels.size > 1
            return (
              <tr
                key={row.id}
                data-outline={row.id}
                aria-level={row.level}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
                aria-selected={selection.has(row.id)}
                tabIndex={row.id === current ? 0 : -1}
                className={cx(styles.row, selection.has(row.id) && styles.selected)}
                onClick={() => go(row.id)}
                onFocus={() => view.getState().active !== row.id && go(row.id)}
                onKeyDown={(event) => {
                  if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return
                  event.preventDefault()
                  event.stopPropagation()
                  moveBy(event.key === 'ArrowDown' ? 1 : -1)
                }}
              >
                <th scope="row" className={styles.step}>
                  <span className={styles.name} style={{ paddingInlineStart: (row.level - 1) * 20 }}>
                    <span className={cx(faceStyles.tile, faceStyles[node?.category ?? 'flow'])}>
                      <StepIcon of={node} />
                    </span>
                    <span className={styles.position}>{index + 1}</span>
                    {titleOf(step, catalogue, say)}
                  </span>
                </th>
                <td>{sentenceOf(step, catalogue, language)}</td>
                <td>
                  {wiresOut(doc.edges, row.id).map((edge) => {
                    const target = doc.nodes.get(edge.to.node)
                    const name = target === undefined ? edge.to.node : titleOf(target, catalogue, say)
                    const own = edge.from.port === 'error' || edge.from.port === 'undo'
                    const port = own ? t(`canvas.port.${edge.from.port}`) : (labels.get(edge.from.port) ?? edge.from.port)
                    return (
                      <span key={edge.id} className={styles.target}>
                        {many || own ? `${port} → ${name}` : `→ ${name}`}
                      </span>
                    )
                  })}
                </td>
                <td>
                  {status !== undefined && <StateChip state={status.state} dueAt={status.dueAt} />}
                  {status === undefined && step.disabled === true && <StateChip state="disabled" />}
                  {count > 0 && <span className={styles.problems}>{t('canvas.step.problems', { count })}</span>}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

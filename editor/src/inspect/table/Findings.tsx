import type { Scalar } from '@sluice/nodes/core/table'
import { boundsOf, cellsFor } from '@sluice/nodes/core/table'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useT } from '../../app/i18n/index.ts'
import { Button } from '../../ui/index.ts'
import styles from './Findings.module.css'
import { flawOfRow, type Hits, type Marks } from './marks.ts'
import { type Sheet, tableOf, writeTexts } from './table-model.ts'

const shownMax = 6
const textMax = 60

/** What is wrong with the table, each with an example and a way to it. */
export function Findings({
  sheet,
  marks,
  hits,
  isDisabled,
  onGo,
  onChange,
}: {
  readonly sheet: Sheet
  readonly marks: Marks
  readonly hits: Hits
  readonly isDisabled: boolean
  readonly onGo: (row: number) => void
  readonly onChange: (sheet: Sheet) => void
}) {
  const t = useT()
  const { flaws, broken } = marks
  if (sheet.rows.length === 0 || sheet.inputs.length === 0) return null
  const say = (values: readonly Scalar[]) =>
    sheet.inputs.map(({ name }, column) => `${name} = ${shown(sheet, column, values[column] ?? null, t('table.value.other'))}`).join(', ')
  const { gap } = flaws
  const rows = sheet.rows.map((_, row) => row).filter((row) => flawOfRow(marks, sheet, row) !== null)
  const unread = [...broken].map(([key, type]) => {
    const [row = 0, column = 0] = key.split(':').map(Number)
    return { row, column, type }
  })
  const isFine = gap === null && rows.length === 0 && broken.size === 0
  return (
    <ul className={styles.list} aria-label={t('table.findings')} data-testid="table-findings">
      {isFine && (
        <li className={styles.fine}>
          <CircleCheck size={13} aria-hidden="true" />
          {t(flaws.isWhole ? 'table.fine' : 'table.too-large')}
        </li>
      )}
      {gap !== null && (
        <li className={styles.item} data-finding="gap">
          <TriangleAlert size={13} aria-hidden="true" />
          <span>{t('table.gap', { example: say(gap) })}</span>
          {!isDisabled && (
            <Button
              size="small"
              tone="quiet"
              onPress={() => {
                onChange(writeTexts(sheet, { row: sheet.rows.length, column: 0 }, [cellsFor(tableOf(sheet), gap)]))
                onGo(sheet.rows.length)
              }}
            >
              {t('table.gap.add')}
            </Button>
          )}
        </li>
      )}
      {rows.slice(0, shownMax).map((row) => {
        const flaw = flawOfRow(marks, sheet, row) ?? 'hidden'
        const overlap = flaws.overlaps.find((each) => each.rows[1] === row)
        const by = flaws.unreachable.find((each) => each.row === row)?.by ?? overlap?.rows[0] ?? 0
        return (
          <li key={row} className={styles.item} data-finding={flaw}>
            <TriangleAlert size={13} aria-hidden="true" />
            <span>
              {t(`table.finding.${flaw}`, { row: row + 1, other: by + 1, example: overlap === undefined ? '' : say(overlap.values) })}
            </span>
            <Button size="small" tone="quiet" onPress={() => onGo(row)}>
              {t('table.go')}
            </Button>
          </li>
        )
      })}
      {rows.length > shownMax && <li className={styles.more}>{t('table.more', { count: rows.length - shownMax })}</li>}
      {unread.slice(0, shownMax).map(({ row, column, type }) => (
        <li key={`${row}:${column}`} className={styles.item} data-finding="broken">
          <TriangleAlert size={13} aria-hidden="true" />
          <span>
            {t('table.broken.cell', {
              row: row + 1,
              column: sheet.inputs[column]?.name ?? '',
              text: sheet.rows[row]?.when[column]?.slice(0, textMax) ?? '',
              why: t(type === undefined ? 'table.cell.broken' : `table.cell.not-${type}`),
            })}
          </span>
          <Button size="small" tone="quiet" onPress={() => onGo(row)}>
            {t('table.go')}
          </Button>
        </li>
      ))}
      {unread.length > shownMax && <li className={styles.more}>{t('table.broken', { count: unread.length - shownMax })}</li>}
      {hits.asked > 0 && <li className={styles.more}>{t('table.hits.summary', { asked: hits.asked, none: hits.none })}</li>}
    </ul>
  )
}

function boundsIn({ rows }: Sheet, column: number): readonly Scalar[] {
  return rows.flatMap(({ when }) => boundsOf(when[column] ?? '-'))
}

/** A text that no cell names stands for every other text. */
function shown(sheet: Sheet, column: number, value: Scalar, other: string): string {
  return typeof value === 'string' && !boundsIn(sheet, column).includes(value) ? other : JSON.stringify(value)
}

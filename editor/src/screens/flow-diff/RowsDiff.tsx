import { useT } from '../../app/i18n/index.ts'
import { rowDiff } from '../../diff/words.ts'
import styles from './FlowDiff.module.css'

type Row = Readonly<Record<string, unknown>>
const signs = { added: '+', removed: '−', changed: '~' } as const

/** A table by its rows; what is the same is only counted. */
export function RowsDiff({ before, after }: { readonly before: readonly Row[]; readonly after: readonly Row[] }) {
  const t = useT()
  const pairs = rowDiff(before, after)
  const same = pairs.filter(({ mark }) => mark === 'same').length
  return (
    <div className={styles.rows}>
      <table>
        <tbody>
          {pairs.map((pair) => {
            if (pair.mark === 'same') return null
            const old = cells(pair.before)
            const now = cells(pair.after)
            const columns = Math.max(old.length, now.length)
            return (
              <tr key={`${pair.mark} ${pair.number}`} data-row={pair.mark}>
                <th scope="row">
                  <span aria-hidden="true">{signs[pair.mark]}</span>
                  <span className="visually-hidden">{t(`canvas.diff.${pair.mark}`)}</span> {t('diff.row', { number: pair.number })}
                </th>
                {Array.from({ length: columns }, (_, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column alone.
                  <td key={column}>
                    <Cell before={old[column]} after={now[column]} />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
      {same > 0 && <p className={styles.quiet}>{t('diff.rows.same', { count: same })}</p>}
    </div>
  )
}

function Cell({ before, after }: { readonly before: string | undefined; readonly after: string | undefined }) {
  if (before === after) return <span>{after}</span>
  return (
    <>
      {before !== undefined && <del>{before}</del>} {after !== undefined && <ins>{after}</ins>}
    </>
  )
}

/** Cells of a row in their order; a decision row has conditions, then what they give. */
function cells(row: Row | null): readonly string[] {
  if (row === null) return []
  return Object.values(row).flatMap((value) => (Array.isArray(value) ? value.map(text) : [text(value)]))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

import { type KeyboardEvent, type MouseEvent, type ReactNode, type Ref, useRef, useState } from 'react'
import { go } from '../app/navigate.ts'
import { cx } from './cx.ts'
import styles from './DataTable.module.css'
import { nextRow } from './next-row.ts'
import { Skeleton } from './Skeleton.tsx'

export interface DataColumn<Item> {
  readonly id: string
  readonly title: ReactNode
  /** Names the row for a screen reader; exactly one column. */
  readonly isRowHeader?: boolean
  readonly align?: 'start' | 'end'
  readonly width?: number | string
  /** Place on a phone, where a row is a card: first line, its right end, a line of its own, or left out. */
  readonly phone?: 'title' | 'aside' | 'line' | 'hide'
  /** Left out below 1,100 px. */
  readonly isMinor?: boolean
  readonly cell: (item: Item) => ReactNode
}

export interface DataTableProps<Item> {
  readonly label: string
  readonly columns: readonly DataColumn<Item>[]
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  readonly nameOf: (item: Item) => string
  /** Where a row leads. */
  readonly hrefOf?: (item: Item) => string
  readonly onOpen?: (item: Item) => void
  readonly isLoading?: boolean
  readonly empty?: ReactNode
}

const innerControls = 'a, button, input, select, textarea, [role=button], [role=menuitem]'

/**
 * A plain table: one tab stop, rows walked with the arrow keys, Home and End, opened with Enter or a click anywhere on them.
 * Ours instead of the kit's grid, which weighs more than everything else on a list screen together.
 */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const { label, columns, items, keyOf, isLoading = false, empty } = props
  const body = useRef<HTMLTableSectionElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const stop = items.some((item) => keyOf(item) === current) ? current : items[0] === undefined ? null : keyOf(items[0])
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLTableRowElement)) return
    const rows = [...(body.current?.rows ?? [])]
    const to = nextRow(event.key, rows.indexOf(event.target), rows.length)
    if (to === null) return
    event.preventDefault()
    rows[to]?.focus()
  }
  // Never a bare table (EDITOR.md §10).
  if (items.length === 0 && !isLoading) return <div className={styles.empty}>{empty}</div>
  return (
    <table aria-label={label} aria-busy={isLoading} className={styles.table}>
      <thead className={styles.head}>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={cx(styles.column, column.align === 'end' && styles.end, column.isMinor === true && styles.minor)}
              style={column.width === undefined ? {} : { width: column.width }}
            >
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={walk}>
        {items.length === 0 ? (
          <tr className={styles.none}>
            <td colSpan={columns.length}>
              <LoadingRows />
            </td>
          </tr>
        ) : (
          items.map((item) => (
            <DataRow key={keyOf(item)} {...props} item={item} isStop={keyOf(item) === stop} onFocus={() => setCurrent(keyOf(item))} />
          ))
        )}
      </tbody>
    </table>
  )
}

function DataRow<Item>({
  item,
  columns,
  nameOf,
  hrefOf,
  onOpen,
  isStop,
  onFocus,
}: DataTableProps<Item> & { readonly item: Item; readonly isStop: boolean; readonly onFocus: () => void }) {
  const link = useRef<HTMLAnchorElement>(null)
  const opens = hrefOf !== undefined || onOpen !== undefined
  const open = () => {
    onOpen?.(item)
    link.current?.click()
  }
  const click = (event: MouseEvent<HTMLElement>) => {
    const isInner = event.target instanceof Element && event.target.closest(innerControls) !== null
    // Somebody who marks text does not want to leave.
    if (!isInner && getSelection()?.isCollapsed !== false) open()
  }
  return (
    <tr
      className={cx(styles.row, opens && styles.opens)}
      tabIndex={isStop ? 0 : -1}
      onFocus={onFocus}
      {...(opens && {
        onClick: click,
        onKeyDown: (event: KeyboardEvent) => event.key === 'Enter' && event.target === event.currentTarget && open(),
      })}
    >
      {columns.map((column) => {
        const className = cx(
          styles.cell,
          column.align === 'end' && styles.end,
          column.isMinor === true && styles.minor,
          styles[`phone-${column.phone ?? 'line'}`],
        )
        if (column.isRowHeader !== true) {
          return (
            <td key={column.id} className={className}>
              {column.cell(item)}
            </td>
          )
        }
        return (
          <th key={column.id} scope="row" className={className}>
            {hrefOf !== undefined && <RowLink href={hrefOf(item)} name={nameOf(item)} ref={link} />}
            {column.cell(item)}
          </th>
        )
      })}
    </tr>
  )
}

/** Covers the row's name, so that a new tab is a middle click away; the row itself is the tab stop. */
function RowLink({ href, name, ref }: { readonly href: string; readonly name: string; readonly ref: Ref<HTMLAnchorElement> }) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    go(href)
  }
  return (
    <a ref={ref} href={href} className={styles.through} tabIndex={-1} onClick={follow}>
      <span className="visually-hidden">{name}</span>
    </a>
  )
}

function LoadingRows() {
  return (
    <div className={styles.loading}>
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} height={16} width={`${96 - row * 7}%`} />
      ))}
    </div>
  )
}

import type { ReactNode } from 'react'
import { Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './DataTable.module.css'
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
  /** Where Enter or a click on a row leads. */
  readonly hrefOf?: (item: Item) => string
  readonly onOpen?: (item: Item) => void
  readonly isLoading?: boolean
  readonly empty?: ReactNode
}

/** Rows are walked with the arrow keys and opened with Enter. */
export function DataTable<Item>({ label, columns, items, keyOf, nameOf, hrefOf, onOpen, isLoading = false, empty }: DataTableProps<Item>) {
  const opens = hrefOf !== undefined || onOpen !== undefined
  return (
    <Table aria-label={label} className={cx(styles.table, opens && styles.opens)}>
      <TableHeader className={styles.head ?? ''}>
        {columns.map((column) => (
          <Column
            key={column.id}
            id={column.id}
            isRowHeader={column.isRowHeader === true}
            className={cx(styles.column, column.align === 'end' && styles.end, column.isMinor === true && styles.minor)}
            style={column.width === undefined ? {} : { width: column.width }}
          >
            {column.title}
          </Column>
        ))}
      </TableHeader>
      <TableBody renderEmptyState={() => (isLoading ? <LoadingRows /> : <div className={styles.empty}>{empty}</div>)}>
        {items.map((item) => (
          <Row
            key={keyOf(item)}
            id={keyOf(item)}
            textValue={nameOf(item)}
            className={styles.row ?? ''}
            {...(hrefOf !== undefined && { href: hrefOf(item) })}
            {...(onOpen !== undefined && { onAction: () => onOpen(item) })}
          >
            {columns.map((column) => (
              <Cell
                key={column.id}
                className={cx(
                  styles.cell,
                  column.align === 'end' && styles.end,
                  column.isMinor === true && styles.minor,
                  styles[`phone-${column.phone ?? 'line'}`],
                )}
              >
                {column.cell(item)}
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </Table>
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

// biome-ignore-all lint/a11y/useSemanticElements: rows are grids of their own, so that long tables draw only what is in sight; a real table cannot.
// biome-ignore-all lint/a11y/useFocusableInteractive: the input of the chosen cell has the focus.
import { ArrowDownToLine, Ban, EyeOff, GripVertical, Layers } from 'lucide-react'
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, memo, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { cx } from '../../ui/index.ts'
import styles from './Grid.module.css'
import type { Hits, Marks } from './marks.ts'
import { flawOfRow } from './marks.ts'
import {
  cellText,
  clearRange,
  columnAt,
  fillDown,
  insertRow,
  isOutput,
  moveRows,
  ordered,
  type Pasted,
  pasteTexts,
  type Range,
  removeRows,
  type Sheet,
  type Spot,
  textsIn,
  widthOf,
  writeTexts,
} from './table-model.ts'
import { readTsv, writeTsv } from './table-text.ts'

export interface GridProps {
  readonly sheet: Sheet
  readonly marks: Marks
  readonly hits: Hits | null
  /** Row that the sample shown hits. */
  readonly lit: readonly number[]
  readonly isDisabled: boolean
  readonly selection: Range
  readonly onSelect: (range: Range) => void
  readonly onChange: (sheet: Sheet) => void
  readonly onPasted: (left: Pasted['left']) => void
  readonly onUndo: () => void
  readonly onRedo: () => void
  /** Escape: on to what stands after the grid. */
  readonly onLeave: () => void
  readonly heads: ReactNode
}

const pageRows = 10

/**
 * Cells as a spreadsheet has them. The chosen cell always holds a real, see-through input: it keeps the focus, takes the clipboard and
 * lets input methods compose; what is typed there begins an edit. Moves: choose, edit (F2, Enter, typing), commit (Enter, Tab, leaving), give up (Escape).
 */
export function Grid(props: GridProps) {
  const { sheet, marks, selection, isDisabled } = props
  const t = useT()
  const input = useRef<HTMLInputElement>(null)
  const wantsFocus = useRef(false)
  const [draft, setDraft] = useState<string | null>(null)
  const [drop, setDrop] = useState<number | null>(null)
  const width = widthOf(sheet)
  const height = sheet.rows.length
  const active = selection.to
  const block = ordered(selection)

  // Where its row went, as when somebody else takes it away, the input is another one: whoever was in it stays in the grid.
  const hadFocus = useRef(false)
  useLayoutEffect(() => {
    if (!wantsFocus.current && !(hadFocus.current && document.activeElement === document.body)) return
    wantsFocus.current = false
    input.current?.focus({ preventScroll: true })
  })

  const hasMoved = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cell is what brings the grid to it.
  useLayoutEffect(() => {
    if (hasMoved.current) input.current?.closest('[role=gridcell]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    hasMoved.current = true
  }, [active.row, active.column])

  const within = (spot: Spot): Spot => ({
    row: Math.max(0, Math.min(height - 1, spot.row)),
    column: Math.max(0, Math.min(width - 1, spot.column)),
  })
  const choose = (spot: Spot, extends_ = false) => {
    wantsFocus.current = true
    const to = within(spot)
    props.onSelect({ from: extends_ ? selection.from : to, to })
  }
  const change = (next: Sheet) => {
    if (next !== sheet) props.onChange(next)
  }
  const commit = () => {
    if (draft === null) return
    setDraft(null)
    if (draft !== cellText(sheet, active)) change(writeTexts(sheet, active, [[draft]]))
  }
  const shift = (by: number) => {
    const before = by < 0 ? block.from.row - 1 : block.to.row + 2
    if (before < 0 || before > height) return
    change(moveRows(sheet, block.from.row, block.to.row, before))
    wantsFocus.current = true
    props.onSelect({
      from: { ...selection.from, row: selection.from.row + by },
      to: { ...selection.to, row: selection.to.row + by },
    })
  }

  const onEditKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setDraft(null)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      commit()
      choose({ row: active.row + (event.shiftKey ? -1 : 1), column: active.column })
    } else if (event.key === 'Tab') tab(event)
  }
  const tab = (event: KeyboardEvent) => {
    const by = event.shiftKey ? -1 : 1
    const place = active.row * width + active.column + by
    commit()
    // Before the first and behind the last cell the key leaves the grid, as everywhere.
    if (place < 0 || place >= width * height) return
    event.preventDefault()
    choose({ row: Math.floor(place / width), column: place % width })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    // The canvas and the dialog around must not act on what is meant for a cell.
    if (event.key !== 'Tab') event.stopPropagation()
    if (draft !== null) {
      onEditKey(event)
      return
    }
    const command = event.ctrlKey || event.metaKey
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const acts: Readonly<Record<string, (() => void) | undefined>> = command
      ? {
          d: () => change(fillDown(sheet, selection)),
          a: () => {
            wantsFocus.current = true
            props.onSelect({ from: { row: 0, column: 0 }, to: { row: height - 1, column: width - 1 } })
          },
          z: () => (event.shiftKey ? props.onRedo() : props.onUndo()),
          y: props.onRedo,
          Enter: () => {
            change(insertRow(sheet, active.row + 1))
            wantsFocus.current = true
            const spot = { row: active.row + 1, column: 0 }
            props.onSelect({ from: spot, to: spot })
          },
          Backspace: () => removeChosen(),
          Delete: () => removeChosen(),
          Home: () => choose({ row: 0, column: 0 }, event.shiftKey),
          End: () => choose({ row: height - 1, column: width - 1 }, event.shiftKey),
          ArrowUp: () => choose({ row: 0, column: active.column }, event.shiftKey),
          ArrowDown: () => choose({ row: height - 1, column: active.column }, event.shiftKey),
          ArrowLeft: () => choose({ row: active.row, column: 0 }, event.shiftKey),
          ArrowRight: () => choose({ row: active.row, column: width - 1 }, event.shiftKey),
        }
      : event.altKey
        ? { ArrowUp: () => shift(-1), ArrowDown: () => shift(1) }
        : {
            ArrowUp: () => choose({ row: active.row - 1, column: active.column }, event.shiftKey),
            ArrowDown: () => choose({ row: active.row + 1, column: active.column }, event.shiftKey),
            ArrowLeft: () => choose({ row: active.row, column: active.column - 1 }, event.shiftKey),
            ArrowRight: () => choose({ row: active.row, column: active.column + 1 }, event.shiftKey),
            PageUp: () => choose({ row: active.row - pageRows, column: active.column }, event.shiftKey),
            PageDown: () => choose({ row: active.row + pageRows, column: active.column }, event.shiftKey),
            Home: () => choose({ row: active.row, column: 0 }, event.shiftKey),
            End: () => choose({ row: active.row, column: width - 1 }, event.shiftKey),
            Enter: () => setDraft(cellText(sheet, active)),
            F2: () => setDraft(cellText(sheet, active)),
            Delete: () => change(clearRange(sheet, selection)),
            Backspace: () => change(clearRange(sheet, selection)),
            Escape: props.onLeave,
          }
    const changing = /^(d|z|y|Enter|F2|Delete|Backspace)$/.test(key) || event.altKey
    const act = acts[key]
    if (event.key === 'Tab') {
      tab(event)
      return
    }
    if (act === undefined) {
      // A letter or sign begins an edit by arriving in the input.
      if (isDisabled && event.key.length === 1 && !command) event.preventDefault()
      return
    }
    event.preventDefault()
    if (!isDisabled || !changing) act()
  }
  const removeChosen = () => {
    change(removeRows(sheet, block.from.row, block.to.row))
    wantsFocus.current = true
    const spot = { row: Math.max(0, Math.min(block.from.row, height - 2 - (block.to.row - block.from.row))), column: active.column }
    props.onSelect({ from: spot, to: spot })
  }
  const copy = (event: ClipboardEvent, cuts: boolean) => {
    if (draft !== null) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', writeTsv(textsIn(sheet, selection)))
    if (cuts && !isDisabled) change(clearRange(sheet, selection))
  }
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (draft !== null || isDisabled) return
    event.preventDefault()
    const texts = readTsv(text)
    if (texts.length === 0) return
    // One copied cell fills everything chosen.
    const fills = texts.length === 1 && texts[0]?.length === 1
    const spread = fills
      ? Array.from({ length: block.to.row - block.from.row + 1 }, () =>
          Array.from({ length: block.to.column - block.from.column + 1 }, () => texts[0]?.[0] ?? ''),
        )
      : texts
    const pasted = pasteTexts(sheet, block.from, spread)
    change(pasted.sheet)
    wantsFocus.current = true
    props.onSelect(fills ? selection : { from: pasted.range.to, to: pasted.range.from })
    props.onPasted(pasted.left)
  }
  const onRowDrop = (event: DragEvent, row: number) => {
    const source = event.dataTransfer.getData(rowType)
    setDrop(null)
    if (source === '') return
    event.preventDefault()
    const [from = 0, to = 0] = source.split(':').map(Number)
    change(moveRows(sheet, from, to, row))
  }

  // Rows are drawn again rarely; what they call must still see the present.
  const latest = useRef<RowHandlers | null>(null)
  latest.current = {
    pick(row, column, extends_) {
      commit()
      choose({ row, column }, extends_)
    },
    pickRow(row, extends_) {
      commit()
      wantsFocus.current = true
      props.onSelect({ from: { row: extends_ ? selection.from.row : row, column: 0 }, to: { row, column: width - 1 } })
    },
    drag(row, event) {
      const inside = row >= block.from.row && row <= block.to.row
      const [from, to] = inside ? [block.from.row, block.to.row] : [row, row]
      event.dataTransfer.setData(rowType, `${from}:${to}`)
      event.dataTransfer.effectAllowed = 'move'
    },
    dragOver(row, event) {
      if (!event.dataTransfer.types.includes(rowType)) return
      event.preventDefault()
      setDrop(row)
    },
    drop: (row, event) => onRowDrop(event, row),
  }
  const [handlers] = useState<RowHandlers>(() => ({
    pick: (...args) => latest.current?.pick(...args),
    pickRow: (...args) => latest.current?.pickRow(...args),
    drag: (...args) => latest.current?.drag(...args),
    dragOver: (...args) => latest.current?.dragOver(...args),
    drop: (...args) => latest.current?.drop(...args),
  }))

  const name = columnAt(sheet, active.column)?.name ?? ''
  const editor = (
    <input
      ref={input}
      className={cx(styles.input, draft !== null && styles.editing)}
      value={draft ?? ''}
      readOnly={isDisabled}
      autoComplete="off"
      spellCheck={false}
      aria-label={t('table.cell', { column: name, row: active.row + 1, value: cellText(sheet, active) })}
      data-testid="table-input"
      onChange={(event) => !isDisabled && setDraft(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onFocus={() => {
        hadFocus.current = true
      }}
      onBlur={() => {
        hadFocus.current = false
        commit()
      }}
      onCopy={(event) => copy(event, false)}
      onCut={(event) => copy(event, true)}
      onPaste={paste}
      onDoubleClick={() => draft === null && !isDisabled && setDraft(cellText(sheet, active))}
    />
  )
  return (
    <div
      role="grid"
      aria-label={t('table.grid')}
      aria-rowcount={height + 1}
      aria-colcount={width + 1}
      aria-multiselectable="true"
      className={styles.grid}
      style={{ '--columns': `34px repeat(${width}, minmax(92px, 1fr))${props.hits === null ? '' : ' 52px'}` } as React.CSSProperties}
      data-testid="table-grid"
    >
      {props.heads}
      {sheet.rows.map((row, number) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place only.
          key={number}
          number={number}
          row={row}
          sheet={sheet}
          marks={marks}
          hits={props.hits === null ? null : (props.hits.counts[number] ?? 0)}
          isLit={props.lit.includes(number)}
          isDisabled={isDisabled}
          isDrop={drop === number}
          active={active.row === number ? active.column : null}
          chosen={number >= block.from.row && number <= block.to.row ? `${block.from.column}:${block.to.column}` : ''}
          editor={active.row === number ? editor : null}
          handlers={handlers}
        />
      ))}
      {!isDisabled && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a place to drop a row behind the last; Alt and the arrows do the same.
        <div
          className={cx(styles.end, drop === height && styles.drop)}
          onDragOver={(event) => {
            if (!event.dataTransfer.types.includes(rowType)) return
            event.preventDefault()
            setDrop(height)
          }}
          onDrop={(event) => onRowDrop(event, height)}
        />
      )}
    </div>
  )
}

const rowType = 'application/x-sluice-table-row'
const flawIcons = { overlap: Layers, hidden: EyeOff, empty: Ban }

interface RowHandlers {
  pick(row: number, column: number, extends_: boolean): void
  pickRow(row: number, extends_: boolean): void
  drag(row: number, event: DragEvent): void
  dragOver(row: number, event: DragEvent): void
  drop(row: number, event: DragEvent): void
}

interface RowProps {
  readonly number: number
  readonly row: Sheet['rows'][number]
  readonly sheet: Sheet
  readonly marks: Marks
  readonly hits: number | null
  readonly isLit: boolean
  readonly isDisabled: boolean
  readonly isDrop: boolean
  readonly active: number | null
  /** First and last chosen column of this row, or nothing. */
  readonly chosen: string
  readonly editor: ReactNode
  readonly handlers: RowHandlers
}

/** Drawn again only when its own cells, marks or choice change: the handlers stay the same. */
const Row = memo(RowCells, (before, after) => {
  const own = before.row === after.row && before.active === after.active && before.chosen === after.chosen && before.isDrop === after.isDrop
  const around = before.hits === after.hits && before.isLit === after.isLit && before.isDisabled === after.isDisabled
  const columns = before.sheet.inputs === after.sheet.inputs && before.sheet.outputs === after.sheet.outputs
  return own && around && columns && before.marks === after.marks && after.active === null && before.sheet === after.sheet
})

function RowCells(props: RowProps) {
  const { number, sheet, marks, active, isDisabled, handlers } = props
  const t = useT()
  const width = widthOf(sheet)
  const flaw = flawOfRow(marks, sheet, number)
  const FlawIcon = flaw === null ? GripVertical : flawIcons[flaw]
  const by =
    marks.flaws.unreachable.find((each) => each.row === number)?.by ?? marks.flaws.overlaps.find(({ rows }) => rows[1] === number)?.rows[0]
  const words = flaw === null ? '' : t(`table.row.${flaw}`, { other: (by ?? 0) + 1 })
  const [first = -1, last = -2] = props.chosen === '' ? [] : props.chosen.split(':').map(Number)
  return (
    <div
      role="row"
      aria-rowindex={number + 2}
      className={cx(styles.row, props.isLit && styles.lit, props.isDrop && styles.drop)}
      data-row={number}
      data-flaw={flaw ?? ''}
      onDragOver={(event) => handlers.dragOver(number, event)}
      onDrop={(event) => handlers.drop(number, event)}
    >
      <button
        type="button"
        role="rowheader"
        tabIndex={-1}
        className={cx(styles.number, flaw !== null && styles.flawed)}
        draggable={!isDisabled}
        title={words === '' ? t('table.row.drag') : words}
        aria-label={words === '' ? t('table.row.name', { row: number + 1 }) : `${t('table.row.name', { row: number + 1 })} ${words}`}
        onDragStart={(event) => handlers.drag(number, event)}
        onClick={(event) => handlers.pickRow(number, event.shiftKey)}
      >
        <FlawIcon size={11} aria-hidden="true" className={flaw === null ? styles.grip : undefined} />
        {number + 1}
      </button>
      {Array.from({ length: width }, (_, column) => {
        const key = `${number}:${column}`
        const isBroken = marks.broken.has(key)
        const type = marks.broken.get(key)
        const text = cellText(sheet, { row: number, column })
        const isChosen = column >= first && column <= last
        return (
          <div
            key={key}
            role="gridcell"
            tabIndex={-1}
            aria-colindex={column + 2}
            aria-selected={isChosen}
            {...(isBroken && { 'aria-invalid': true, title: type === undefined ? t('table.cell.broken') : t(`table.cell.not-${type}`) })}
            className={cx(
              styles.cell,
              isOutput(sheet, column) && styles.out,
              isChosen && styles.chosen,
              active === column && styles.active,
              isBroken && styles.broken,
              text === '-' && styles.any,
            )}
            onMouseDown={(event) => {
              if (active === column && event.target instanceof HTMLInputElement) return
              event.preventDefault()
              handlers.pick(number, column, event.shiftKey)
            }}
          >
            <span className={styles.text}>{text}</span>
            {active === column && props.editor}
          </div>
        )
      })}
      {props.hits !== null && (
        <span className={styles.hits} role="gridcell" tabIndex={-1} aria-label={t('table.hits.row', { count: props.hits })}>
          {props.isLit && <ArrowDownToLine size={11} aria-hidden="true" />}
          {props.hits > 0 ? `${props.hits}×` : '·'}
        </span>
      )}
    </div>
  )
}

// biome-ignore-all lint/a11y/useSemanticElements: the grid is made of rows of their own, see Grid.tsx.
// biome-ignore-all lint/a11y/useFocusableInteractive: the input of the chosen cell has the focus.
import type { Json } from '@sluice/flows'
import { rowsThatFit } from '@sluice/nodes/core/table'
import { ArrowDown, ArrowUp, Columns3, Maximize2, Plus, Trash2 } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { useFlowEditor } from '../../canvas/flow-editor.ts'
import { configureMany } from '../../doc/index.ts'
import { Button, cx, Dialog, IconButton, toast } from '../../ui/index.ts'
import { useScope } from '../data/scope-context.ts'
import { useRecentRuns } from '../data/use-recent.ts'
import { preview } from '../expression/preview.ts'
import { sourceOf } from '../modes.ts'
import { ColumnHead } from './ColumnHead.tsx'
import styles from './DecisionTable.module.css'
import { Findings } from './Findings.tsx'
import gridStyles from './Grid.module.css'
import { Grid } from './Grid.tsx'
import { hitsOf, marksOf } from './marks.ts'
import { TestRows } from './TestRows.tsx'
import {
  addColumn,
  changesOf,
  freshName,
  insertRow,
  moveRows,
  ordered,
  pasteTexts,
  type Range,
  removeRows,
  rowsMax,
  type Sheet,
  sheetOf,
  tableOf,
  widthOf,
  withRow,
} from './table-model.ts'
import { readTsv } from './table-text.ts'

const corner: Range = { from: { row: 0, column: 0 }, to: { row: 0, column: 0 } }

/** The whole decision table of a step, in place and as a large dialog: grid, findings, hits and test rows (EDITOR.md §7.4). */
export function DecisionTable({
  step,
  config,
  isDisabled,
  wantsFocus,
}: {
  readonly step: string
  readonly config: Readonly<Record<string, unknown>>
  readonly isDisabled: boolean
  /** A problem leads here: `/rows/3` to what that row gives. */
  readonly wantsFocus: { readonly path: string } | null
}) {
  const t = useT()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className={styles.host}>
      <TablePanel
        step={step}
        config={config}
        isDisabled={isDisabled}
        onEnlarge={() => setOpen(true)}
        isLarge={false}
        wantsFocus={wantsFocus}
      />
      {isOpen && (
        <Dialog
          isOpen
          onClose={() => setOpen(false)}
          title={t('table.title')}
          size="full"
          actions={
            <Button tone="primary" onPress={() => setOpen(false)}>
              {t('inspect.expression.done')}
            </Button>
          }
        >
          <TablePanel step={step} config={config} isDisabled={isDisabled} onEnlarge={null} isLarge wantsFocus={null} />
        </Dialog>
      )}
    </div>
  )
}

function TablePanel({
  step,
  config,
  isDisabled,
  onEnlarge,
  isLarge,
  wantsFocus,
}: {
  readonly step: string
  readonly config: Readonly<Record<string, unknown>>
  readonly isDisabled: boolean
  readonly onEnlarge: (() => void) | null
  readonly isLarge: boolean
  readonly wantsFocus: { readonly path: string } | null
}) {
  const t = useT()
  const { flow } = useFlowEditor()
  const { hitPolicy, inputs, outputs, rows, tests } = config
  const sheet = useMemo(() => sheetOf({ hitPolicy, inputs, outputs, rows, tests }), [hitPolicy, inputs, outputs, rows, tests])
  // Typing stays ahead of the check, which takes a moment on large tables.
  const checked = useDeferredValue(sheet)
  const marks = useMemo(() => marksOf(checked), [checked])
  const recent = useRecentRuns(true)
  const hits = useMemo(() => hitsOf(checked, step, recent), [checked, step, recent])
  const sample = useSampleValues(sheet)
  const [selection, setSelection] = useState(corner)
  const foot = useRef<HTMLDivElement>(null)
  const width = widthOf(sheet)
  const here = clamp(selection, sheet)
  const block = ordered(here)
  const table = useMemo(() => tableOf(checked), [checked])
  const lit = sample === null ? [] : rowsThatFit(table, sample, checked.policy === 'first' ? 1 : undefined)

  const change = (next: Sheet) => {
    configureMany(flow, step, changesOf(sheet, next))
    flow.seal()
  }
  const told = ({ rows: more, columns }: { readonly rows: number; readonly columns: number }) => {
    if (more > 0) toast({ tone: 'info', title: t('table.paste.rows', { count: more, most: rowsMax }) })
    if (columns > 0) toast({ tone: 'info', title: t('table.paste.columns', { count: columns }) })
  }
  const goTo = (row: number) => setSelection({ from: { row, column: 0 }, to: { row, column: Math.max(0, width - 1) } })
  const panel = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: gone to once for each time somebody asks.
  useEffect(() => {
    const row = Number(/^\/rows\/(\d+)/.exec(wantsFocus?.path ?? '')?.[1] ?? Number.NaN)
    if (Number.isNaN(row)) return
    const spot = { row, column: sheet.outputs.length === 0 ? 0 : sheet.inputs.length }
    setSelection({ from: spot, to: spot })
    // Once the cell is chosen it holds the input.
    const frame = requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>('[data-testid=table-input]')?.focus())
    return () => cancelAnimationFrame(frame)
  }, [wantsFocus])
  const move = (by: number) => {
    change(moveRows(sheet, block.from.row, block.to.row, by < 0 ? block.from.row - 1 : block.to.row + 2))
    setSelection({
      from: { ...here.from, row: here.from.row + by },
      to: { ...here.to, row: here.to.row + by },
    })
  }
  const heads = (
    <div role="row" className={gridStyles.heads} aria-rowindex={1}>
      <span role="columnheader" aria-label={t('table.row')} />
      {Array.from({ length: width }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are told apart by their place; their names may change.
        <ColumnHead key={column} id={`column-${step}`} sheet={sheet} column={column} isDisabled={isDisabled} onChange={change} />
      ))}
      {hits.asked > 0 && (
        <span role="columnheader" className={gridStyles.hits} title={t('table.hits.help', { count: hits.asked })}>
          {t('table.hits')}
        </span>
      )}
    </div>
  )
  return (
    <div ref={panel} className={cx(styles.panel, isLarge && styles.large)} data-testid={isLarge ? 'table-large' : 'table-inline'}>
      {!isDisabled && (
        <div className={styles.bar}>
          <Button
            size="small"
            icon={<Plus size={13} aria-hidden="true" />}
            isDisabled={width === 0}
            onPress={() => {
              change(insertRow(sheet, sheet.rows.length))
              goTo(sheet.rows.length)
            }}
          >
            {t('table.add.row')}
          </Button>
          <Button
            size="small"
            tone="quiet"
            icon={<Columns3 size={13} aria-hidden="true" />}
            onPress={() => change(withRow(addColumn(sheet, 'inputs', { name: freshName(sheet, 'input') })))}
          >
            {t('table.add.input')}
          </Button>
          <Button
            size="small"
            tone="quiet"
            icon={<Columns3 size={13} aria-hidden="true" />}
            onPress={() => change(withRow(addColumn(sheet, 'outputs', { name: freshName(sheet, 'output') })))}
          >
            {t('table.add.output')}
          </Button>
          <span className={styles.right}>
            <IconButton
              size="small"
              label={t('table.move.up')}
              keys="Alt+↑"
              icon={<ArrowUp size={13} aria-hidden="true" />}
              isDisabled={sheet.rows.length === 0 || block.from.row === 0}
              onPress={() => move(-1)}
            />
            <IconButton
              size="small"
              label={t('table.move.down')}
              keys="Alt+↓"
              icon={<ArrowDown size={13} aria-hidden="true" />}
              isDisabled={block.to.row >= sheet.rows.length - 1}
              onPress={() => move(1)}
            />
            <IconButton
              size="small"
              label={t('table.remove.rows')}
              icon={<Trash2 size={13} aria-hidden="true" />}
              isDisabled={sheet.rows.length === 0}
              onPress={() => {
                change(removeRows(sheet, block.from.row, block.to.row))
                setSelection(corner)
              }}
            />
            {onEnlarge !== null && (
              <IconButton size="small" label={t('table.enlarge')} icon={<Maximize2 size={13} aria-hidden="true" />} onPress={onEnlarge} />
            )}
          </span>
        </div>
      )}
      {width === 0 ? (
        <EmptyTable
          isDisabled={isDisabled}
          onPaste={(text) => {
            const pasted = pasteTexts(sheet, corner.from, readTsv(text))
            if (widthOf(pasted.sheet) > 0) {
              change(pasted.sheet)
              told(pasted.left)
            }
          }}
        />
      ) : (
        <Grid
          sheet={sheet}
          marks={marks}
          hits={hits.asked > 0 ? hits : null}
          lit={lit}
          isDisabled={isDisabled}
          selection={here}
          onSelect={setSelection}
          onChange={change}
          onPasted={told}
          onUndo={() => flow.undo()}
          onRedo={() => flow.redo()}
          onLeave={() => foot.current?.querySelector('button')?.focus()}
          heads={heads}
        />
      )}
      <div ref={foot} className={styles.foot}>
        <Findings sheet={checked} marks={marks} hits={hits} isDisabled={isDisabled} onGo={goTo} onChange={change} />
        {width > 0 && <TestRows sheet={sheet} results={marks.tests} sample={sample} isDisabled={isDisabled} onChange={change} />}
        <p className={styles.help}>{t('table.help')}</p>
      </div>
    </div>
  )
}

function EmptyTable({ isDisabled, onPaste }: { readonly isDisabled: boolean; readonly onPaste: (text: string) => void }) {
  const t = useT()
  return (
    <textarea
      className={styles.empty}
      aria-label={t('table.empty')}
      placeholder={t('table.empty')}
      rows={3}
      value=""
      readOnly={isDisabled}
      onChange={() => {}}
      onPaste={(event) => {
        event.preventDefault()
        if (!isDisabled) onPaste(event.clipboardData.getData('text/plain'))
      }}
      data-testid="table-empty"
    />
  )
}

/** After an undo the table may be smaller than what was chosen. */
function clamp(range: Range, sheet: Sheet): Range {
  const place = ({ row, column }: Range['from']) => ({
    row: Math.max(0, Math.min(row, sheet.rows.length - 1)),
    column: Math.max(0, Math.min(column, widthOf(sheet) - 1)),
  })
  return { from: place(range.from), to: place(range.to) }
}

/** What the sample shown would ask the table; null until every input is known. */
function useSampleValues({ inputs }: Sheet): readonly Json[] | null {
  const { scope } = useScope()
  const [values, setValues] = useState<readonly Json[] | null>(null)
  const sources = JSON.stringify(inputs.map(({ value }) => sourceOf(value)))
  useEffect(() => {
    const texts = JSON.parse(sources) as readonly string[]
    if (scope === null || texts.length === 0 || texts.some((text) => text === '')) {
      setValues(null)
      return
    }
    let isHere = true
    void Promise.all(texts.map((text) => preview('expression', text, scope))).then((answers) => {
      if (!isHere) return
      const known = answers.flatMap((answer) => (answer.ok && !isSealed(answer.value) ? [answer.value ?? null] : []))
      setValues(known.length === texts.length ? known : null)
    })
    return () => {
      isHere = false
    }
  }, [scope, sources])
  return values
}

function isSealed(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '$masked' in value
}

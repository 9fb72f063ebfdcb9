import type { Json } from '@sluice/flows'
import { boundsOf, type ColumnType, columnTypes, type HitPolicy, type Table, type TestRow, typeOfValues } from '@sluice/nodes/core/table'
import { cellFromSheet, textOf, valueIn } from './table-text.ts'

/** A decision table as the grid sees it: one row of texts per rule, inputs first. Every change gives a new one. */
export interface Sheet {
  readonly inputs: readonly InputColumn[]
  readonly outputs: readonly OutputColumn[]
  readonly rows: readonly SheetRow[]
  readonly tests: readonly TestRow[]
  readonly policy: HitPolicy
}
export interface OutputColumn {
  readonly name: string
  readonly type?: ColumnType
}
export interface InputColumn extends OutputColumn {
  /** An expression with its marks, as the config keeps it. */
  readonly value: unknown
}
export interface SheetRow {
  readonly when: readonly string[]
  readonly give: readonly Json[]
}
/** A rectangle of cells; `to` is inside it. */
export interface Range {
  readonly from: Spot
  readonly to: Spot
}
export interface Spot {
  readonly row: number
  readonly column: number
}

export const rowsMax = 500
export const columnsMax = 20

type Loose = Readonly<Record<string, unknown>>
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const recordOf = (value: unknown): Loose => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {})

/** Never throws: a half-filled config gives the sheet it can. */
export function sheetOf(config: Loose): Sheet {
  const column = (each: unknown): OutputColumn => {
    const { name, type } = recordOf(each)
    const known = columnTypes.find((one) => one === type)
    return { name: typeof name === 'string' ? name : '', ...(known !== undefined && { type: known }) }
  }
  const inputs = listOf(config.inputs).map((each) => ({ ...column(each), value: recordOf(each).value ?? '' }))
  const outputs = listOf(config.outputs).map(column)
  const rows = listOf(config.rows).map((each) => {
    const { when, give } = recordOf(each)
    return {
      when: inputs.map((_, index) => String(listOf(when)[index] ?? '-')),
      give: outputs.map((_, index) => (listOf(give)[index] ?? '') as Json),
    }
  })
  const tests = listOf(config.tests).map((each) => {
    const { given, expect } = recordOf(each)
    return { given: listOf(given) as readonly Json[], expect: Array.isArray(expect) ? (expect as readonly Json[]) : null }
  })
  const policy = (['unique', 'first', 'collect', 'rule-order'] as const).find((one) => one === config.hitPolicy) ?? 'first'
  return { inputs, outputs, rows, tests, policy }
}

/** The parts of the config that differ between two sheets, to be written as one change. */
export function changesOf(before: Sheet, after: Sheet): Loose {
  return {
    ...(before.policy !== after.policy && { hitPolicy: after.policy }),
    ...(before.inputs !== after.inputs && { inputs: after.inputs }),
    ...(before.outputs !== after.outputs && { outputs: after.outputs }),
    ...(before.rows !== after.rows && { rows: after.rows }),
    ...(before.tests !== after.tests && { tests: after.tests.length === 0 ? undefined : after.tests }),
  }
}

export function tableOf({ inputs, outputs, rows }: Sheet): Table {
  return { inputs: inputs.map(({ name }) => name), outputs: outputs.map(({ name }) => name), rows }
}

export const widthOf = ({ inputs, outputs }: Sheet): number => inputs.length + outputs.length
export const isOutput = ({ inputs }: Sheet, column: number): boolean => column >= inputs.length
export const columnAt = ({ inputs, outputs }: Sheet, column: number): OutputColumn | undefined =>
  column < inputs.length ? inputs[column] : outputs[column - inputs.length]

export function cellText({ inputs, rows }: Sheet, { row, column }: Spot): string {
  const found = rows[row]
  return column < inputs.length ? (found?.when[column] ?? '-') : textOf(found?.give[column - inputs.length])
}

export function ordered({ from, to }: Range): Range {
  return {
    from: { row: Math.min(from.row, to.row), column: Math.min(from.column, to.column) },
    to: { row: Math.max(from.row, to.row), column: Math.max(from.column, to.column) },
  }
}

export function textsIn(sheet: Sheet, range: Range): readonly (readonly string[])[] {
  const { from, to } = ordered(range)
  return Array.from({ length: to.row - from.row + 1 }, (_, row) =>
    Array.from({ length: to.column - from.column + 1 }, (_, column) =>
      cellText(sheet, { row: from.row + row, column: from.column + column }),
    ),
  )
}

function emptyRow({ inputs, outputs }: Sheet): SheetRow {
  return { when: inputs.map(() => '-'), give: outputs.map(({ type }) => valueIn('', type)) }
}

/** Writes a block of texts with its corner at a spot; rows that are missing are added. */
export function writeTexts(sheet: Sheet, at: Spot, texts: readonly (readonly string[])[]): Sheet {
  const rows = [...sheet.rows]
  for (const [down, line] of texts.entries()) {
    const number = at.row + down
    if (number >= rowsMax) break
    while (rows.length <= number) rows.push(emptyRow(sheet))
    const row = rows[number] ?? emptyRow(sheet)
    const when = [...row.when]
    const give = [...row.give]
    for (const [across, text] of line.entries()) {
      const column = at.column + across
      if (column < sheet.inputs.length) when[column] = text.trim() === '' ? '-' : text.trim()
      else if (column < widthOf(sheet)) give[column - sheet.inputs.length] = valueIn(text, columnAt(sheet, column)?.type)
    }
    rows[number] = { when, give }
  }
  return { ...sheet, rows }
}

export function clearRange(sheet: Sheet, range: Range): Sheet {
  const { from, to } = ordered(range)
  return writeTexts(
    sheet,
    from,
    Array.from({ length: to.row - from.row + 1 }, () => Array.from({ length: to.column - from.column + 1 }, () => '')),
  )
}

/** The first row of the range goes into all rows below it; a single row takes what stands above it. */
export function fillDown(sheet: Sheet, range: Range): Sheet {
  const { from, to } = ordered(range)
  const source = from.row === to.row ? from.row - 1 : from.row
  if (source < 0) return sheet
  const rows = sheet.rows.map((row, number) => {
    const model = sheet.rows[source]
    if (model === undefined || number <= source || number > to.row || number < from.row) return row
    const inside = (column: number) => column >= from.column && column <= to.column
    return {
      when: row.when.map((text, column) => (inside(column) ? (model.when[column] ?? '-') : text)),
      give: row.give.map((value, column) => (inside(column + sheet.inputs.length) ? (model.give[column] ?? '') : value)),
    }
  })
  return { ...sheet, rows }
}

export function insertRow(sheet: Sheet, at: number): Sheet {
  if (sheet.rows.length >= rowsMax) return sheet
  return { ...sheet, rows: [...sheet.rows.slice(0, at), emptyRow(sheet), ...sheet.rows.slice(at)] }
}

export function removeRows(sheet: Sheet, from: number, to: number): Sheet {
  return { ...sheet, rows: sheet.rows.filter((_, row) => row < from || row > to) }
}

/** Rows `from` to `to` stand before row `before` afterwards. */
export function moveRows(sheet: Sheet, from: number, to: number, before: number): Sheet {
  if (before >= from && before <= to + 1) return sheet
  const moved = sheet.rows.slice(from, to + 1)
  const rest = sheet.rows.filter((_, row) => row < from || row > to)
  const place = before > to ? before - moved.length : before
  return { ...sheet, rows: [...rest.slice(0, place), ...moved, ...rest.slice(place)] }
}

/** A name that no other column has. */
export function freshName(sheet: Sheet, wish: string): string {
  const names = new Set([...sheet.inputs, ...sheet.outputs].map(({ name }) => name))
  for (let number = 1; ; number++) {
    const name = number === 1 ? wish : `${wish}${number}`
    if (!names.has(name)) return name
  }
}

export function addColumn(sheet: Sheet, side: 'inputs' | 'outputs', column: OutputColumn, value: unknown = ''): Sheet {
  if (sheet[side].length >= columnsMax) return sheet
  if (side === 'inputs') {
    return {
      ...sheet,
      inputs: [...sheet.inputs, { ...column, value }],
      rows: sheet.rows.map(({ when, give }) => ({ when: [...when, '-'], give })),
      tests: sheet.tests.map((test) => ({ ...test, given: [...test.given, null] })),
    }
  }
  return {
    ...sheet,
    outputs: [...sheet.outputs, column],
    rows: sheet.rows.map(({ when, give }) => ({ when, give: [...give, valueIn('', column.type)] })),
    tests: sheet.tests.map((test) => ({ ...test, expect: test.expect === null ? null : [...test.expect, valueIn('', column.type)] })),
  }
}

/** A table that can be asked and can answer has a row to write in. */
export function withRow(sheet: Sheet): Sheet {
  return sheet.rows.length === 0 && sheet.inputs.length > 0 && sheet.outputs.length > 0 ? insertRow(sheet, 0) : sheet
}

/** Another type reads the outputs of the column anew. */
export function changeColumn(sheet: Sheet, column: number, change: Partial<InputColumn>): Sheet {
  const place = column - sheet.inputs.length
  if (place < 0) return { ...sheet, inputs: sheet.inputs.map((each, index) => (index === column ? clean({ ...each, ...change }) : each)) }
  const outputs = sheet.outputs.map((each, index) => (index === place ? clean({ ...each, ...change }) : each))
  if (!('type' in change)) return { ...sheet, outputs }
  const again = (values: readonly Json[]) => values.map((value, index) => (index === place ? valueIn(textOf(value), change.type) : value))
  return {
    ...sheet,
    outputs,
    rows: sheet.rows.map(({ when, give }) => ({ when, give: again(give) })),
    tests: sheet.tests.map((test) => ({ ...test, expect: test.expect === null ? null : again(test.expect) })),
  }
}

function clean<Column extends OutputColumn>(column: Column): Column {
  if (column.type !== undefined) return column
  const { type: _, ...rest } = column
  return rest as Column
}

export function removeColumn(sheet: Sheet, column: number): Sheet {
  const place = column - sheet.inputs.length
  if (place < 0) {
    const without = <Item>(items: readonly Item[]) => items.filter((_, index) => index !== column)
    return {
      ...sheet,
      inputs: without(sheet.inputs),
      rows: sheet.rows.map(({ when, give }) => ({ when: without(when), give })),
      tests: sheet.tests.map((test) => ({ ...test, given: without(test.given) })),
    }
  }
  const without = <Item>(items: readonly Item[]) => items.filter((_, index) => index !== place)
  return {
    ...sheet,
    outputs: without(sheet.outputs),
    rows: sheet.rows.map(({ when, give }) => ({ when, give: without(give) })),
    tests: sheet.tests.map((test) => ({ ...test, expect: test.expect === null ? null : without(test.expect) })),
  }
}

export interface Pasted {
  readonly sheet: Sheet
  /** What was written. */
  readonly range: Range
  /** Rows and columns that found no room. */
  readonly left: { readonly rows: number; readonly columns: number }
}

const columnName = /^[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff-]{0,63}$/

/**
 * Puts a block from a spreadsheet in. A first line that names the columns makes them where there are none (a name after `→` gives an
 * output, without one the last does), and is left out where they are there already. Columns without a type get the one their cells have.
 */
export function pasteTexts(sheet: Sheet, at: Spot, texts: readonly (readonly string[])[]): Pasted {
  const [head = [], ...body] = texts
  if (widthOf(sheet) === 0 && body.length > 0) {
    const named = namedColumns(head)
    if (named !== null) return pasteTexts({ ...sheet, ...named, rows: [] }, { row: 0, column: 0 }, body)
  }
  const isHead = head.length > 1 && head.every((text, index) => bare(text) === columnAt(sheet, at.column + index)?.name)
  const lines = isHead ? body : texts
  const width = Math.max(0, ...lines.map((line) => line.length))
  const room = widthOf(sheet) - at.column
  const taken = lines
    .slice(0, rowsMax - at.row)
    .map((line) => line.slice(0, room).map((text, index) => (isOutput(sheet, at.column + index) ? text : cellFromSheet(text))))
  const written = withTypes(writeTexts(sheet, at, taken), at.column, Math.min(width, room))
  return {
    sheet: written,
    range: { from: at, to: { row: at.row + Math.max(0, taken.length - 1), column: at.column + Math.max(0, Math.min(width, room) - 1) } },
    left: { rows: lines.length - taken.length, columns: Math.max(0, width - room) },
  }
}

const bare = (text: string) => text.replace(/^\s*(?:→|->|out:)\s*/i, '').trim()

function namedColumns(head: readonly string[]): Pick<Sheet, 'inputs' | 'outputs'> | null {
  const names = head.map(bare)
  if (names.length < 2 || new Set(names).size < names.length || !names.every((name) => columnName.test(name))) return null
  const isMarked = head.map((text) => bare(text) !== text.trim())
  const isOut = (index: number) => (isMarked.some(Boolean) ? isMarked[index] === true : index === names.length - 1)
  return {
    inputs: names.flatMap((name, index) =>
      isOut(index) ? [] : [{ name, value: /^[A-Za-z_]/.test(name) ? `{% input.${name.includes('-') ? `\`${name}\`` : name} %}` : '' }],
    ),
    outputs: names.flatMap((name, index) => (isOut(index) ? [{ name }] : [])),
  }
}

function withTypes(sheet: Sheet, from: number, count: number): Sheet {
  let next = sheet
  for (let column = from; column < from + count; column++) {
    if (columnAt(next, column)?.type !== undefined) continue
    const place = column - next.inputs.length
    const type = typeOfValues(
      place < 0
        ? next.rows.flatMap(({ when }) => boundsOf(when[column] ?? '-'))
        : typedTexts(next.rows.map(({ give }) => textOf(give[place]))),
    )
    if (type !== undefined) next = changeColumn(next, column, { type })
  }
  return next
}

/** In outputs a share or an amount in 万 is a number once every cell of the column is one. */
function typedTexts(texts: readonly string[]): readonly Json[] {
  for (const type of ['number', 'boolean'] as const) {
    const values = texts.map((text) => valueIn(text, type))
    if (values.every((value) => value === null || typeof value === type)) return values
  }
  return texts
}

import { columnsMax, pasteTexts, sheetOf } from './table-model.ts'
import { readCells, type Separator } from './table-text.ts'

/** More text than a table of the largest size can hold; reading it as one would only cost time. */
const tableCharsMax = 1_000_000
const nameCharsMax = 64

export interface StepFromTable {
  readonly config: Readonly<Record<string, unknown>>
  readonly rows: number
  /** Rows that found no room. */
  readonly left: number
}

/**
 * What a spreadsheet or a CSV file holds, as the settings of a decision table: its first line names the columns, the last column is what
 * the table gives unless others are marked with `→`. Null for anything that is no table.
 */
export function stepFromTable(text: string): StepFromTable | null {
  const texts = tableIn(text)
  if (texts === null) return null
  const [head = [], ...body] = texts
  const { sheet, left } = pasteTexts(sheetOf({ hitPolicy: 'first' }), { row: 0, column: 0 }, [namesOf(head), ...body])
  const { policy, inputs, outputs, rows } = sheet
  return { config: { hitPolicy: policy, inputs, outputs, rows }, rows: rows.length, left: left.rows }
}

/** Lines of at least two cells. Between tabs a line may end early; with commas, which sentences have too, every line has as many cells. */
function tableIn(text: string): readonly (readonly string[])[] | null {
  const clean = text.replace(/^\ufeff/, '')
  if (clean.length > tableCharsMax || /^\s*[[{]/.test(clean)) return null
  const [first = ''] = clean.split(/\r?\n/, 1)
  const separator = (['\t', ';', ','] as const).find((sign) => first.includes(sign))
  if (separator === undefined) return null
  const lines = readCells(clean, separator).filter((line) => line.some((cell) => cell.trim() !== ''))
  const width = lines[0]?.length ?? 0
  if (lines.length < 2 || width < 2 || width > columnsMax || !lines.every((line) => fits(line.length, width, separator))) return null
  return lines
}

function fits(length: number, width: number, separator: Separator): boolean {
  return separator === '\t' ? length <= width : length === width
}

/** Names that a table takes, each once: what a heading has besides letters and digits becomes `_`. */
function namesOf(head: readonly string[]): readonly string[] {
  const taken = new Set<string>()
  return head.map((text, index) => {
    const [, arrow = '', words = ''] = /^\s*((?:→|->|out:)?)\s*(.*)$/is.exec(text) ?? []
    const plain = words
      .trim()
      .replace(/[^A-Za-z0-9_\u4e00-\u9fff-]+/g, '_')
      .replace(/^[^A-Za-z_\u4e00-\u9fff]+|_+$/g, '')
      .slice(0, nameCharsMax - 4)
    const wish = plain === '' ? `column${index + 1}` : plain
    let name = wish
    for (let number = 2; taken.has(name); number++) name = `${wish}${number}`
    taken.add(name)
    return `${arrow}${name}`
  })
}

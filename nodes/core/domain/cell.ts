import type { Json } from '@sluice/sdk'

/**
 * One cell of a decision table (EDITOR.md §7.4), taken apart.
 * `-` any · `= 1` `!= 1` `> 1万` · `[1..5]` `(1..5]` · `a, b` either · `not a` none of these.
 */
export interface Cell {
  /** True when a value that fits none of the tests is meant. */
  readonly not: boolean
  /** Empty: any value. */
  readonly tests: readonly CellTest[]
}

export type Scalar = number | string | boolean | null
export type CellTest =
  | { readonly kind: 'compare'; readonly sign: '=' | '!=' | '<' | '<=' | '>' | '>='; readonly value: Scalar }
  | { readonly kind: 'range'; readonly from: Scalar; readonly to: Scalar; readonly includesFrom: boolean; readonly includesTo: boolean }

export const cellCharsMax = 1_000

/** Null when the text is no cell. */
export function parseCell(text: string): Cell | null {
  const trimmed = text.trim()
  if (trimmed.length > cellCharsMax) return null
  if (trimmed === '' || trimmed === '-') return { not: false, tests: [] }
  const negated = /^(?:not\s+|非\s*|不是\s*)/i.exec(trimmed)?.[0]
  const tests = split(negated === undefined ? trimmed : trimmed.slice(negated.length)).map(parseTest)
  return tests.every((test) => test !== null) && tests.length > 0 ? { not: negated !== undefined, tests } : null
}

/** Whether a value fits. A missing value fits `-`, `null`, and `not` anything else. */
export function cellFits(cell: Cell, value: Json | undefined): boolean {
  if (cell.tests.length === 0) return true
  const scalar = value === undefined ? null : value
  return cell.tests.some((test) => testFits(test, scalar)) !== cell.not
}

/** At commas outside quotes and brackets. */
function split(text: string): readonly string[] {
  return (text.match(/(?:"[^"]*"|[[(\]][^\])[]*\.\.[^\])[]*[\])[]|[^,,"])+/g) ?? []).map((part) => part.trim())
}

function parseTest(text: string): CellTest | null {
  const range = /^([[(\]])\s*(.+?)\s*\.\.\s*(.+?)\s*([\])[])$/.exec(text)
  if (range !== null) {
    const [, open = '', from = '', to = '', close = ''] = range
    return { kind: 'range', from: scalarOf(from), to: scalarOf(to), includesFrom: open === '[', includesTo: close === ']' }
  }
  const compared = /^(>=|<=|!=|≥|≤|≠|=|>|<)\s*(.+)$/.exec(text)
  if (compared === null) return text === '' ? null : { kind: 'compare', sign: '=', value: scalarOf(text) }
  return { kind: 'compare', sign: signOf(compared[1] ?? '='), value: scalarOf(compared[2] ?? '') }
}

function signOf(text: string): Extract<CellTest, { kind: 'compare' }>['sign'] {
  const plain = { '≥': '>=', '≤': '<=', '≠': '!=' }[text] ?? text
  return plain as '='
}

const units: { readonly [unit: string]: number } = { 万: 1e4, 亿: 1e8, '%': 0.01 }

/** A number (万, 亿 and % understood), true, false, null, or text; quotes make anything text. */
function scalarOf(text: string): Scalar {
  const quoted = /^"([^"]*)"$/.exec(text)
  if (quoted !== null) return quoted[1] ?? ''
  const number = /^([+-]?\d+(?:\.\d+)?)\s*([万亿%]?)$/.exec(text)
  if (number !== null) return Number((Number(number[1]) * (units[number[2] ?? ''] ?? 1)).toPrecision(15))
  const named: { readonly [word: string]: Scalar } = { true: true, false: false, null: null, 是: true, 否: false }
  return Object.hasOwn(named, text) ? (named[text] ?? null) : text
}

function testFits(test: CellTest, value: Json): boolean {
  if (test.kind === 'range') {
    const low = order(value, test.from)
    const high = order(value, test.to)
    return low !== null && high !== null && (test.includesFrom ? low >= 0 : low > 0) && (test.includesTo ? high <= 0 : high < 0)
  }
  if (test.sign === '=') return value === test.value
  if (test.sign === '!=') return value !== test.value
  const place = order(value, test.value)
  if (place === null) return false
  return { '<': place < 0, '<=': place <= 0, '>': place > 0, '>=': place >= 0 }[test.sign]
}

/** Numbers by size, texts by code unit (ISO dates sort so); different types have no order. */
function order(left: Json, right: Scalar): number | null {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  return null
}

/** A condition as people put it together: groups of rows, three deep (EDITOR.md §7.3). The expression is derived from it. */
export type Rule = RuleGroup | RuleRow

export interface RuleGroup {
  readonly kind: 'group'
  readonly match: 'all' | 'any' | 'none'
  readonly rules: readonly Rule[]
}

export interface RuleRow {
  readonly kind: 'row'
  /** As an expression writes it; empty while nothing was picked. */
  readonly path: string
  readonly operator: Operator
  readonly value: Operand
}

export type Scalar = string | number | boolean | null
/** What the data is compared with: something written down, other data, a list, or two bounds. */
export type Operand =
  | { readonly kind: 'none' }
  | { readonly kind: 'value'; readonly value: Scalar }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'list'; readonly values: readonly Scalar[] }
  | { readonly kind: 'between'; readonly from: Scalar; readonly to: Scalar }

export type Operator =
  | 'is'
  | 'is-not'
  | 'less'
  | 'at-most'
  | 'more'
  | 'at-least'
  | 'between'
  | 'contains'
  | 'contains-not'
  | 'starts'
  | 'ends'
  | 'one-of'
  | 'none-of'
  | 'has'
  | 'is-true'
  | 'is-false'
  | 'exists'
  | 'missing'

export const depthMax = 3
export const rowsMax = 100

/** Operators that make sense for what the sample holds there. */
export function operatorsFor(type: string): readonly Operator[] {
  switch (type) {
    case 'number':
    case 'integer':
      return ['is', 'is-not', 'less', 'at-most', 'more', 'at-least', 'between', 'one-of', 'none-of', 'exists', 'missing']
    case 'boolean':
      return ['is-true', 'is-false', 'exists', 'missing']
    case 'array':
      return ['has', 'exists', 'missing']
    case 'object':
      return ['exists', 'missing']
    case 'string':
      return ['is', 'is-not', 'contains', 'contains-not', 'starts', 'ends', 'one-of', 'none-of', 'less', 'more', 'exists', 'missing']
    default:
      return allOperators
  }
}

export const allOperators: readonly Operator[] = [
  'is',
  'is-not',
  'less',
  'at-most',
  'more',
  'at-least',
  'between',
  'contains',
  'contains-not',
  'starts',
  'ends',
  'one-of',
  'none-of',
  'has',
  'is-true',
  'is-false',
  'exists',
  'missing',
]

export type OperandKind = Operand['kind']

export function operandOf(operator: Operator): 'none' | 'value' | 'list' | 'between' {
  if (operator === 'is-true' || operator === 'is-false' || operator === 'exists' || operator === 'missing') return 'none'
  if (operator === 'one-of' || operator === 'none-of') return 'list'
  return operator === 'between' ? 'between' : 'value'
}

export const emptyRow: RuleRow = { kind: 'row', path: '', operator: 'is', value: { kind: 'value', value: '' } }

/** The row with another operator; what was written stays where it still fits. */
export function withOperator(row: RuleRow, operator: Operator): RuleRow {
  const wanted = operandOf(operator)
  const { value } = row
  if (wanted === value.kind || (wanted === 'value' && value.kind === 'path')) return { ...row, operator }
  const first: Scalar =
    value.kind === 'value' ? value.value : value.kind === 'list' ? (value.values[0] ?? '') : value.kind === 'between' ? value.from : ''
  if (wanted === 'none') return { ...row, operator, value: { kind: 'none' } }
  if (wanted === 'list') return { ...row, operator, value: { kind: 'list', values: first === '' ? [] : [first] } }
  if (wanted === 'between')
    return { ...row, operator, value: { kind: 'between', from: first === '' ? 0 : first, to: first === '' ? 0 : first } }
  return { ...row, operator, value: { kind: 'value', value: first } }
}

export function rowsIn(rule: Rule): readonly RuleRow[] {
  return rule.kind === 'row' ? [rule] : rule.rules.flatMap(rowsIn)
}

/** The rules of a group, each with the place its first row has among `rowsIn` of the whole, when the group's own first is `first`. */
export function placesIn({ rules }: RuleGroup, first: number): readonly (readonly [Rule, number])[] {
  let next = first
  return rules.map((rule) => {
    const place = next
    next += rowsIn(rule).length
    return [rule, place] as const
  })
}

/** Every row says what it is about. */
export function isComplete(rule: Rule): boolean {
  return rowsIn(rule).every(({ path }) => path !== '')
}

export function depthOf(rule: Rule): number {
  return rule.kind === 'row' ? 0 : 1 + Math.max(0, ...rule.rules.map(depthOf))
}

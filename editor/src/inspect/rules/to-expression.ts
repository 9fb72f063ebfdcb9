import type { Rule, RuleRow, Scalar } from './rule.ts'

/**
 * The expression a rule stands for. Groups of one row and of none keep their meaning in a `true` or `false` beside them, so that
 * reading the text back gives the same tree.
 */
export function toExpression(rule: Rule): string {
  if (rule.kind === 'row') return rowText(rule)
  const [only] = rule.rules
  // The common case stays short: one row, or one group of it, as it is.
  if (rule.match === 'all' && rule.rules.length === 1 && only?.kind === 'row') return rowText(only)
  return groupText(rule.match, rule.rules.map(nested))
}

function nested(rule: Rule): string {
  if (rule.kind === 'row') return rowText(rule)
  const text = groupText(rule.match, rule.rules.map(nested))
  return rule.match === 'none' ? text : `(${text})`
}

function groupText(match: 'all' | 'any' | 'none', parts: readonly string[]): string {
  if (match === 'all') return parts.length === 0 ? 'true' : parts.length === 1 ? `${parts[0]} and true` : parts.join(' and ')
  const any = parts.length === 0 ? 'false' : parts.length === 1 ? `${parts[0]} or false` : parts.join(' or ')
  return match === 'any' ? any : `$not(${any})`
}

export function rowText({ path, operator, value }: RuleRow): string {
  const right = value.kind === 'path' ? value.path : value.kind === 'value' ? literal(value.value) : ''
  const list = value.kind === 'list' ? `[${value.values.map(literal).join(', ')}]` : '[]'
  switch (operator) {
    case 'is':
      return `${path} = ${right}`
    case 'is-not':
      return `${path} != ${right}`
    case 'less':
      return `${path} < ${right}`
    case 'at-most':
      return `${path} <= ${right}`
    case 'more':
      return `${path} > ${right}`
    case 'at-least':
      return `${path} >= ${right}`
    case 'between':
      return value.kind === 'between' ? `((${path} >= ${literal(value.from)}) and (${path} <= ${literal(value.to)}))` : 'false'
    case 'contains':
      return `$contains(${path}, ${right})`
    case 'contains-not':
      // Where the data is missing, it does not contain it either.
      return `($contains(${path}, ${right}) or false) = false`
    case 'starts':
      return `$substring(${path}, 0, ${lengthOf(value)}) = ${right}`
    case 'ends':
      return `$substring(${path}, -${lengthOf(value)}) = ${right}`
    case 'one-of':
      return `${path} in ${list}`
    case 'none-of':
      return `(${path} in ${list}) = false`
    case 'has':
      return `${right} in ${path}`
    case 'is-true':
      return `${path} = true`
    case 'is-false':
      return `${path} = false`
    case 'exists':
      return `$exists(${path})`
    case 'missing':
      return `$not($exists(${path}))`
  }
}

function literal(value: Scalar): string {
  return JSON.stringify(value)
}

/** JSONata counts characters, not code units. */
function lengthOf(value: RuleRow['value']): number {
  return value.kind === 'value' ? [...String(value.value)].length : 0
}

import { type Token, tokens } from './highlight.ts'

const lineMax = 72
const tight = new Set(['.', '(', '[', '{', ')', ']', '}', ',', ';', '@', '#', '^', '%', '~'])
const opens = new Set(['(', '[', '{'])

/**
 * One way to write it: a space around what joins two values, none inside brackets, a line for each `and` and `or` once it is long.
 * Only spaces change; with comments or patterns, whose spaces count, the text stays as it is.
 */
export function formatExpression(source: string): string {
  const parts = tokens(source).filter((part) => part.kind !== 'space')
  if (parts.some((part) => part.kind === 'comment' || part.kind === 'text' || part.text === '/')) return source
  let out = ''
  let depth = 0
  const isLong = parts.reduce((sum, part) => sum + part.text.length + 1, 0) > lineMax
  for (const [index, part] of parts.entries()) {
    const before = parts[index - 1]
    if (/^[)\]}]$/.test(part.text)) depth -= 1
    const breaks = isLong && depth === 0 && part.kind === 'keyword' && (part.text === 'and' || part.text === 'or')
    out += index === 0 ? '' : breaks ? '\n' : isApart(parts, index) ? ' ' : ''
    out += part.text
    if (opens.has(part.text)) depth += 1
    if (before === undefined) continue
  }
  return out
}

function isApart(parts: readonly Token[], index: number): boolean {
  const before = parts[index - 1]
  const part = parts[index]
  if (before === undefined || part === undefined) return false
  if (before.text === ',' || before.text === ';') return true
  // `<=`, `:=` and their like arrive as two signs.
  if (before.kind === 'operator' && part.text === '=' && /^[<>!:]$/.test(before.text)) return false
  if (before.text === '.' && part.text === '.') return false
  if (part.kind === 'operator' && tight.has(part.text)) return (part.text === '(' || part.text === '[') && isJoining(parts, index - 1)
  if (before.kind === 'operator' && tight.has(before.text))
    return /^[)\]}]$/.test(before.text) && (part.kind === 'keyword' || part.kind === 'operator')
  // A minus that belongs to its number.
  if (before.text === '-' && !isJoining(parts, index - 1)) return false
  return true
}

/** Whether the sign stands between two values. */
function isJoining(parts: readonly Token[], index: number): boolean {
  const part = parts[index]
  if (part === undefined) return false
  if (part.kind === 'keyword') return part.text === 'and' || part.text === 'or' || part.text === 'in'
  if (part.kind !== 'operator' || tight.has(part.text)) return part.text === ','
  const left = parts[index - 1]
  return part.text !== '-' || (left !== undefined && (left.kind !== 'operator' || /^[)\]}]$/.test(left.text)))
}

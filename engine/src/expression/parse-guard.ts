import type { Text } from '@sluice/flows'
import { expressionLimits } from './limits.ts'

/** One open bracket: how large the tree below it becomes, and how much of that a following `??` would copy. */
interface Bracket {
  done: number
  segment: number
}

const tooDeep: Text = {
  en: `Brackets nest deeper than ${expressionLimits.nestingMax} levels`,
  'zh-CN': `括号嵌套超过 ${expressionLimits.nestingMax} 层`,
}
const tooLarge: Text = {
  en: 'Nested ?? or ?: make the expression too large; use variables for the inner parts',
  'zh-CN': '嵌套的 ?? 或 ?: 使表达式过大,请用变量拆分内层部分',
}

/**
 * Looks at the text before the parser does. The parser recurses per bracket and copies the whole left side of every `??` and `?:`,
 * so a few hundred characters could cost it the stack or gigabytes.
 */
export function findParseBomb(source: string): { readonly message: Text; readonly position: number } | null {
  const open: Bracket[] = [{ done: 0, segment: 0 }]
  let position = 0
  while (position < source.length) {
    const bracket = open[open.length - 1] as Bracket
    const skipped = skipText(source, position)
    if (skipped > position) {
      bracket.segment += 1
      position = skipped
      continue
    }
    const char = source.charAt(position)
    const pair = source.slice(position, position + 2)
    if ('([{'.includes(char)) {
      if (open.length > expressionLimits.nestingMax) return { message: tooDeep, position }
      open.push({ done: 0, segment: 0 })
    } else if (')]}'.includes(char)) {
      if (open.length > 1) {
        open.pop()
        const outer = open[open.length - 1] as Bracket
        outer.segment += bracket.done + bracket.segment + 1
      }
    } else if (pair === '??' || pair === '?:') {
      bracket.done += 2 * bracket.segment
      bracket.segment = 0
      position += 1
    } else if (char === ',' || char === ';') {
      bracket.done += bracket.segment
      bracket.segment = 0
    } else if (char !== ' ') bracket.segment += 1
    const last = open[open.length - 1] as Bracket
    if (last.done + last.segment > expressionLimits.treeNodesMax) return { message: tooLarge, position }
    position += 1
  }
  return null
}

/** End of the quoted text, quoted name or comment that starts here; the same position when none does. */
function skipText(source: string, position: number): number {
  const char = source.charAt(position)
  if (char === '"' || char === "'") {
    let end = position + 1
    while (end < source.length && source.charAt(end) !== char) end += source.charAt(end) === '\\' ? 2 : 1
    return end + 1
  }
  if (char === '`') return endAfter(source, '`', position + 1)
  return char === '/' && source.charAt(position + 1) === '*' ? endAfter(source, '*/', position + 2) : position
}

function endAfter(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from)
  return at === -1 ? source.length : at + mark.length
}

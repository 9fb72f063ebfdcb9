import type { Text } from '@sluice/flows'
import { expressionLimits } from './limits.ts'
import { endOfRegex, slashMeans } from './slash.ts'

/** One open bracket: how large the tree below it becomes, and how much of that a following `??` would copy. */
interface Bracket {
  done: number
  segment: number
}

const tooDeep: Text = {
  en: `Brackets nest deeper than ${expressionLimits.nestingMax} levels`,
  'zh-CN': `括号嵌套超过 ${expressionLimits.nestingMax} 层`,
}
const unclear: Text = {
  en: 'This slash could be a division or the start of a regular expression; put what stands before it in a variable',
  'zh-CN': '此处的斜杠可能是除号，也可能是正则表达式的开头，请先把前面的内容存入变量',
}
const tooLarge: Text = {
  en: 'Nested ?? or ?: make the expression too large; use variables for the inner parts',
  'zh-CN': '嵌套的 ?? 或 ?: 使表达式过大，请用变量拆分内层部分',
}

/**
 * Looks at the text before the parser does. The parser recurses per bracket and copies the whole left side of every `??` and `?:`,
 * so a few hundred characters could cost it the stack or gigabytes.
 */
export function findParseBomb(source: string): { readonly message: Text; readonly position: number } | null {
  const unsure = unsureSlash(source)
  if (unsure !== null) return { message: unclear, position: unsure }
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

/**
 * Where a slash may be a division or begin a regular expression, quotes behind it may or may not be quotes, and what follows cannot
 * be counted. Harmless while little of it could be copied.
 */
function unsureSlash(source: string): number | null {
  const copies = source.match(/\?\?|\?:/g)?.length ?? 0
  if (copies <= expressionLimits.unsureDefaultsMax) return null
  for (let position = 0; position < source.length; position++) {
    const skipped = skipText(source, position)
    if (skipped > position) position = skipped - 1
    else if (source.charAt(position) === '/' && slashMeans(source, position) === 'unsure') return position
  }
  return null
}

/** End of the quoted text, quoted name, comment or regular expression that starts here; the same position when none does. */
function skipText(source: string, position: number): number {
  const char = source.charAt(position)
  if (char === '"' || char === "'") {
    let end = position + 1
    while (end < source.length && source.charAt(end) !== char) end += source.charAt(end) === '\\' ? 2 : 1
    return end + 1
  }
  if (char === '`') return endAfter(source, '`', position + 1)
  if (char !== '/') return position
  if (source.charAt(position + 1) === '*') return endAfter(source, '*/', position + 2)
  return slashMeans(source, position) === 'regex' ? endOfRegex(source, position) : position
}

function endAfter(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from)
  return at === -1 ? source.length : at + mark.length
}

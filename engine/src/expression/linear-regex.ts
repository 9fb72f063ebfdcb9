import type { Text } from '@sluice/flows'
import { RE2JS } from 're2js'
import { ExpressionFailure, expressionError } from './errors.ts'
import { expressionLimits } from './limits.ts'

/** What jsonata asks of an engine for regular expressions. */
type Found = readonly (string | undefined)[] & { readonly index: number }

/**
 * Matches in time that grows with the text, whatever the pattern (RE2). V8's own engine backtracks: `(a+)+$` against thirty letters takes it
 * seconds. The price: no look-around and no back-references, which cannot be matched in linear time.
 */
export class LinearRegex {
  readonly #compiled: RE2JS
  /** As in a global `RegExp`: where the next search starts, and afterwards where the last match ended. */
  lastIndex = 0

  constructor({ source, flags }: Pick<RegExp, 'source' | 'flags'>) {
    this.#compiled = compileLinear(source, flags)
  }

  exec(text: string): Found | null {
    if (this.lastIndex > text.length) return this.#none()
    const matcher = this.#compiled.matcher(text)
    if (!matcher.find(this.lastIndex)) return this.#none()
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, index) => matcher.group(index) ?? undefined)
    this.lastIndex = matcher.end()
    return Object.assign(groups, { index: matcher.start() })
  }

  #none(): null {
    this.lastIndex = 0
    return null
  }
}

/** Why the literal of a syntax tree cannot be used; null when it can. */
export function regexProblem(literal: unknown): Text | null {
  if (!(literal instanceof RegExp)) return copied
  if (literal.source.length > expressionLimits.regexCharsMax) return tooLong
  try {
    compileLinear(literal.source, literal.flags)
    return null
  } catch (thrown) {
    return thrown instanceof ExpressionFailure ? thrown.error.message : unsupported
  }
}

function compileLinear(source: string, flags: string): RE2JS {
  if (source.length > expressionLimits.regexCharsMax) throw new ExpressionFailure(expressionError('SLU_EXPRESSION_LIMIT', tooLong))
  const bits = (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (flags.includes('m') ? RE2JS.MULTILINE : 0)
  return RE2JS.compile(RE2JS.translateRegExp(source), bits)
}

/** jsonata copies the left side of `??` as JSON, which turns a pattern into nothing. */
const copied: Text = {
  en: 'A regular expression cannot stand on the left of ??; put that part in a variable first',
  'zh-CN': '正则表达式不能出现在 ?? 的左侧，请先把该部分存入变量',
}
const tooLong: Text = {
  en: `A regular expression has more than ${expressionLimits.regexCharsMax} characters`,
  'zh-CN': `正则表达式超过 ${expressionLimits.regexCharsMax} 个字符`,
}
const unsupported: Text = {
  en: 'This regular expression uses something that could take for ever, such as look-ahead (?=…) or a back-reference \\1; write it without',
  'zh-CN': '此正则表达式使用了可能永远无法结束的写法，例如预查 (?=…) 或反向引用 \\1，请换一种写法',
}

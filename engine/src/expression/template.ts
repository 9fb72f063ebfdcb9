import type { Json, Text } from '@sluice/flows'
import { type CompiledExpression, compileExpression } from './compile-expression.ts'
import type { ExpressionError } from './errors.ts'

/** A text with holes. A value goes in once, as text; what it contains is never read as an expression. */
export interface Template {
  /** One more than the holes: text before, between and after them. */
  readonly texts: readonly string[]
  readonly holes: readonly CompiledExpression[]
}

export interface TemplateProblem {
  readonly code: ExpressionError['code'] | 'SLU_TEMPLATE_UNCLOSED'
  readonly message: Text
  /** Character in the whole template. */
  readonly position: number
}

export type CompiledTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly problem: TemplateProblem }

export function compileTemplate(text: string): CompiledTemplate {
  const texts: string[] = []
  const holes: CompiledExpression[] = []
  let position = 0
  for (let open = text.indexOf('{{'); open !== -1; open = text.indexOf('{{', position)) {
    const end = endOfHole(text, open + 2)
    if (end === -1) return { ok: false, problem: { code: 'SLU_TEMPLATE_UNCLOSED', message: unclosed, position: open } }
    const compiled = compileExpression(text.slice(open + 2, end))
    if (!compiled.ok) {
      const { code, message, position: at } = compiled.error
      return { ok: false, problem: { code, message, position: open + 2 + (at ?? 0) } }
    }
    texts.push(text.slice(position, open))
    holes.push(compiled.expression)
    position = end + 2
  }
  texts.push(text.slice(position))
  return { ok: true, template: { texts, holes } }
}

/**
 * First `}}` that is neither inside a quoted text nor closes brackets of the expression itself. When quotes or brackets are left open,
 * the very first `}}`: then the expression's own error says what is missing.
 */
function endOfHole(text: string, from: number): number {
  let depth = 0
  for (let index = from; index < text.length; index++) {
    const char = text.charAt(index)
    if (char === '"' || char === "'" || char === '`') {
      index = endOfQuote(text, index, char)
    } else if ('([{'.includes(char)) {
      depth += 1
    } else if (char === '}' && depth === 0 && text.charAt(index + 1) === '}') {
      return index
    } else if (')]}'.includes(char)) {
      depth -= 1
    }
  }
  return text.indexOf('}}', from)
}

function endOfQuote(text: string, from: number, quote: string): number {
  let index = from + 1
  while (index < text.length && text.charAt(index) !== quote) index += text.charAt(index) === '\\' && quote !== '`' ? 2 : 1
  return index
}

export function fillTemplate(template: Template, values: readonly (Json | undefined)[]): string {
  let result = template.texts[0] ?? ''
  for (let hole = 0; hole < template.holes.length; hole++) result += shownInText(values[hole]) + (template.texts[hole + 1] ?? '')
  return result
}

/** A value as people expect it in a sentence: nothing for nothing, lists separated, objects as JSON. */
export function shownInText(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null)) {
    return value.filter((item) => item !== null).join(', ')
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

const unclosed: Text = { en: 'A {{ has no }}', 'zh-CN': '{{ 缺少对应的 }}' }

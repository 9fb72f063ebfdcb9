import { compileMessage } from '@lingui/message-utils/compileMessage'

/** A text as a row of words and holes; a message with plurals is several of them. */
export type Pattern = readonly Part[]
export type Part = string | { readonly hole: string }

const formsAtMost = 32

type Token = string | readonly unknown[]

/** All forms a catalogue message can take. @example `formsOf('{n, plural, one {# run} other {# runs}}')` is two patterns */
export function formsOf(message: string): readonly Pattern[] {
  return expand(compileMessage(message), '#').slice(0, formsAtMost)
}

function expand(tokens: readonly unknown[], counted: string): readonly Pattern[] {
  let forms: readonly Pattern[] = [[]]
  for (const token of tokens) {
    const ways = waysOf(isToken(token) ? token : '', counted)
    forms = forms.flatMap((form) => ways.map((way) => [...form, ...way])).slice(0, formsAtMost)
  }
  return forms
}

function waysOf(token: Token, counted: string): readonly Pattern[] {
  if (typeof token === 'string') return token === '#' ? [[{ hole: counted }]] : [[token]]
  const [name, kind, choices] = token
  const hole = String(name)
  if (kind === undefined || typeof choices !== 'object' || choices === null) return [[{ hole }]]
  return Object.entries(choices).flatMap(([which, words]) =>
    which === 'offset' ? [] : expand(Array.isArray(words) ? words : [words], hole),
  )
}

function isToken(token: unknown): token is Token {
  return typeof token === 'string' || Array.isArray(token)
}

/** A text of the sources, where `${…}` is a hole named after what it holds. */
export function patternOfTemplate(text: string): Pattern {
  return text
    .split(/(\$\{[^}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('${') ? { hole: part.slice(2, -1) } : part))
}

export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** The names of a pattern's holes in their order, and what finds it, each hole a group. */
export function matcherOf(pattern: Pattern): { readonly source: string; readonly holes: readonly string[] } {
  return {
    source: pattern.map((part) => (typeof part === 'string' ? escaped(part) : '([\\s\\S]+?)')).join(''),
    holes: pattern.flatMap((part) => (typeof part === 'string' ? [] : [part.hole])),
  }
}

/** Its words alone, a hole as three dots. */
export function plain(pattern: Pattern): string {
  return pattern.map((part) => (typeof part === 'string' ? part : '…')).join('')
}

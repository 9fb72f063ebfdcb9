export type TokenKind =
  | 'name'
  | 'scope'
  | 'function'
  | 'keyword'
  | 'string'
  | 'number'
  | 'operator'
  | 'comment'
  | 'space'
  | 'text'
  | 'brace'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
}

const rules: readonly (readonly [TokenKind, RegExp])[] = [
  ['space', /\s+/y],
  ['comment', /\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/y],
  ['number', /\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y],
  ['function', /\$[A-Za-z_]*/y],
  ['keyword', /\b(?:and|or|in|true|false|null|function)\b/y],
  ['scope', /\b(?:event|input|nodes|vars|run|now)\b(?=\s*(?:\.|\[|$|[^\w(]))/y],
  ['name', /`[^`]*`?|[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*/y],
  ['operator', /[-+*/%&=<>!?:~^|@#,.;()[\]{}]/y],
]

/** Colours JSONata without understanding it: good for text that is still being typed. Every character is in exactly one token. */
export function tokens(source: string): readonly Token[] {
  const found: Token[] = []
  let at = 0
  while (at < source.length) {
    const token = next(source, at)
    found.push(token)
    at += token.text.length
  }
  return found
}

function next(source: string, at: number): Token {
  for (const [kind, rule] of rules) {
    rule.lastIndex = at
    const match = rule.exec(source)
    if (match !== null && match[0].length > 0) {
      // A name behind a dot is a field, also when it is called `event`.
      const isField = kind === 'scope' && /\.\s*$/.test(source.slice(0, at))
      return { kind: isField ? 'name' : kind, text: match[0] }
    }
  }
  return { kind: 'text', text: source.charAt(at) }
}

/** A text with holes: plain parts as they are, `{{ … }}` coloured inside. */
export function templateTokens(text: string): readonly Token[] {
  const found: Token[] = []
  let at = 0
  for (const match of text.matchAll(/\{\{([\s\S]*?)\}\}/g)) {
    if (match.index > at) found.push({ kind: 'text', text: text.slice(at, match.index) })
    found.push({ kind: 'brace', text: match[0] })
    at = match.index + match[0].length
  }
  if (at < text.length) found.push({ kind: 'text', text: text.slice(at) })
  return found
}

/** What stands next in an expression. `other` is whatever only jsonata's own parser reads. */
export type TokenKind = 'name' | 'variable' | 'text' | 'number' | 'value' | 'operator' | 'end' | 'other'

const double: ReadonlySet<string> = new Set(['..', ':=', '!=', '>=', '<=', '?:', '??'])
const single = '.[](){},;:?+-*%=<>&'
/** Comments, regular expressions, quoted names and the operators that lead out of a path. */
const beyond = '/`@#^|~!\\'
const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])
const operators: ReadonlySet<string> = new Set(['and', 'or', 'in'])
const number = /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?/y

/** The tokens of an expression, one at a time, with the ends where jsonata sees them. */
export class SimpleTokens {
  readonly #source: string
  kind: TokenKind = 'end'
  text = ''
  value: string | number | boolean | null = null
  /** Behind the token. */
  end = 0

  constructor(source: string) {
    this.#source = source
  }

  advance(): TokenKind {
    const source = this.#source
    let at = this.end
    while (isBlank(source.charCodeAt(at))) at++
    const char = source.charAt(at)
    // Most tokens, and no operator begins like one.
    if (isLetter(source.charCodeAt(at))) return this.#word(char, at)
    if (char === '') return this.#found('end', '', at)
    const pair = source.slice(at, at + 2)
    if (double.has(pair)) return this.#found('operator', pair, at + 2)
    if (pair === '**' || beyond.includes(char)) return this.#found('other', char, at + 1)
    if (single.includes(char)) return this.#found('operator', char, at + 1)
    if (char === '"' || char === "'") return this.#quoted(char, at)
    if (char >= '0' && char <= '9') return this.#number(at)
    return this.#word(char, at)
  }

  #found(kind: TokenKind, text: string, end: number): TokenKind {
    this.kind = kind
    this.text = text
    this.end = end
    return kind
  }

  #quoted(quote: string, at: number): TokenKind {
    const close = this.#source.indexOf(quote, at + 1)
    const text = this.#source.slice(at + 1, close)
    if (close === -1 || text.includes('\\')) return this.#found('other', quote, at + 1)
    this.value = text
    return this.#found('text', text, close + 1)
  }

  #number(at: number): TokenKind {
    number.lastIndex = at
    const text = number.exec(this.#source)?.[0] ?? ''
    this.value = Number.parseFloat(text)
    return this.#found(Number.isFinite(this.value) ? 'number' : 'other', text, at + text.length)
  }

  #word(first: string, at: number): TokenKind {
    const from = first === '$' ? at + 1 : at
    let end = from
    while (isOfWord(this.#source.charCodeAt(end))) end++
    const text = this.#source.slice(from, end)
    // `$$`, names that hold a `$` or a quote, and signs that no expression knows.
    if (!this.#endsWord(end) || (first !== '$' && text === '')) return this.#found('other', first, at + 1)
    if (first === '$') return this.#found('variable', text, end)
    if (operators.has(text)) return this.#found('operator', text, end)
    const value = words.get(text)
    if (value === undefined) return this.#found('name', text, end)
    this.value = value
    return this.#found('value', text, end)
  }

  /** Only blanks and operators end a name. */
  #endsWord(at: number): boolean {
    const char = this.#source.charAt(at)
    return char === '.' || char === '' || isBlank(this.#source.charCodeAt(at)) || single.includes(char) || '/@#^|~!'.includes(char)
  }
}

/** Blank, tab, line feed, vertical tab, carriage return: what jsonata skips. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 11 || code === 13
}

/** Letters, digits, the underscore, and everything beyond ASCII. */
function isOfWord(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 95 || code > 127
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

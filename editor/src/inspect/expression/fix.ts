import { functions } from './functions.ts'
import { type Token, tokens } from './highlight.ts'

/** A way out of a common mistake: what to do, in a word or sign, and the expression after it. */
export interface ExpressionFix {
  /** What is replaced, and by what; `add` puts something at the end. */
  readonly kind: 'replace' | 'add'
  readonly from: string
  readonly to: string
  readonly source: string
}

const signs: Readonly<Record<string, string>> = { '===': '=', '==': '=', '!==': '!=', '&&': 'and', '||': 'or' }
const wide: Readonly<Record<string, string>> = {
  '（': '(',
  '）': ')',
  '，': ',',
  '＞': '>',
  '＜': '<',
  '＝': '=',
  '“': '"',
  '”': '"',
  '；': ';',
  '：': ':',
}
const wideSigns = /[（），＞＜＝“”；：]/g
const names = new Set(['event', 'input', 'nodes', 'vars', 'run', 'now'])

/** The first thing that is known to be written differently here; null when nothing is. Only asked when the expression fails. */
export function fixOf(source: string): ExpressionFix | null {
  const parts = tokens(source)
  return wideSign(parts) ?? foreignSign(source, parts) ?? unknownFunction(parts) ?? unclosed(source, parts)
}

function text(parts: readonly Token[]): string {
  return parts.map((part) => part.text).join('')
}

/** Names may hold any letter beyond ASCII, so full-width signs arrive inside them. All are changed at once: who typed one typed the rest with it. */
function wideSign(parts: readonly Token[]): ExpressionFix | null {
  const isOutside = (part: Token) => part.kind !== 'string' && part.kind !== 'comment'
  const narrow = (part: Token) => (isOutside(part) ? part.text.replace(wideSigns, (sign) => wide[sign] ?? sign) : part.text)
  const from = parts.filter(isOutside).flatMap((part) => part.text.match(wideSigns) ?? [])[0]
  if (from === undefined) return null
  return { kind: 'replace', from, to: wide[from] ?? '', source: parts.map(narrow).join('') }
}

function foreignSign(source: string, parts: readonly Token[]): ExpressionFix | null {
  for (const sign of Object.keys(signs)) {
    let from = 0
    for (const part of parts) {
      const isSign = part.kind === 'operator' && source.startsWith(sign, from)
      if (isSign) {
        const to = signs[sign] ?? ''
        const before = source.slice(0, from)
        const after = source.slice(from + sign.length)
        const spaced = /^\w/.test(to) ? `${before.replace(/\s*$/, ' ')}${to}${after.replace(/^\s*/, ' ')}` : `${before}${to}${after}`
        return { kind: 'replace', from: sign, to, source: spaced }
      }
      from += part.text.length
    }
  }
  return null
}

function unknownFunction(parts: readonly Token[]): ExpressionFix | null {
  for (const [index, part] of parts.entries()) {
    if (part.kind !== 'function' || part.text.length < 2 || functions.some(({ name }) => name === part.text)) continue
    const bare = part.text.slice(1)
    const near = functions.map(({ name }) => ({ name, far: distance(name, part.text) })).sort((a, b) => a.far - b.far)[0]
    const to = names.has(bare) ? bare : near !== undefined && near.far <= 2 ? near.name : null
    if (to === null) continue
    return { kind: 'replace', from: part.text, to, source: text(parts.map((each, at) => (at === index ? { ...each, text: to } : each))) }
  }
  return null
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

function unclosed(source: string, parts: readonly Token[]): ExpressionFix | null {
  const last = parts.at(-1)
  if (last?.kind === 'string' && (last.text.length < 2 || last.text.at(-1) !== last.text[0])) {
    const quote = last.text.charAt(0)
    return { kind: 'add', from: '', to: quote, source: source + quote }
  }
  const open: string[] = []
  for (const part of parts) {
    if (part.kind !== 'operator') continue
    if (part.text in closers) open.push(closers[part.text] ?? '')
    else if (part.text === open.at(-1)) open.pop()
  }
  const to = open.reverse().join('')
  return to === '' ? null : { kind: 'add', from: '', to, source: source.trimEnd() + to }
}

/** How many letters differ (Levenshtein). */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const cost = left[i - 1]?.toLowerCase() === right[j - 1]?.toLowerCase() ? 0 : 1
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost)
    }
    row = next
  }
  return row[right.length] ?? 0
}

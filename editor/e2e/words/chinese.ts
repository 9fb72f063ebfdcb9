import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { allPairs, type Pair } from './pairs.ts'
import { escaped, matcherOf, type Pattern, plain } from './pattern.ts'

/** What English words are called in the Chinese product: one text, several, or with holes; null where the product has no such text. */
export interface Chinese {
  /** Sources of regular expressions, any of which may stand there. */
  readonly sources: readonly string[]
  /** The text itself where there is exactly one without holes. */
  readonly text: string | null
}

/** Words found inside so many texts are no text of the product, but a word of the language. */
const insideAtMost = 24
/** How deep words inside words are looked up: a value in a sentence, and a value in that one. */
const depthAtMost = 2

interface Prepared extends Pair {
  readonly words: string
  readonly matcher: RegExp
  readonly holes: readonly string[]
}

let prepared: readonly Prepared[] | null = null
const found = new Map<string, Chinese | null>()

function pairs() {
  prepared ??= allPairs().map((pair) => {
    const { source, holes } = matcherOf(pair.en)
    return { ...pair, words: plain(pair.en), matcher: new RegExp(`^${source}$`, 'i'), holes }
  })
  return prepared
}

/** Looks English words up: as a whole text, as one with its values filled in, or as a part of a text. */
export function chineseOf(english: string): Chinese | null {
  const known = found.get(english)
  if (known !== undefined) return known
  const chinese = lookUp(english.trim(), 0)
  found.set(english, chinese)
  if (chinese === null) report(english)
  return chinese
}

function lookUp(english: string, depth: number): Chinese | null {
  if (!/[A-Za-z]/.test(english)) return null
  const whole = pairs().filter(({ words }) => words === english)
  const same = whole.length > 0 ? whole : pairs().filter(({ words }) => words.toLowerCase() === english.toLowerCase())
  const fitting = pairs().flatMap((pair) => {
    const values = isTelling(pair.en) ? pair.matcher.exec(english) : null
    return values === null ? [] : [{ pair, values }]
  })
  if (same.length > 0) {
    // “Name in Chinese” is a text, and also “{label} in Chinese” with another text of the product.
    const made = fitting.filter(({ values }) => depth === 0 && values.slice(1).every((value) => lookUp(value, depthAtMost) !== null))
    const forms = same.flatMap(({ zh }) => zh.map((form) => sourceOf(form, () => null)))
    return joined([...forms, ...made.flatMap(({ pair, values }) => filledIn(pair, values, depthAtMost - 1))])
  }
  // The one that says most of it in its own words: “Step 2 of 5” is no “{a} of {b}”.
  const most = Math.max(0, ...fitting.map(({ pair }) => lettersOf(pair.words)))
  const inside = depth === 0 ? textsWith(english) : []
  // “One run moved” is the beginning of a sentence rather than a “{name} moved”.
  if (fitting.length > 0 && (inside.length === 0 || most > lettersOf(english) / 2)) {
    return joined(fitting.filter(({ pair }) => lettersOf(pair.words) === most).flatMap(({ pair, values }) => filledIn(pair, values, depth)))
  }
  return inside.length === 0 ? null : joined(inside.flatMap(({ zh }) => zh.map((form) => sourceOf(form, () => null))))
}

function lettersOf(text: string): number {
  return text.replace(/[^A-Za-z]/g, '').length
}

/** Texts these words are a part of, numbers aside. */
function textsWith(english: string): readonly Prepared[] {
  const part = english.toLowerCase().replace(/[\d,.]*\d/g, '…')
  // One word alone is too little to know a text by; the name of a field is the same in both languages.
  if (!english.includes(' ') || !/[a-z]{3}/.test(part)) return []
  const inside = pairs().filter(({ words }) => words.toLowerCase().includes(english.toLowerCase()) || words.toLowerCase().includes(part))
  return inside.length > insideAtMost ? [] : inside
}

function filledIn(pair: Prepared, values: RegExpExecArray, depth: number): readonly string[] {
  const captured = (hole: string) => values[pair.holes.indexOf(hole) + 1] ?? null
  return pair.zh.map((form) => sourceOf(form, (hole) => sourceOfValue(pair.holes.includes(hole) ? captured(hole) : null, depth)))
}

/** A text of holes and small words alone, such as `{a} of {b}`, would fit everything. */
function isTelling(pattern: Pattern): boolean {
  return (
    pattern.some((part) => typeof part !== 'string') &&
    pattern.some((part) => typeof part === 'string' && /[A-Za-z]{2}/.test(part.replace(/\bof\b/, '')))
  )
}

/** A value stays as it is, as people typed it, or is itself a text of the product. */
function sourceOfValue(value: string | null, depth: number): string | null {
  if (value === null) return null
  const chinese = depth < depthAtMost ? lookUp(value, depth + 1) : null
  return chinese === null ? escaped(value) : `(?:${[escaped(value), ...chinese.sources].join('|')})`
}

function sourceOf(pattern: Pattern, fill: (hole: string) => string | null): string {
  return pattern.map((part) => (typeof part === 'string' ? escaped(part) : (fill(part.hole) ?? '[\\s\\S]*?'))).join('')
}

function joined(all: readonly string[]): Chinese {
  const sources = [...new Set(all)]
  const [only = ''] = sources
  const text = only.replace(/\\([.*+?^${}()|[\]\\])/g, '$1')
  return { sources, text: sources.length === 1 && escaped(text) === only ? text : null }
}

const log = join(dirname(fileURLToPath(import.meta.url)), '../../../.cache/words-without-chinese.txt')

/** What the product has no Chinese for stays as it is: a name the test gave itself, or a text somebody forgot. */
function report(english: string): void {
  mkdirSync(dirname(log), { recursive: true })
  appendFileSync(log, `${english}\n`)
}

/** A pattern of literal words, `^A|B$`, word by word; any other by the texts it finds. Null where it fits none or far too many. */
export function chineseOfPattern(pattern: RegExp): RegExp | null {
  if (/\p{Script=Han}/u.test(pattern.source)) return null
  const [, start = '', body = '', end = ''] = /^(\^?)(?:\(((?:[^()])*)\)|(?:))?(\$?)$/.exec(pattern.source) ?? []
  const plainBody = body === '' ? pattern.source.replace(/^\^/, '').replace(/\$$/, '') : body
  const opens = body === '' ? (pattern.source.startsWith('^') ? '^' : '') : start
  const closes = body === '' ? (pattern.source.endsWith('$') ? '$' : '') : end
  if (/^[^.*+?^${}()[\]\\]+$/.test(plainBody)) {
    const words = plainBody.split('|').map((word) => [word, chineseOf(word)] as const)
    if (words.every(([, chinese]) => chinese === null)) return null
    const sources = words.flatMap(([word, chinese]) => chinese?.sources ?? [escaped(word)])
    return new RegExp(`${opens}(?:${sources.join('|')})${closes}`, pattern.flags)
  }
  const fitting = pairs().filter(({ en }) => en.some((part) => typeof part === 'string' && part.length > 2) && pattern.test(sample(en)))
  if (fitting.length === 0 || fitting.length > insideAtMost) {
    report(String(pattern))
    return null
  }
  return new RegExp(joined(fitting.flatMap(({ zh }) => zh.map((form) => sourceOf(form, () => null)))).sources.join('|'), pattern.flags)
}

/** A text with something in its holes: a number, which also counts as a word. */
function sample(pattern: Pattern): string {
  return pattern.map((part) => (typeof part === 'string' ? part : '2')).join('')
}

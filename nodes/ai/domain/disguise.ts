import type { Json } from '@sluice/sdk'
import { maskText } from '../../masking/index.ts'

/** Personal data of one question to a model, behind names that this call alone knows; the answer gets it back. */
export interface Disguise {
  /** The same value with `[CN_MOBILE_1]` where a number stood, the same name for the same text. */
  hide(value: Json): Json
  /** The JSON text of an answer, with what stood behind each name. A name nobody gave stays as it is. */
  restore(answer: string): string
}

/** Shorter texts stand in too many words to be somebody's. */
const knownCharsMin = 2
const depthMax = 64

/** `known` is what is on record about the person: their name and how to reach them, which no pattern would find. */
export function disguise(known: readonly string[]): Disguise {
  const nameOf = new Map<string, string>()
  const behind = new Map<string, string>()
  const counts = new Map<string, number>()
  const patterns = [...known]
    .filter((text) => text.trim().length >= knownCharsMin)
    .sort((a, b) => b.length - a.length)
    .map(asPattern)

  function called(kind: string, text: string): string {
    const key = `${kind} ${text}`
    const earlier = nameOf.get(key)
    if (earlier !== undefined) return earlier
    const number = (counts.get(kind) ?? 0) + 1
    const name = `[${kind.toUpperCase().replaceAll('-', '_')}_${number}]`
    counts.set(kind, number)
    nameOf.set(key, name)
    behind.set(name, text)
    return name
  }

  function hideText(raw: string): string {
    const known = patterns.reduce((text, pattern) => text.replace(pattern, (found) => called('customer', found)), raw)
    let text = ''
    let done = 0
    for (const { kind, start, end } of maskText(known).findings) {
      text += known.slice(done, start) + called(kind, known.slice(start, end))
      done = end
    }
    return text + known.slice(done)
  }

  function hide(value: Json, depth = 0): Json {
    if (typeof value === 'string') return hideText(value)
    if (typeof value === 'number') return isPersonal(value) ? hideText(String(value)) : value
    if (typeof value !== 'object' || value === null) return value
    if (depth > depthMax) return null
    if (Array.isArray(value)) return value.map((item) => hide(item, depth + 1))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [hideText(key), hide(item, depth + 1)]))
  }

  return {
    hide: (value) => hide(value),
    restore: (answer) =>
      answer.replace(/\[[A-Z0-9_]{3,40}\]/g, (name) => {
        const text = behind.get(name)
        return text === undefined ? name : JSON.stringify(text).slice(1, -1)
      }),
  }
}

/** A phone number written as a number; a mere long one is an amount or an instant. */
function isPersonal(value: number): boolean {
  return maskText(String(value)).findings.some(({ kind }) => kind !== 'digit-run')
}

/** Whole words only, where a script has spaces between them: a customer called Al is not in “also”. */
function asPattern(text: string): RegExp {
  const escaped = text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const spaced = /^[\p{Script=Latin}\p{N}]/u.test(text.trim())
  return spaced ? new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'giu') : new RegExp(escaped, 'gu')
}

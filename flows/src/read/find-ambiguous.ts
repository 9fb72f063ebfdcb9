import { pointer } from '../pointer.ts'
import { endOfText } from './exact-integers.ts'
import { type FlowFileProblem, fileProblem } from './problems.ts'

interface Level {
  /** Names seen so far; null in a list. */
  readonly names: Set<string> | null
  at: string | number
}

interface Found {
  readonly what: 'repeated' | 'rounded' | 'deep'
  readonly path: string
  /** The name that stands twice, or the number. */
  readonly text: string
}

/** What two readers of one flow file could take for different things. Expects text that is JSON. */
export function findAmbiguous(text: string): FlowFileProblem | null {
  const found = scan(text, { depthMax: Number.POSITIVE_INFINITY, rounded: true })
  if (found === null) return null
  return found.what === 'repeated'
    ? fileProblem('SLU_FLOW_DUPLICATE_FIELD', found.path, twice(found.text))
    : fileProblem('SLU_FLOW_NUMBER_ROUNDED', found.path, wasRounded(found.text))
}

/** A name that stands twice in an object; `deep`: what the first of two equal names hides nests deeper than is looked at. */
export type RepeatedName = { readonly path: string; readonly name: string } | 'deep' | null

/**
 * Whether a name stands twice in an object of JSON text, of which a reader then takes only the last. `members` is how many members the
 * value has that was read from it, null when nobody counted them: it is compared with the colons behind a quotation mark, which are as many and
 * seldom more, and the text is gone through only where they differ.
 */
export function repeatedName(text: string, members: number | null, depthMax: number): RepeatedName {
  if (members !== null && colonsBehindQuotes(text) === members) return null
  const found = scan(text, { depthMax, rounded: false })
  if (found === null) return null
  return found.what === 'deep' ? 'deep' : { path: found.path, name: found.text }
}

/** Each member has one; a text that begins with a colon or holds an escaped quotation mark before one has some that are none. */
function colonsBehindQuotes(text: string): number {
  let count = 0
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1
    while (blanks.has(text.charCodeAt(before))) before -= 1
    if (text.charCodeAt(before) === quote) count += 1
  }
  return count
}

const quote = 0x22
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d])

/** The first of them. Numbers only where they are asked for: one must not end the search for names. Paths are put together only then. */
function scan(text: string, { depthMax, rounded }: { readonly depthMax: number; readonly rounded: boolean }): Found | null {
  const levels: Level[] = []
  let top: Level = { names: null, at: 0 }
  let nameComes = false
  const path = (last: string | number) =>
    [...levels.slice(1).map(({ at }) => at), last].reduce<string>((all, part) => pointer(all, part), '')
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index)
    if (sign === '"') {
      const end = endOfText(text, index)
      if (nameComes && top.names !== null) {
        top.at = nameOf(text.slice(index, end + 1))
        if (top.names.has(top.at)) return { what: 'repeated', path: path(top.at), text: top.at }
        top.names.add(top.at)
        nameComes = false
      }
      index = end
    } else if (sign === '{' || sign === '[') {
      levels.push(top)
      if (levels.length > depthMax) return { what: 'deep', path: '', text: '' }
      top = { names: sign === '{' ? new Set() : null, at: 0 }
      nameComes = sign === '{'
    } else if (sign === '}' || sign === ']') top = levels.pop() ?? top
    else if (sign === ',') {
      nameComes = top.names !== null
      if (typeof top.at === 'number') top.at += 1
    } else if (sign === '-' || (sign >= '0' && sign <= '9')) {
      const number = numberAt(text, index)
      if (rounded && isRounded(number)) return { what: 'rounded', path: levels.length === 0 ? '' : path(top.at), text: number }
      index += number.length - 1
    }
  }
  return null
}

function nameOf(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1)
}

const numbers = /[-+.\deE]+/y

function numberAt(text: string, index: number): string {
  numbers.lastIndex = index
  return numbers.exec(text)?.[0] ?? text.charAt(index)
}

function isRounded(number: string): boolean {
  return number.length > 15 && /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number))
}

const twice = (name: string) => ({
  en: `“${name.slice(0, 100)}” stands here twice; only one of them would count`,
  'zh-CN': `此处“${name.slice(0, 100)}”出现了两次，只有一个会生效`,
})
const wasRounded = (number: string) => ({
  en: `The number ${number.slice(0, 40)} would be rounded to ${Number(number)}; write long ids as text, in quotes`,
  'zh-CN': `数字 ${number.slice(0, 40)} 会被舍入为 ${Number(number)}，较长的编号请写成带引号的文本`,
})

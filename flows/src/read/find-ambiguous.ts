import { pointer } from '../pointer.ts'
import { endOfText } from './exact-integers.ts'
import { type FlowFileProblem, fileProblem } from './problems.ts'

interface Level {
  /** Names seen so far; null in a list. */
  readonly names: Set<string> | null
  at: string | number
}

/**
 * What two readers of one file could take for different things: a name that stands twice in an object, and a whole number that is
 * rounded when it is read. Expects text that is JSON. Paths are put together only when something was found.
 */
export function findAmbiguous(text: string): FlowFileProblem | null {
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
        if (top.names.has(top.at)) return fileProblem('SLU_FLOW_DUPLICATE_FIELD', path(top.at), twice(top.at))
        top.names.add(top.at)
        nameComes = false
      }
      index = end
    } else if (sign === '{' || sign === '[') {
      levels.push(top)
      top = { names: sign === '{' ? new Set() : null, at: 0 }
      nameComes = sign === '{'
    } else if (sign === '}' || sign === ']') top = levels.pop() ?? top
    else if (sign === ',') {
      nameComes = top.names !== null
      if (typeof top.at === 'number') top.at += 1
    } else if (sign === '-' || (sign >= '0' && sign <= '9')) {
      const number = numberAt(text, index)
      if (isRounded(number)) return fileProblem('SLU_FLOW_NUMBER_ROUNDED', levels.length === 0 ? '' : path(top.at), rounded(number))
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
const rounded = (number: string) => ({
  en: `The number ${number.slice(0, 40)} would be rounded to ${Number(number)}; write long ids as text, in quotes`,
  'zh-CN': `数字 ${number.slice(0, 40)} 会被舍入为 ${Number(number)}，较长的编号请写成带引号的文本`,
})

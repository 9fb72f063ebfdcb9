/** Values as the JSON text that is stored. What is asked for again and again is made once. */
import type { Json } from '@sluice/flows'

let last: object | null = null
let lastText = ''

/**
 * The data of an event goes into the inbox and then into the journal of each run it starts; a step's data often into the next entry too.
 * Values never change once they travel, so the text of the last one is kept.
 */
export function jsonText(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (value !== last) {
    lastText = JSON.stringify(value)
    last = value
  }
  return lastText
}

const names = new Map<string, string>()
const namesMax = 10_000

/** For names of steps, ports and lines: few, and the same in each run. */
export function nameText(name: string): string {
  let text = names.get(name)
  if (text === undefined) {
    if (names.size >= namesMax) names.clear()
    text = JSON.stringify(name)
    names.set(name, text)
  }
  return text
}

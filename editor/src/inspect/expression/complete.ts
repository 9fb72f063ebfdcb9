import type { Json, JsonObject } from '@sluice/flows'
import { functions } from './functions.ts'

export interface Suggestion {
  readonly label: string
  /** What is written in place of the typed part. */
  readonly insert: string
  readonly detail: string
  readonly kind: 'data' | 'function'
}

export interface Suggestions {
  /** Where the typed part begins. */
  readonly from: number
  readonly items: readonly Suggestion[]
}

const suggestionsMax = 50
const typed = /((?:(?:`[^`]*`|[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*|\[\d+\])\.?)*)$/
const isWord = /^[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*$/

/** What can stand at the caret, read off a real sample: fields of the path so far, names in scope, functions after `$`. */
export function complete(source: string, caret: number, document: JsonObject): Suggestions {
  const before = source.slice(0, caret)
  const dollar = /\$[A-Za-z]*$/.exec(before)
  if (dollar !== null) {
    const part = dollar[0].toLowerCase()
    const items = functions.filter((each) => each.name.toLowerCase().startsWith(part))
    return {
      from: dollar.index,
      items: items.map((each) => ({ label: each.name, insert: `${each.name}(`, detail: each.signature, kind: 'function' as const })),
    }
  }
  const path = typed.exec(before)?.[1] ?? ''
  const dot = path.lastIndexOf('.')
  const last = path.slice(dot + 1).replace(/^`/, '')
  const holder = dot < 0 ? document : follow(document, path.slice(0, dot))
  const from = caret - (path.length - dot - 1)
  const wanted = last.toLowerCase()
  const items = fieldsOf(holder)
    .filter(([name]) => name.toLowerCase().startsWith(wanted) && name !== last)
    .slice(0, suggestionsMax)
    .map(([name, value]) => ({
      label: name,
      insert: isWord.test(name) ? name : `\`${name}\``,
      detail: shape(value),
      kind: 'data' as const,
    }))
  return { from, items }
}

/** JSONata looks into the items of a list by itself, so do we. */
function follow(document: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = document
  for (const match of path.matchAll(/`([^`]+)`|\[(\d+)\]|([^.[\]`]+)/g)) {
    const name = match[1] ?? match[3]
    if (name === undefined) {
      value = Array.isArray(value) ? (value as readonly Json[])[Number(match[2])] : value
      continue
    }
    const holder: Json | undefined = Array.isArray(value) ? (value as readonly Json[])[0] : value
    value = typeof holder === 'object' && holder !== null ? (holder as JsonObject)[name] : undefined
  }
  return value
}

function fieldsOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  const holder = Array.isArray(value) ? (value as readonly Json[])[0] : value
  return typeof holder === 'object' && holder !== null && !Array.isArray(holder) ? Object.entries(holder as JsonObject) : []
}

/** A value in a few characters; a sealed one only says that it is sealed. */
function shape(value: Json | undefined): string {
  if (value === undefined) return ''
  if (value === null) return 'null'
  if (typeof value === 'string') return value.length > 24 ? `"${value.slice(0, 23)}…"` : `"${value}"`
  if (Array.isArray(value)) return `[${value.length}]`
  if (typeof value === 'object') return '$masked' in value ? '•••' : `{${Object.keys(value).length}}`
  return String(value)
}

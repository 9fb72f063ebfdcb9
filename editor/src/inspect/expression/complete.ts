import type { ShownShape } from '@sluice/engine/compile'
import type { Json, JsonObject } from '@sluice/flows'
import { type JsonType, typeOf } from '../data/type-of.ts'
import { functions } from './functions.ts'

export interface Suggestion {
  readonly label: string
  /** What is written in place of the typed part. */
  readonly insert: string
  /** What it is in the sample; empty where the sample has none. */
  readonly detail: string
  /** What it is, as far as that is known. */
  readonly types: readonly JsonType[]
  readonly kind: 'data' | 'function'
}

export interface Suggestions {
  /** Where the typed part begins. */
  readonly from: number
  readonly items: readonly Suggestion[]
}

/** A place in the data: what stands there in the sample, and what the check knows of it. */
interface Place {
  readonly value: Json | undefined
  readonly shape: ShownShape
}

const suggestionsMax = 50
const typed = /((?:(?:`[^`]*`|[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*|\[\d+\])\.?)*)$/
const isWord = /^[A-Za-z_\u00c0-\uffff][\w\u00c0-\uffff]*$/

/**
 * What can stand at the caret: fields of the path so far and names in scope, read off a real sample and off what the check knows of the
 * data, and functions after `$`.
 */
export function complete(source: string, caret: number, document: JsonObject, seen: ShownShape = null): Suggestions {
  const before = source.slice(0, caret)
  const dollar = /\$[A-Za-z]*$/.exec(before)
  if (dollar !== null) {
    const part = dollar[0].toLowerCase()
    const items = functions.filter((each) => each.name.toLowerCase().startsWith(part))
    return {
      from: dollar.index,
      items: items.map((each) => ({
        label: each.name,
        insert: `${each.name}(`,
        detail: each.signature,
        types: [],
        kind: 'function' as const,
      })),
    }
  }
  const path = typed.exec(before)?.[1] ?? ''
  const dot = path.lastIndexOf('.')
  const last = path.slice(dot + 1).replace(/^`/, '')
  const from = caret - (path.length - dot - 1)
  const wanted = last.toLowerCase()
  const items = holdersOf(before.slice(0, before.length - path.length), { value: document, shape: seen })
    .map((holder) => (dot < 0 ? holder : follow(holder, path.slice(0, dot))))
    .flatMap(fieldsOf)
    .filter(([name], at, all) => all.findIndex(([other]) => other === name) === at)
    .filter(([name]) => name.toLowerCase().startsWith(wanted) && name !== last)
    .slice(0, suggestionsMax)
    .map(([name, { value, shape: known }]) => ({
      label: name,
      insert: isWord.test(name) ? name : `\`${name}\``,
      detail: shown(value),
      types: typesOf(value, known),
      kind: 'data' as const,
    }))
  return { from, items }
}

/** Where a name is looked for: in the items of the list whose filter is being written, then in everything. */
function holdersOf(before: string, root: Place): readonly Place[] {
  let depth = 0
  for (let at = before.length - 1; at >= 0; at--) {
    const char = before.charAt(at)
    if (')]}'.includes(char)) depth += 1
    else if ('([{'.includes(char) && depth > 0) depth -= 1
    else if (char === '[' || (char === '(' && before.charAt(at - 1) === '.')) {
      const path = (typed.exec(before.slice(0, at))?.[1] ?? '').replace(/\.$/, '')
      return path === '' ? [root] : [follow(root, path), root]
    }
  }
  return [root]
}

/** JSONata looks into the items of a list by itself, so do we. */
function follow(from: Place, path: string): Place {
  let place = from
  for (const match of path.matchAll(/`([^`]+)`|\[(\d+)\]|([^.[\]`]+)/g)) {
    const name = match[1] ?? match[3]
    place = name === undefined ? itemOf(place, Number(match[2])) : memberOf(itemOf(place, 0), name)
  }
  return place
}

function itemOf({ value, shape }: Place, index: number): Place {
  return { value: Array.isArray(value) ? (value as readonly Json[])[index] : value, shape: shape?.items ?? shape }
}

function memberOf({ value, shape }: Place, name: string): Place {
  return {
    value: typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined,
    shape: shape?.members?.find(([member]) => member === name)?.[1] ?? null,
  }
}

/** Those of the sample first: they are certainly there. */
function fieldsOf(place: Place): readonly (readonly [string, Place])[] {
  const holder = itemOf(place, 0)
  const names = new Set([
    ...(typeof holder.value === 'object' && holder.value !== null && !Array.isArray(holder.value) ? Object.keys(holder.value) : []),
    ...(holder.shape?.members?.map(([name]) => name) ?? []),
  ])
  return [...names].map((name) => [name, memberOf(holder, name)] as const)
}

const typeOfKind = { text: 'string', number: 'number', boolean: 'boolean', null: 'nothing', list: 'array', object: 'object' } as const

function typesOf(value: Json | undefined, shape: ShownShape): readonly JsonType[] {
  if (shape !== null) return shape.kinds.map((kind) => typeOfKind[kind])
  return value === undefined ? [] : [typeOf(value)]
}

/** A value in a few characters; a sealed one only says that it is sealed. */
function shown(value: Json | undefined): string {
  if (value === undefined) return ''
  if (value === null) return 'null'
  if (typeof value === 'string') return value.length > 24 ? `"${value.slice(0, 23)}…"` : `"${value}"`
  if (Array.isArray(value)) return `[${value.length}]`
  if (typeof value === 'object') return '$masked' in value ? '•••' : `{${Object.keys(value).length}}`
  return String(value)
}

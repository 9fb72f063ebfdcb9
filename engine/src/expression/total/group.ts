import { isReservedKey } from '@sluice/flows'
import { type Group, pairsOf } from '../ast.ts'
import { failureOf } from '../errors.ts'
import { spend } from './budget.ts'
import type { Compile } from './compile.ts'
import type { Eval, Frame } from './frame.ts'
import { append } from './operators.ts'
import { isList, type Value } from './value.ts'

interface Entry {
  data: Value
  readonly pair: number
}

/** `{ key: value, … }`: items with the same key are gathered, then each value sees its items. */
export function compileGroup(group: Pick<Group, 'lhs'>, compile: Compile): Eval {
  const pairs = pairsOf(group).map(([key, value]) => ({ key: compile(key), value: compile(value) }))
  return (input, frame) => {
    const items = itemsOf(input)
    spend(items.length * pairs.length + 1)
    const entries = new Map<string, Entry>()
    for (const item of items) {
      for (let pair = 0; pair < pairs.length; pair++) gather(entries, keyOf(pairs[pair]?.key, item, frame), item, pair)
    }
    const result: Record<string, Value> = {}
    for (const [key, entry] of entries) {
      const value = pairs[entry.pair]?.value(entry.data, frame)
      // A reserved key would not survive `finish` either; setting `__proto__` here would change the object's prototype.
      if (value !== undefined && !isReservedKey(key)) result[key] = value
    }
    return result
  }
}

/** Nothing still makes one object, so that `{ "a": 1 }` is a literal. */
function itemsOf(input: Value): readonly Value[] {
  if (!isList(input)) return [input]
  return input.length === 0 ? [undefined] : input
}

function keyOf(key: Eval | undefined, item: Value, frame: Frame): string | null {
  const name = key?.(item, frame)
  if (name === undefined) return null
  if (typeof name !== 'string') throw failureOf('T1003')
  if (name === '_jsonata_lambda' || name === '_jsonata_function') throw failureOf('D1013')
  return name
}

function gather(entries: Map<string, Entry>, key: string | null, item: Value, pair: number): void {
  if (key === null) return
  const entry = entries.get(key)
  if (entry === undefined) entries.set(key, { data: item, pair })
  else if (entry.pair !== pair) throw failureOf('D1009')
  else entry.data = append(entry.data, item)
}

import type { Ast } from '../ast.ts'
import { failureOf } from '../errors.ts'
import { spend } from './budget.ts'
import type { Compile } from './compile.ts'
import type { Eval, Frame } from './frame.ts'
import { isList, type List, type Value } from './value.ts'

export type SortStep = (input: List, frame: Frame) => Value

/** Whether the second of two items belongs before the first. */
type Swaps = (first: Value, second: Value) => boolean

interface Term {
  readonly key: Eval
  readonly descending: boolean
}

/** `^(a, >b)`: sort by one or more terms. */
export function compileSort(step: Ast, compile: Compile): SortStep {
  const terms = (step.terms ?? []).map((term) => ({ key: compile(term.expression), descending: term.descending }))
  return (input, frame) => sorted(input, (first, second) => order(terms, first, second, frame) === 1)
}

function order(terms: readonly Term[], first: Value, second: Value, frame: Frame): number {
  for (const term of terms) {
    const result = orderBy(term.key(first, frame), term.key(second, frame), term.descending)
    if (result !== 0) return result
  }
  return 0
}

/** Items without a value come last, whatever the direction. */
function orderBy(first: Value, second: Value, descending: boolean): number {
  if (first === undefined) return second === undefined ? 0 : 1
  if (second === undefined) return -1
  if (!isSortable(first) || !isSortable(second)) throw failureOf('T2008')
  if (typeof first !== typeof second) throw failureOf('T2007')
  if (first === second) return 0
  return first < second !== descending ? -1 : 1
}

function isSortable(value: Value): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

/** The same stable merge as jsonata's, so that mixed lists fail at the same comparison. A list of one comes back as it is. */
function sorted(list: List, swaps: Swaps): Value {
  if (list.length <= 1) return list
  return mergeSort(list, swaps)
}

function mergeSort(list: readonly Value[], swaps: Swaps): readonly Value[] {
  if (list.length <= 1) return list
  const middle = Math.floor(list.length / 2)
  return merged(mergeSort(list.slice(0, middle), swaps), mergeSort(list.slice(middle), swaps), swaps)
}

function merged(left: readonly Value[], right: readonly Value[], swaps: Swaps): readonly Value[] {
  spend(left.length + right.length)
  const result: Value[] = []
  let from = 0
  let other = 0
  while (from < left.length && other < right.length) {
    if (swaps(left[from], right[other])) result.push(right[other++])
    else result.push(left[from++])
  }
  return result.concat(left.slice(from), right.slice(other))
}

/** `$sort(list)` without a comparison: texts or numbers only. */
export function sortPlain(list: Value): Value {
  if (!isList(list) || list.length <= 1) return list
  spend(list.length)
  const kind = typeof list[0]
  const same = (kind === 'string' || kind === 'number') && list.every((item) => typeof item === kind && !Number.isNaN(item))
  if (!same) throw failureOf('D3070')
  if (list.some((item) => item === Number.POSITIVE_INFINITY || item === Number.NEGATIVE_INFINITY)) throw failureOf('D1001')
  return sorted(list, (first, second) => (first as string) > (second as string))
}

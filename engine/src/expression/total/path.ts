import type { Ast } from '../ast.ts'
import { spend } from './budget.ts'
import type { Compile } from './compile.ts'
import { compileFilters, type Filter } from './filter.ts'
import type { Eval, Frame } from './frame.ts'
import { compileGroup } from './group.ts'
import { compileSort, type SortStep } from './sort.ts'
import { isList, isSequence, type List, type Sequence, sequenceOf, sequenceOfOne, type Value } from './value.ts'

interface Step {
  readonly run: Eval
  readonly filters: readonly Filter[]
  /** A list written out at the start is evaluated once, not per item. */
  readonly once: boolean
  readonly sort: SortStep | null
}

/** The value of a field; on a list, the values of that field in all items. */
export function fieldOf(input: Value, key: string): Value {
  if (!isList(input)) {
    return typeof input === 'object' && input !== null && Object.hasOwn(input, key) ? input[key] : undefined
  }
  spend(input.length)
  const found = sequenceOf()
  for (const item of input) {
    const value = fieldOf(item, key)
    if (value === undefined) continue
    if (isList(value)) pushAll(found, value)
    else found.push(value)
  }
  return found
}

export function compilePath(ast: Ast, compile: Compile): Eval {
  const steps = ast.steps ?? []
  const general = compileGeneral(ast, steps, compile)
  const keys = plainKeys(ast, steps)
  return keys === null ? general : compilePlain(keys, general)
}

/** Names only, nothing else: the usual path, for which nearly all objects have single values on the way. */
function plainKeys(ast: Ast, steps: readonly Ast[]): readonly string[] | null {
  if (ast.group !== undefined || ast.keepSingletonArray === true) return null
  const isPlain = (step: Ast) => step.type === 'name' && step.stages === undefined && step.predicate === undefined && !step.keepArray
  return steps.every((step) => isPlain(step) && step.group === undefined) ? steps.map((step) => String(step.value)) : null
}

function compilePlain(keys: readonly string[], general: Eval): Eval {
  const last = keys.length - 1
  return (input, frame) => {
    let value: Value = input
    for (let index = 0; index <= last; index++) {
      if (typeof value !== 'object' || value === null) return undefined
      if (Array.isArray(value)) return general(input, frame)
      const key = keys[index] as string
      if (!Object.hasOwn(value, key)) return undefined
      value = (value as { readonly [key: string]: Value })[key]
    }
    return isSequence(value) ? general(input, frame) : value
  }
}

function compileGeneral(ast: Ast, parts: readonly Ast[], compile: Compile): Eval {
  const steps = parts.map((step, index) => compileStep(step, index === 0, compile))
  const absolute = parts[0]?.type === 'variable'
  const group = ast.group === undefined ? null : compileGroup(ast.group, compile)
  const keepSingleton = ast.keepSingletonArray === true
  return (input, frame) => {
    let result: Value = isList(input) && !absolute ? input : sequenceOfOne(input)
    for (let index = 0; index < steps.length; index++) {
      result = runStep(steps[index] as Step, result as List, frame, index === steps.length - 1)
      if (!isList(result) || result.length === 0) break
    }
    if (keepSingleton) result = kept(result)
    return group === null ? result : group(result, frame)
  }
}

function kept(result: Value): Value {
  if (!isList(result)) return result
  const sequence = result.cons === true && result.sequence !== true ? sequenceOfOne(result) : result
  if (isSequence(sequence)) sequence.keepSingleton = true
  return sequence
}

function compileStep(step: Ast, first: boolean, compile: Compile): Step {
  const once = first && step.consarray === true
  const filters = once ? [] : compileFilters(step.stages, compile)
  if (step.type === 'sort') return { run: (input) => input, filters, once: false, sort: compileSort(step, compile) }
  return { run: compile(step), filters, once, sort: null }
}

function runStep(step: Step, input: List, frame: Frame, last: boolean): Value {
  if (step.once) return step.run(input, frame)
  if (step.sort !== null) return filtered(step.filters, step.sort(input, frame), frame)
  spend(input.length)
  const results: Value[] = []
  for (const item of input) {
    const value = filtered(step.filters, step.run(item, frame), frame)
    if (value !== undefined) results.push(value)
  }
  const only = results[0]
  if (last && results.length === 1 && isList(only) && !isSequence(only)) return only
  return flattened(results)
}

function filtered(filters: readonly Filter[], value: Value, frame: Frame): Value {
  let result = value
  for (const filter of filters) result = filter(result, frame)
  return result
}

/** One level: a list written out in the path stays a list. */
function flattened(results: readonly Value[]): Sequence {
  const sequence = sequenceOf()
  for (const value of results) {
    if (isList(value) && value.cons !== true) pushAll(sequence, value)
    else sequence.push(value)
  }
  return sequence
}

function pushAll(sequence: Sequence, items: List): void {
  spend(items.length)
  for (const item of items) sequence.push(item)
}

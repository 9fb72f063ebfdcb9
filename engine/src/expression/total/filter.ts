import type { Ast, Stage } from '../ast.ts'
import { spend } from './budget.ts'
import type { Compile } from './compile.ts'
import type { Frame } from './frame.ts'
import { isNumeric, isTrue } from './operators.ts'
import { isList, type List, sequenceOf, sequenceOfOne, type Value } from './value.ts'

/** `[…]` after a value: one position, several positions, or a condition per item. */
export type Filter = (value: Value, frame: Frame) => Value

export function compileFilters(stages: readonly Stage[] | undefined, compile: Compile): readonly Filter[] {
  return (stages ?? []).map((stage) => compileFilter(stage.expr as Ast, compile))
}

function compileFilter(predicate: Ast, compile: Compile): Filter {
  if (predicate.type === 'number') {
    const position = Math.floor(Number(predicate.value))
    return (value) => itemAt(isList(value) ? value : sequenceOfOne(value), position)
  }
  const condition = compile(predicate)
  return (value, frame) => {
    const items: List = isList(value) ? value : sequenceOfOne(value)
    spend(items.length)
    const found = sequenceOf()
    for (let index = 0; index < items.length; index++) {
      const item = items[index]
      const times = matches(condition(item, frame), index, items.length)
      for (let count = 0; count < times; count++) found.push(item)
    }
    return found
  }
}

function itemAt(items: List, position: number): Value {
  const item = items[position < 0 ? items.length + position : position]
  if (item === undefined) return sequenceOf()
  return isList(item) ? item : sequenceOfOne(item)
}

/** How often an item is taken. A list of positions may name it twice. */
function matches(answer: Value, index: number, length: number): number {
  if (typeof answer === 'boolean') return answer ? 1 : 0
  if (isNumeric(answer)) return isPosition(answer, index, length) ? 1 : 0
  if (!isList(answer)) return isTrue(answer) ? 1 : 0
  spend(answer.length)
  if (!answer.every((item) => isNumeric(item))) return isTrue(answer) ? 1 : 0
  return answer.filter((item) => isPosition(item as number, index, length)).length
}

function isPosition(answer: number, index: number, length: number): boolean {
  const position = Math.floor(answer)
  return (position < 0 ? length + position : position) === index
}

import { expect, test } from 'vitest'
import { isPath, ModeMemory, mark, modeOf, partsOf, pathText, sourceOf } from './modes.ts'

test.each([
  ['hello', 'fixed'],
  [42, 'fixed'],
  [undefined, 'fixed'],
  ['{% event.data.customer.id %}', 'picked'],
  ['{% nodes.mask.`full name`[0] %}', 'picked'],
  ['{% input.客户.姓名 %}', 'picked'],
  ['{% $sum(input.items.price) %}', 'expression'],
  ['{% customer.id %}', 'expression'],
  ['hello {% event %}', 'fixed'],
])('%j is %s', (value, mode) => {
  expect(modeOf(value)).toBe(mode)
})

test('switching fixed → picked → expression → fixed brings the earlier values back', () => {
  const memory = new ModeMemory()
  let value: unknown = 'hello'
  value = memory.change('f', value, 'picked')
  expect(value).toBeUndefined()
  value = mark('event.subject')
  value = memory.change('f', value, 'expression')
  expect(sourceOf(value)).toBe('event.subject')
  value = mark('event.subject & "!"')
  value = memory.change('f', value, 'fixed')
  expect(value).toBe('hello')
  expect(memory.change('f', value, 'picked')).toBe('{% event.subject %}')
  expect(memory.change('f', '{% event.subject %}', 'expression')).toBe('{% event.subject & "!" %}')
})

test('a written value becomes a literal when it turns into an expression', () => {
  expect(new ModeMemory().change('f', 12, 'expression')).toBe('{% 12 %}')
  expect(new ModeMemory().change('f', 'a "b"', 'expression')).toBe('{% "a \\"b\\"" %}')
})

test('paths are written so that every name survives', () => {
  const text = pathText(['nodes', 'mask', 'full name', 0, '姓名'])
  expect(text).toBe('nodes.mask.`full name`[0].姓名')
  expect(isPath(text)).toBe(true)
  expect(partsOf(text)).toEqual(['nodes', 'mask', 'full name', '0', '姓名'])
})

import { expect, test } from 'vitest'
import { type FormSchema, flawsOf, initialData, inOrder, kindOf } from './schema.ts'

const schema: FormSchema = {
  type: 'object',
  required: ['discount', 'agreed'],
  properties: {
    discount: { type: 'integer', minimum: 0, maximum: 20_000, default: 8_000 },
    agreed: { type: 'boolean' },
    reason: { type: 'string', minLength: 3, maxLength: 10 },
    address: { type: 'object', required: ['city'], properties: { city: { type: 'string' } } },
  },
}

test('a form starts with its defaults, and a required switch is off rather than missing', () => {
  expect(initialData(schema)).toEqual({ discount: 8_000, agreed: false, address: {} })
})

test('each field is told its first mistake by path, inner ones too', () => {
  const flaws = flawsOf(schema, { discount: 30_000, reason: '价格', address: {} })
  expect([...flaws]).toEqual([
    ['/discount', 'maximum'],
    ['/agreed', 'required'],
    ['/reason', 'minLength'],
    ['/address/city', 'required'],
  ])
})

test('length counts characters as people do', () => {
  expect(flawsOf(schema, { discount: 1, agreed: true, reason: '👍👍👍👍👍👍', address: { city: 'x' } }).size).toBe(0)
})

test('every schema has a way to be edited', () => {
  expect(kindOf({ type: 'string', enum: ['a'] })).toBe('choice')
  expect(kindOf({ type: ['string', 'null'] })).toBe('text')
  expect(kindOf({ type: 'string', 'x-ui': 'textarea' })).toBe('long-text')
  expect(kindOf({ type: 'array', items: { enum: ['a', 'b'] } })).toBe('choices')
  expect(kindOf({ type: 'array', items: { type: 'object' } })).toBe('json')
})

test('fields come in the order that is said, those it does not name after them', () => {
  const fields = { b: 1, a: 2, c: 3, d: 4 }
  expect(inOrder(fields, ['c', 'a', 'gone']).map(([name]) => name)).toEqual(['c', 'a', 'b', 'd'])
  expect(inOrder(fields, undefined).map(([name]) => name)).toEqual(['b', 'a', 'c', 'd'])
})

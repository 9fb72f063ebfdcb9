import { expect, test } from 'vitest'
import { makePins } from './pins.ts'
import { misfits } from './schema-fit.ts'

function memory(first: string | null = null) {
  let kept = first
  return {
    getItem: () => kept,
    setItem(_: string, value: string) {
      kept = value
    },
    read: () => kept,
  }
}

test('a pin is kept for one person and one flow, and holds no data', () => {
  const storage = memory()
  const pins = makePins(storage)
  pins.pin('u1', 'a', 'run-1')
  pins.pin('u2', 'a', 'run-2')
  pins.pin('u1', 'a', 'run-3')
  expect([pins.find('u1', 'a'), pins.find('u2', 'a'), pins.find('u1', 'b')]).toEqual(['run-3', 'run-2', null])
  expect(JSON.parse(storage.read() ?? '')).toEqual([
    ['u2 a', 'run-2'],
    ['u1 a', 'run-3'],
  ])
  pins.pin('u1', 'a', null)
  expect(pins.find('u1', 'a')).toBeNull()
})

test('at most fifty are kept, the latest; rubbish in the storage is no pin', () => {
  const pins = makePins(memory())
  for (let flow = 0; flow < 60; flow++) pins.pin('u', String(flow), 'run')
  expect([pins.find('u', '9'), pins.find('u', '10')]).toEqual([null, 'run'])
  for (const rubbish of ['{', '5', '[1, ["a"]]']) expect(makePins(memory(rubbish)).find('u', 'a')).toBeNull()
})

test('a sample is checked against what its port promises', () => {
  const schema = {
    type: 'object',
    required: ['name', 'amount'],
    properties: {
      name: { type: 'string' },
      amount: { type: 'integer' },
      items: { type: 'array', items: { type: 'object', required: ['id'] } },
    },
  }
  expect(misfits({ name: 'x', amount: 1, more: true }, schema)).toEqual([])
  expect(misfits({ name: 5, items: [{ id: 1 }, {}] }, schema)).toEqual(['amount', 'name', 'items[1].id'])
  expect(misfits({ name: { $masked: 'policy' }, amount: 1 }, schema)).toEqual([])
  expect(misfits({ name: { $masked: 'policy', type: 'string' }, amount: { $masked: 'policy', type: 'string' } }, schema)).toEqual([
    'amount',
  ])
  expect(misfits('x', schema)).toEqual(['object'])
  expect(misfits('x', undefined)).toEqual([])
})

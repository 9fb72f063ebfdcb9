import { expect, test } from 'vitest'
import { changesBetween } from './changes.ts'

test('only what differs is listed, by its path', () => {
  expect(changesBetween({ a: 1, b: { c: [1, 2] } }, { a: 1, b: { c: [1, 3] }, d: null })).toEqual([
    { path: 'b.c.1', before: 2, after: 3 },
    { path: 'd', before: undefined, after: null },
  ])
})

test('a value that became something else altogether is one change', () => {
  expect(changesBetween({ a: [1] }, { a: { 0: 1 } })).toEqual([{ path: 'a', before: [1], after: { 0: 1 } }])
  expect(changesBetween({ a: 1 }, { a: 1 })).toEqual([])
})

test('an amount of money keeps the currency that stands beside it', () => {
  expect(changesBetween({ pay: { amount: 5, currency: 'EUR' } }, { pay: { amount: 7, currency: 'EUR' } })).toEqual([
    { path: 'pay.amount', before: 5, after: 7, currencies: ['EUR', 'EUR'] },
  ])
  expect(changesBetween({ amount: 5 }, { amount: 7, currency: 'CNY' })[0]).toEqual({
    path: 'amount',
    before: 5,
    after: 7,
    currencies: [null, 'CNY'],
  })
})

import { expect, test } from 'vitest'
import { asMoney, moneyText, parseMoney } from './money.ts'

test.each([
  ['1234.5', 'EUR', 123_450],
  ['1,234.56', 'EUR', 123_456],
  ['-0.05', 'CNY', -5],
  ['500', 'JPY', 500],
  ['1.234', 'KWD', 1_234],
])('%s %s is %i minor units', (text, currency, amount) => {
  expect(parseMoney(text, currency)).toEqual({ amount, currency })
})

test.each([
  ['1.234', 'EUR'],
  ['1.5', 'JPY'],
  ['', 'EUR'],
  ['1e5', 'EUR'],
  ['12', 'euro'],
  ['999999999999999999', 'EUR'],
])('%s %s is refused rather than rounded', (text, currency) => {
  expect(parseMoney(text, currency)).toBeNull()
})

test('money reads back as it was typed', () => {
  expect(moneyText({ amount: 123_450, currency: 'EUR' })).toBe('1234.50 EUR')
  expect(moneyText({ amount: -5, currency: 'CNY' })).toBe('-0.05 CNY')
  expect(moneyText({ amount: 500, currency: 'JPY' })).toBe('500 JPY')
})

test('a fraction of a minor unit is no money', () => {
  expect(asMoney({ amount: 0.1, currency: 'EUR' })).toBeNull()
  expect(asMoney({ amount: 10 })).toBeNull()
  expect(asMoney({ amount: 10, currency: 'EUR' })).toEqual({ amount: 10, currency: 'EUR' })
})

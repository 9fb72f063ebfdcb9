import { expect, test } from 'vitest'
import { isInLanguages } from './in-languages.ts'
import { isMasked } from './MaskedValue.tsx'
import { moneyIn } from './money-in.ts'

test('an amount in minor units beside a currency is money, anything else is not', () => {
  expect(moneyIn({ amount: 129_800, currency: 'EUR' })).toEqual({ amount: 129_800, currency: 'EUR' })
  expect(moneyIn({ discount: 5, currency: 'EUR' }, 'discount')).toEqual({ amount: 5, currency: 'EUR' })
  expect(moneyIn({ doors: 5, currency: 'EUR' }, 'doors')).toBeNull()
  expect(moneyIn({ amount: 12.5, currency: 'EUR' })).toBeNull()
  expect(moneyIn({ amount: 100, currency: 'points' })).toBeNull()
})

test('only the known seals count as sealed', () => {
  expect(isMasked({ $masked: 'frozen' })).toBe(true)
  expect(isMasked({ $masked: 'toString' })).toBe(false)
  expect(isMasked('***')).toBe(false)
  expect(isMasked(null)).toBe(false)
})

test('a text in both languages is one text, and anything beside it is data', () => {
  expect(isInLanguages({ en: 'Goal', 'zh-CN': '目标' })).toBe(true)
  expect(isInLanguages({ en: 'Goal' })).toBe(false)
  expect(isInLanguages({ en: 'Goal', 'zh-CN': 7 })).toBe(false)
  expect(isInLanguages({ en: 'Goal', 'zh-CN': '目标', de: 'Ziel' })).toBe(false)
})

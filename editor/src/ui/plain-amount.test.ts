import { expect, test } from 'vitest'
import { plainAmount } from './plain-amount.ts'

test.each([
  ['1万', '10000'],
  ['1.5万', '15000'],
  [' 12.34567 万', '123456.7'],
  ['2亿', '200000000'],
  ['-0.5万', '-5000'],
  ['1,200万', '12000000'],
  ['1234.5', '1234.5'],
  ['万', '万'],
])('%s is %s', (typed, plain) => expect(plainAmount(typed)).toBe(plain))

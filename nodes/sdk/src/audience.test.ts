import { expect, test } from 'vitest'
import { isAddressed } from './audience.ts'

const mei = { id: 'u-mei', name: 'Mei', roles: ['rep'], rep: 'r-7' }

test.each(['user:u-mei', 'rep:r-7', 'role:rep', 'u-mei', 'r-7', 'rep'])('%s is meant for her', (address) => {
  expect(isAddressed(address, mei)).toBe(true)
})

test.each(['user:r-7', 'rep:u-mei', 'role:admin', 'rep:', '', 'user:u-me', 'U-MEI'])('"%s" is not', (address) => {
  expect(isAddressed(address, mei)).toBe(false)
})

test('nobody is addressed by nothing, also not a user without a rep', () => {
  expect(isAddressed(null, mei)).toBe(false)
  expect(isAddressed('rep:null', { ...mei, rep: null })).toBe(false)
})

import { expect, test } from 'vitest'
import { disguise } from './disguise.ts'

test('numbers, IDs and what is on record about the person stand behind names, the same text behind the same name', () => {
  const it = disguise(['张伟', 'Li Lei'])
  const hidden = it.hide({
    prompt: '客户张伟，手机13812345678，身份证11010519491231002X。张伟再次来电 13812345678',
    data: { mobile: 13812345678, by: ['li lei', 'Li Leimann'], amount: 320_000, at: 1_772_420_400_000 },
  })
  expect(hidden).toEqual({
    prompt: '客户[CUSTOMER_1]，手机[CN_MOBILE_1]，身份证[CN_RESIDENT_ID_1]。[CUSTOMER_1]再次来电 [CN_MOBILE_1]',
    data: { mobile: '[CN_MOBILE_1]', by: ['[CUSTOMER_2]', 'Li Leimann'], amount: 320_000, at: 1_772_420_400_000 },
  })
})

test('a number that fails the checksum of an ID is hidden as the long number it is', () => {
  expect(disguise([]).hide('身份证110105194912310021')).toBe('身份证[DIGIT_RUN_1]')
})

test('keys of objects are hidden too', () => {
  expect(disguise([]).hide({ '13812345678': 2 })).toEqual({ '[CN_MOBILE_1]': 2 })
})

test('an answer gets back what stood behind each name, as JSON, and keeps names nobody gave', () => {
  const it = disguise(['O"Neil'])
  it.hide('O"Neil 13812345678')
  const answer = it.restore('{"text":"Call [CUSTOMER_1] at [CN_MOBILE_1], not [CN_MOBILE_2] [1]"}')
  expect(JSON.parse(answer)).toEqual({ text: 'Call O"Neil at 13812345678, not [CN_MOBILE_2] [1]' })
})

test('a name of one letter, and none at all, hide nothing', () => {
  expect(disguise(['A', ' ', '']).hide('A plan')).toBe('A plan')
})

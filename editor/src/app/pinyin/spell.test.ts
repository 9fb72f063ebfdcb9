import { expect, test } from 'vitest'
import { inLetters, isSaidBy } from './spell.ts'
import { syllablesOf } from './syllables.ts'

test('a Chinese name is found by its pinyin, its initials, a mix of both, and from each of its characters on', () => {
  for (const typed of ['kehuhuifang', 'kehu', 'keh', 'khhf', 'kehhf', 'khuihuifang', 'huifang', 'hf', 'ke hu hui fang'])
    expect([typed, isSaidBy('客户回访', typed, syllablesOf)]).toEqual([typed, typed !== 'khuihuifang'])
  expect(isSaidBy('VIP客户', 'kh', syllablesOf)).toBe(true)
  expect(isSaidBy('重庆银行', 'chongqingyinhang', syllablesOf)).toBe(true)
})

test('letters that do not say it, other letters and nothing find nothing', () => {
  for (const typed of ['ehu', 'uhui', 'kehuz', '客户', '', '😀'])
    expect([typed, isSaidBy('客户回访', typed, syllablesOf)]).toEqual([typed, false])
  expect(isSaidBy('Follow up', 'fu', syllablesOf)).toBe(false)
  expect(isSaidBy('安'.repeat(200), 'a'.repeat(100), syllablesOf)).toBe(true)
})

test('a name keeps its letters and figures and says its Chinese', () => {
  expect(inLetters('VIP客户30天', syllablesOf)).toBe('VIP ke hu 30 tian ')
})

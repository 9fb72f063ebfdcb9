import { expect, test } from 'vitest'
import { say } from '../i18n/text.ts'
import { toldError } from './told-error.ts'

const known = { code: 'SLU_X', says: '步骤超出时限', hint: '请提高时限' }
const chinese = (text: Parameters<typeof say>[0]) => say(text, 'zh-CN')

test('an error that was worded by us is told in the reader’s language, with what to do', () => {
  const error = { code: 'SLU_X', message: 'took 50 ms', text: { en: 'took 50 ms', 'zh-CN': '用了 50 毫秒' } }
  expect(toldError(error, known, chinese)).toEqual({ says: '用了 50 毫秒', hint: '请提高时限', recorded: null })
})

test('a journal of an older version has English only: its code says what it means, and what was recorded stands beside it', () => {
  expect(toldError({ code: 'SLU_X', message: 'took 50 ms' }, known, chinese)).toEqual({
    says: '步骤超出时限',
    hint: '请提高时限',
    recorded: 'took 50 ms',
  })
  expect(toldError({ code: 'SLU_X', message: '' }, known, chinese).recorded).toBe(null)
})

test('a code that a flow’s author made is told in the author’s words', () => {
  expect(toldError({ code: 'NO_STOCK', message: '缺货' }, undefined, chinese)).toEqual({ says: '缺货', hint: null, recorded: null })
  expect(toldError({ code: 'NO_STOCK', message: '' }, undefined, chinese).says).toBe('NO_STOCK')
})

import { expect, test } from 'vitest'
import { toPinyin } from './pinyin.ts'
import { buildIndex, search } from './search.ts'

const entry = (zh: string, en: string, keywords: string[] = []) => ({ item: en, names: [zh, en], keywords, text: `${en} does something` })
const index = buildIndex(
  [
    entry('授权变更', 'Consent changed', ['withdraw', '撤回', '同意']),
    entry('检查授权', 'Check consent', ['permission']),
    entry('数据脱敏', 'Mask fields', ['PII', '屏蔽']),
    entry('提醒销售', 'Alert sales rep', ['notify', '通知']),
    entry('等待', 'Wait', ['delay', '延时']),
    entry('等待事件', 'Wait for event', []),
  ],
  toPinyin,
)

test.each([
  ['授权', ['Consent changed', 'Check consent']],
  ['shouquan', ['Consent changed', 'Check consent']],
  ['sq', ['Consent changed', 'Check consent']],
  ['sqbg', ['Consent changed']],
  ['tuomin', ['Mask fields']],
  ['consent', ['Consent changed', 'Check consent']],
  ['wait', ['Wait', 'Wait for event']],
  ['DENGDAI', ['Wait', 'Wait for event']],
  ['ｍａｓｋ', ['Mask fields']],
  ['chehui', ['Consent changed']],
  ['pii', ['Mask fields']],
  ['alert rep', ['Alert sales rep']],
  ['zzz', []],
])('%s finds %j', (query, expected) => {
  expect(search(index, query)).toEqual(expected)
})

test('of two steps with the same keyword the one that names it first comes first', () => {
  const both = buildIndex(
    [entry('客户日期', 'Date of a customer', ['到期', '生日', '提醒']), entry('通知销售', 'Alert rep', ['提醒', '告警'])],
    toPinyin,
  )
  for (const query of ['提醒', 'tixing', 'tx']) expect(search(both, query)[0]).toBe('Alert rep')
})

test('an empty query finds everything in its order', () => {
  expect(search(index, '  ')).toHaveLength(6)
})

test('without pinyin, both languages still find', () => {
  const plain = buildIndex([entry('等待', 'Wait')], null)
  expect(search(plain, '等')).toEqual(['Wait'])
  expect(search(plain, 'dengdai')).toEqual([])
})

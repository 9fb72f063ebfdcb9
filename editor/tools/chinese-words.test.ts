import { expect, test } from 'vitest'
import { chineseOf, chineseOfPattern } from '../e2e/words/chinese.ts'

/** The tests of the Chinese product name things in English; what they then look for must be what the product says. */
const text = (english: string) => chineseOf(english)?.text
const finds = (english: string, chinese: string) => new RegExp(`^(?:${chineseOf(english)?.sources.join('|')})$`).test(chinese)

test('a text of the editor is found by its English words', () => {
  expect(text('New flow')).toBe('新建流程')
  expect(text('Open the large editor')).toBe('打开大编辑器')
})

test('names of steps, fields and refusals are found where the packs and the server keep them', () => {
  expect(text('When consent is')).toBe('当授权')
  expect(text('Mask fields')).toBe('字段脱敏')
  expect(finds('12 to 200 characters', '须为 12 至 200 个字符，且不能是常见密码')).toBe(true)
})

test('a text with values keeps a value somebody typed and says one of the product in Chinese', () => {
  expect(finds('Actions for Our wait', 'Our wait 的操作')).toBe(true)
  expect(finds('Quote with approval (copy)', '报价审批（副本）')).toBe(true)
  expect(finds('Actions for Our wait', '其他的操作')).toBe(false)
})

test('where a text and one that is made up read the same in English, either Chinese one is looked for', () => {
  expect(finds('Name in Chinese', '中文名称')).toBe(true)
  expect(finds('Name in Chinese', '名称（中文）')).toBe(true)
})

test('the count decides the form in English, Chinese has one', () => {
  expect(finds('One run moved', '已迁移 1 个运行。')).toBe(true)
  expect(finds('Holds for 1 of the last 3 runs', '最近 3 次运行中有 1 次成立')).toBe(true)
})

test('words the product does not know stay, so that an English text left in the Chinese product is found', () => {
  expect(chineseOf('Call the customer on Tuesday')).toBeNull()
  expect(chineseOf('onerror')).toBeNull()
  expect(chineseOfPattern(/Bo’s table/)).toBeNull()
  // Once a text is known, its English form no longer counts.
  expect(finds('New flow', 'New flow')).toBe(false)
})

test('a pattern becomes one of the same form; one that names both languages stays', () => {
  expect(chineseOfPattern(/^(Saving soon|Saving…)$/)).toEqual(/^(?:即将保存|正在保存…)$/)
  expect(chineseOfPattern(/^Import \d+ lines?$/)?.test('导入 12 行')).toBe(true)
  expect(chineseOfPattern(/^(Publish|发布)$/)).toBeNull()
})

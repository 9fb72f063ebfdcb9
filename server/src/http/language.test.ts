import { expect, test } from 'vitest'
import { languageOf } from './language.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de-DE,de', 'en'],
  ['zh-CN', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-Hans-CN;q=0.9', 'zh-CN'],
  ['zh-TW,en;q=0.8', 'zh-CN'],
  ['en,zh-CN;q=0.9', 'en'],
  ['en;q=0.5,zh-CN;q=0.9', 'zh-CN'],
  ['fr,zh-CN;q=0.4,en;q=0.3', 'zh-CN'],
  ['zh;q=0,en;q=0.1', 'en'],
  [';;;,,zh;q=abc', 'zh-CN'],
] as const)('%s prefers %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})

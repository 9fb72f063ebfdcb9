import { expect, test } from 'vitest'
import { diff } from '../../app/locales/en/diff.ts'
import { diff as chinese } from '../../app/locales/zh-CN/diff.ts'
import { fieldTitle, isDuration } from './field-title.ts'

const titleIn = (words: Readonly<Record<string, string>>) => (path: string) =>
  fieldTitle(
    path,
    null,
    (id) => words[id] ?? id,
    (text) => (typeof text === 'string' ? text : text.en),
  )

test('a name and a description say in which language they changed', () => {
  expect(['/name/en', '/name/zh-CN', '/description/en'].map(titleIn(diff))).toEqual([
    'Name in English',
    'Name in Chinese',
    'Description in English',
  ])
  expect(titleIn(chinese)('/name/zh-CN')).toBe('中文名称')
})

test('a setting of the flow has the name it has in its form, and what lies deeper is said behind it', () => {
  expect(titleIn(diff)('/settings/timeout')).toBe('A run may take at most')
  expect(titleIn(diff)('/settings/concurrency/limit')).toBe('Runs at a time for the same › limit')
})

test('what has no name of its own is said as it is written', () => {
  expect(titleIn(diff)('/retry/attempts')).toBe('Retries › attempts')
  expect(titleIn(diff)('/unheard~1of')).toBe('unheard/of')
})

test('lengths of time are known, in the settings of the flow and of a step', () => {
  expect(isDuration('/settings/timeout', null)).toBe(true)
  expect(isDuration('/config/due', 'approvals.task')).toBe(true)
  for (const path of ['/config/title', '/config/signers/0', '/name/en']) expect(isDuration(path, 'approvals.task')).toBe(false)
})

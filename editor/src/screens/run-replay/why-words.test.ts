import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plays as zh } from '../../app/locales/zh-CN/plays.ts'
import { reasonCodes, ruleCodes } from './why-words.ts'

test('each reason that the rules of consent can give has words', () => {
  const rules = readFileSync(join(import.meta.dirname, '../../../../nodes/consent/domain/check.ts'), 'utf8')
  const [, union = ''] = /export type Reason =([^\n]*\n(?: {2}\|[^\n]*\n)+)/.exec(rules) ?? []
  const reasons = [...union.matchAll(/'(\w+)'/g)].map(([, reason = '']) => reason)
  expect(reasons).toContain('withdrawn')
  expect([...reasonCodes].sort()).toEqual(reasons.sort())
})

test('words of the reasons stand in the catalogues', () => {
  const ids = [...reasonCodes.map((code) => `replay.reason.${code}`), ...ruleCodes.map((code) => `replay.rule.${code}`)]
  expect(ids.filter((id) => !Object.hasOwn(zh, id))).toEqual([])
})

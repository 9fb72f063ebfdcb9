import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readCancelReason } from './cancel-reason.ts'

const decide = join(dirname(fileURLToPath(import.meta.url)), '../../../../engine/src/core/decide')

test('a reason of the engine is read with what it is about', () => {
  expect(readCancelReason('quick won the race')).toEqual({ reason: 'race-lost', values: { step: 'quick' } })
  expect(readCancelReason('check failed in the group visits')).toEqual({
    reason: 'group-failed',
    values: { step: 'check', group: 'visits' },
  })
  expect(readCancelReason('run 01J took its place')).toEqual({ reason: 'replaced', values: { run: '01J' } })
  expect(readCancelReason('consent_withdrawn')).toEqual({ reason: 'consent-withdrawn', values: {} })
})

test('what a person wrote stays as it was written', () => {
  expect(readCancelReason('the customer called and it won the race')).toBe(null)
  expect(readCancelReason('客户已取消')).toBe(null)
})

test('every reason the engine ends a line with is one that can be read', () => {
  const source = readdirSync(decide)
    .filter((name) => !name.endsWith('.test.ts') && name.endsWith('.ts'))
    .map((name) => readFileSync(join(decide, name), 'utf8'))
    .join('\n')
  const written = [...source.matchAll(/(?:reason(?::| =) |cancel(?:Token|Items)\(progress, [^,]+, )(['`])([^'`]+)\1/g)].map(
    ([, , text = '']) => text.replaceAll(/\$\{[^}]*index[^}]*\}/g, '7').replaceAll(/\$\{[^}]*\}/g, 'x'),
  )
  expect(written.length).toBeGreaterThan(8)
  expect(written.filter((text) => readCancelReason(text) === null)).toEqual([])
})

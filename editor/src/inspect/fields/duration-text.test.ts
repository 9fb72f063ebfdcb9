import { expect, test } from 'vitest'
import { durationParts, durationText, units } from './duration-text.ts'

test('a duration of one part is read and written as people say it', () => {
  for (const unit of units) expect(durationParts(durationText(90, unit))).toEqual({ count: 90, unit })
  expect(durationText(90, 'seconds')).toBe('PT90S')
})

test('a duration of several parts stays as it is written', () => {
  expect(durationParts('P1DT2H')).toBeNull()
  expect(durationParts('')).toBeNull()
})

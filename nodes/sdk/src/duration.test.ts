import { expect, test } from 'vitest'
import { after, durationMs, durationPattern, parseDuration } from './duration.ts'

const at = (text: string) => Date.parse(text)

test.each([
  ['PT90S', 90_000],
  ['PT0.5S', 500],
  ['P2D', 172_800_000],
  ['P1W', 604_800_000],
  ['P1DT2H3M4S', 93_784_000],
])('%s is %i milliseconds', (text, ms) => {
  expect(durationMs(text)).toBe(ms)
})

test.each(['', 'P', 'PT', '90s', 'P1H', 'PT1D', 'P-1D', '1D', 'P1.5D', 'PT1S '])('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBeNull()
  expect(new RegExp(durationPattern).test(text)).toBe(false)
})

test('a month after the last of January is the last of February', () => {
  expect(after(at('2026-01-31T10:00:00Z'), 'P1M')).toBe(at('2026-02-28T10:00:00Z'))
  expect(after(at('2028-01-31T10:00:00Z'), 'P1M')).toBe(at('2028-02-29T10:00:00Z'))
})

test('a year after 29 February is 28 February', () => {
  expect(after(at('2028-02-29T00:00:00Z'), 'P1Y')).toBe(at('2029-02-28T00:00:00Z'))
})

test('calendar parts count before days and hours', () => {
  expect(after(at('2026-01-31T00:00:00Z'), 'P1M1D')).toBe(at('2026-03-01T00:00:00Z'))
})

test('more than a hundred years is a typing mistake', () => {
  expect(after(0, 'P101Y')).toBeNull()
  expect(after(0, 'P999999999Y')).toBeNull()
})

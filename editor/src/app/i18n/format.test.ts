import { expect, test } from 'vitest'
import { makeFormat } from './format.ts'
import { durationWords } from './iso-duration.ts'

const en = makeFormat('en', 'Asia/Shanghai')
const zh = makeFormat('zh-CN', 'Asia/Shanghai')

test('a duration is said in the two units that matter', () => {
  expect(en.duration(78)).toBe('78 ms')
  expect(en.duration(41_300)).toBe('41.3 s')
  expect(zh.duration(200_000)).toBe('3 分 20 秒')
  expect(en.duration(187_200_000)).toBe('2 d 4 h')
})

test('times are those of the workspace, whatever the machine says', () => {
  expect(en.time('2026-03-02T03:00:00.000Z')).toBe('11:00')
  expect(zh.date('2026-03-01T17:00:00.000Z')).toBe('2026年3月2日')
})

test('a moment of another day names its day, in the zone of the workspace', () => {
  const now = Date.parse('2026-03-02T15:00:00.000Z')
  expect(en.moment('2026-03-02T03:00:00.000Z', now)).toBe('11:00')
  expect(en.moment('2026-03-02T17:00:00.000Z', now)).toBe('Mar 3 01:00')
  expect(zh.moment('2026-03-04T03:00:00.000Z', now)).toBe('3月4日 11:00')
})

test('money comes from minor units of its currency', () => {
  expect(en.money(129_800, 'EUR')).toBe('€1,298.00')
  expect(zh.money(800_000, 'CNY')).toBe('¥8,000.00')
  expect(en.money(1_500, 'JPY')).toBe('¥1,500')
})

test('Chinese counts in 万, English in K', () => {
  expect(zh.compact(12_345)).toBe('1.2万')
  expect(en.compact(12_345)).toBe('12.3K')
})

test('how long ago uses the largest unit that fits', () => {
  const now = Date.parse('2026-03-02T12:00:00.000Z')
  expect(en.relative('2026-03-02T11:57:00.000Z', now)).toBe('3 minutes ago')
  expect(en.relative('2026-03-04T12:00:00.000Z', now)).toBe('in 2 days')
  expect(en.relative(now - 2_000, now)).toBe('now')
})

test('between Han and Latin or digits stands a space, whoever put them together', () => {
  const now = Date.parse('2026-03-02T12:00:00.000Z')
  expect(zh.relative('2026-03-02T11:57:00.000Z', now)).toBe('3 分钟前')
  expect(zh.list(['AI 模型', '消息渠道', 'Webhook'])).toBe('AI 模型、消息渠道和 Webhook')
  expect(en.list(['a', 'b'])).toBe('a and b')
})

test('an ISO 8601 duration becomes words, anything else stays as it is', () => {
  expect(durationWords('PT90S', en)).toBe('1 min 30 s')
  expect(durationWords('P7D', zh)).toBe('7 天')
  expect(durationWords('soon', en)).toBe('soon')
})

test('small numbers and shares are written as the browser would, which takes long for its first one', () => {
  for (const [language, format] of [
    ['en', en],
    ['zh-CN', zh],
  ] as const) {
    const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
    const numbers = new Intl.NumberFormat(language)
    for (const value of [-3, -0.004, 0, 0.0004, 0.001, 0.0099, 0.25, 0.333, 0.8532, 0.99951, 1, 1.0004, 2.5, 9.989, 9.995, 10, 12.5]) {
      expect(format.percent(value)).toBe(shares.format(value))
    }
    for (const value of [-12, -0, 0, 7, 999, 1_000, 1_234_567, 0.5, Number.NaN]) expect(format.number(value)).toBe(numbers.format(value))
  }
})

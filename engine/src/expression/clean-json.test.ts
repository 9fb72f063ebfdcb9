import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanJson } from './index.ts'

test('keys that pose as code or as a prototype are taken out and counted', () => {
  const data = JSON.parse('{"a":{"__proto__":{"x":1},"constructor":1,"ok":[{"prototype":2,"_jsonata_lambda":true,"b":3}]}}')
  expect(cleanJson(data)).toEqual({ ok: true, value: { a: { ok: [{ b: 3 }] } }, removed: 4, members: 7 })
  expect(({} as { x?: unknown }).x).toBeUndefined()
})

test('clean data comes back as the same object', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (data) => {
      const text = JSON.stringify(data)
      fc.pre(!/__proto__|constructor|prototype|_jsonata_/.test(text))
      const cleaned = cleanJson(data)
      expect(cleaned).toMatchObject({ ok: true, removed: 0 })
      if (cleaned.ok) expect(cleaned.value).toBe(data)
    }),
  )
})

test('what is no JSON, or nests without end, is refused', () => {
  for (const value of [
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    new Date(0),
    () => 1,
    10n,
    new Map(),
    [undefined],
    { a: undefined },
  ]) {
    expect(cleanJson(value)).toMatchObject({ ok: false, code: 'SLU_JSON_NOT_PLAIN' })
  }
  expect(cleanJson(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).toMatchObject({ ok: false, code: 'SLU_JSON_TOO_DEEP' })
  const circle: Record<string, unknown> = {}
  circle.self = circle
  expect(cleanJson(circle)).toMatchObject({ ok: false, code: 'SLU_JSON_TOO_DEEP' })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { repeatedName } from '../index.ts'

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inside = Object.values(value).reduce((sum: number, item) => sum + membersOf(item), 0)
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length)
}

const found = (text: string) => repeatedName(text, membersOf(JSON.parse(text)), 64)

test.each([
  ['{"a":1,"a":2}', '/a'],
  ['{"a" \n:1,"a"\t: 2}', '/a'],
  ['{"a":1,"\\u0061":2}', '/a'],
  ['{"a":":","a" :2}', '/a'],
  ['{"a":"\\":","b" : [{"c":{"x":1}},{"c":[],"c":[]}]}', '/b/1/c'],
  ['{"__proto__":1,"__proto__":2}', '/__proto__'],
  ['{"":1,"":2}', '/'],
  ['{"a/b":{"~":1,"~":1}}', '/a~1b/~0'],
  ['{"id":12345678901234567890,"a":1,"a":2}', '/a'],
])('%s has a name twice, at %s', (text, path) => {
  expect(found(text)).toMatchObject({ path })
})

test.each([
  '{"a":{"a":1},"b":[{"a":1},{"a":1}]}',
  '{"a":":","b":"\\":\\":","c":"{\\"c\\":1,\\"c\\":2}"}',
  '{"time":"10:00:00","url" : "https://a:b@c"}',
  '["a","a",":",":"]',
  '"a:"',
  '12345678901234567890',
])('%s has none', (text) => {
  expect(found(text)).toBeNull()
})

test('what a second name hides is looked at no deeper than data may nest', () => {
  expect(found(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"a":1}`)).toBe('deep')
})

/** JSON text with blanks and repeated names, as a hostile sender writes it. */
const { text: jsonText } = fc.letrec<{ text: string }>((tie) => {
  const blank = fc.constantFrom('', '', ' ', '\n\t ')
  const name = fc.constantFrom('"a"', '"b"', '":"', '"\\":"', '"\\u0061"', '"c\\\\"')
  const value = fc.oneof({ depthSize: 'small' }, name, fc.constantFrom('1', 'null', '":":"'.slice(0, 3)), tie('text'))
  const member = fc.tuple(name, blank, blank, value).map(([key, before, after, item]) => `${key}${before}:${after}${item}`)
  return {
    text: fc.oneof(
      fc.array(member, { maxLength: 4 }).map((members) => `{${members.join(',')}}`),
      fc.array(value, { maxLength: 3 }).map((items) => `[${items.join(' ,')}]`),
    ),
  }
})

test('counting first never overlooks a name that a look at the whole text finds', () => {
  let repeated = 0
  fc.assert(
    fc.property(jsonText, (text) => {
      const whole = repeatedName(text, null, 64)
      if (whole !== null) repeated += 1
      expect(found(text)).toEqual(whole)
    }),
    { numRuns: 2_000 },
  )
  expect(repeated).toBeGreaterThan(100)
})

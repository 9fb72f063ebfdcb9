import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactIntegers } from '../index.ts'

test.each([
  ['{"id":12345678901234567890}', '{"id":"12345678901234567890"}'],
  ['[-9007199254740993, 9007199254740991]', '["-9007199254740993", 9007199254740991]'],
  ['9007199254740992', '"9007199254740992"'],
  ['{"a":"12345678901234567890","b":"\\"12345678901234567890\\\\"}', null],
  ['{"12345678901234567890":1}', null],
  ['[0.12345678901234567890,12345678901234567890.5,1e12345678901234567,12345678901234567890e1,1E-12345678901234567]', null],
  ['{"at":1772000000000000}', null],
  ['{"open":"12345678901234567890', null],
])('%s', (text, exact) => {
  expect(exactIntegers(text)).toBe(exact ?? text)
})

test('a long number is found wherever it begins', () => {
  for (let before = 0; before < 40; before += 1) {
    const text = `[${' '.repeat(before)}9007199254740993]`
    expect(JSON.parse(exactIntegers(text))).toEqual(['9007199254740993'])
  }
})

test('what JSON can hold is read the same, whatever stands around long numbers', () => {
  const number = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.jsonValue(), number)), (rows) => {
      const text = `[${rows.map(([name, value, long]) => `{${JSON.stringify(name)}:[${JSON.stringify(value)},${long}]}`).join(',')}]`
      const kept = (long: bigint) => (Number.isSafeInteger(Number(long)) ? Number(long) : String(long))
      const read = JSON.parse(exactIntegers(text)) as Record<string, unknown>[]
      rows.forEach(([name, value, long], index) => {
        const found = JSON.stringify(read[index]?.[name])
        if (!/\d{16}/.test(JSON.stringify(value))) expect(found).toBe(JSON.stringify([value, kept(long)]))
      })
    }),
  )
})

import fc from 'fast-check'
import jsonata from 'jsonata'
import { expect, test } from 'vitest'
import { classify } from './classify.ts'
import { compileExpression, parseExpression } from './index.ts'
import { readPlainPath } from './plain-path.ts'
import { referencesOf } from './references.ts'

const name = fc.oneof(
  fc.constantFrom('event', 'nodes', 'input', 'now', 'data', '_', '__proto__', 'function', 'a1', 'B_2'),
  fc.constantFrom('and', 'or', 'in', 'true', 'false', 'null', 'nulls', '名', '1a', '$v', ''),
)
const blank = fc.constantFrom('', '', ' ', '\n\t ', '\u00a0')
const path = fc
  .tuple(blank, fc.array(name, { minLength: 1, maxLength: 5 }), blank)
  .map(([before, names, after]) => before + names.join('.') + after)

test('a plain path is read as jsonata reads it, and reads what its tree reads', () => {
  let read = 0
  fc.assert(
    fc.property(path, (source) => {
      const plain = readPlainPath(source)
      if (plain === null) return
      read += 1
      expect(plain.ast).toEqual(JSON.parse(JSON.stringify(jsonata(source).ast())))
      expect(plain.references).toEqual(referencesOf(plain.ast))
      expect(classify(plain.ast, new Set())).toEqual({ kind: 'total' })
    }),
    { numRuns: 2_000 },
  )
  // About one in six of what is drawn; the bound only says that the property was asked at all.
  expect(read).toBeGreaterThan(100)
})

test.each(['a and b', 'true', 'a.in', 'a.$b', 'a..b', 'a.b.', '.a', 'a[0]', 'a . b', '', 'a\u00a0', 'x-y', 'é.b'])(
  '%j is no plain path',
  (source) => {
    expect(readPlainPath(source)).toBeNull()
  },
)

test('a path longer than any bound of the reader is left to it', () => {
  const long = Array.from({ length: 120 }, () => 'a').join('.')
  expect(readPlainPath(long)).toBeNull()
  expect(parseExpression(long).ok).toBe(true)
})

test('whatever is called total without a second look is total by its tree', () => {
  const part = fc.constantFrom(
    'a',
    'b.c',
    '"t"',
    '1',
    '$sum(a)',
    '$v',
    '(a)',
    '([1])',
    '[1..3]',
    '[a]',
    '{"k": a}',
    'a[b = 1]',
    '$map(a, $f)',
  )
  const between = fc.constantFrom(' & ', ' = ', '.', ' ?? ', ' ?: ', ' + ', ' and ', '..', ' ? a : ')
  fc.assert(
    fc.property(fc.array(fc.tuple(part, between), { minLength: 1, maxLength: 4 }), part, (pairs, last) => {
      const source = pairs.map(([one, sign]) => one + sign).join('') + last
      const parsed = parseExpression(source)
      const compiled = compileExpression(source)
      if (!parsed.ok || !compiled.ok) return
      const { kind, references } = compiled.expression
      expect(kind).toBe(classify(parsed.ast, parsed.names).kind)
      expect(references).toEqual(referencesOf(parsed.ast))
    }),
    { numRuns: 3_000 },
  )
})

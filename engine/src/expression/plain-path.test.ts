import fc from 'fast-check'
import jsonata from 'jsonata'
import { expect, test } from 'vitest'
import { parseExpression } from './index.ts'
import { readPlainPath } from './plain-path.ts'

const name = fc.oneof(
  fc.constantFrom('a', 'event', 'nodes', '_x', 'and', 'or', 'in', 'true', 'null', 'function', 'constructor', '__proto__', 'x1'),
  fc.stringMatching(/^[A-Za-z_]\w{0,8}$/),
)
const blank = fc.constantFrom('', ' ', '\n\t')
const path = fc.tuple(blank, fc.array(name, { minLength: 1, maxLength: 5 }), blank).map(([a, names, b]) => `${a}${names.join('.')}${b}`)

test('a plain path is read exactly as jsonata reads it', () => {
  fc.assert(
    fc.property(path, (source) => {
      const own = readPlainPath(source)
      if (own !== null) expect(own).toEqual(JSON.parse(JSON.stringify(jsonata(source).ast())))
    }),
    { numRuns: 2_000 },
  )
})

test.each(['a.and', 'true', 'in', 'a..b', 'a.b[0]', 'a-b', '$a', '1a', 'a b', '', 'a.', '名称'])('%j is left to the parser', (source) => {
  expect(readPlainPath(source)).toBeNull()
})

test('what is read without the parser counts the same: names, references and positions', () => {
  expect(parseExpression(' event.data.total ')).toMatchObject({ ok: true, ast: { steps: [{}, {}, { value: 'total', position: 17 }] } })
})

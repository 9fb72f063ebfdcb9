import fc from 'fast-check'
import jsonata from 'jsonata'
import { expect, test } from 'vitest'
import { parseExpression } from './index.ts'
import { readSimply } from './simple-reader.ts'

/** The tree without what jsonata's own nodes inherit. */
function asJsonata(source: string): unknown {
  return JSON.parse(JSON.stringify(jsonata(source).ast()))
}

const part = fc.constantFrom(
  ...'a event nodes _x and or in true false null function constructor __proto__ x1 名 $ $v $sum $string $exists $$ $eval'.split(' '),
  ...'0 1 12 1.5 1e3 00 1e999 "x" \'y\' "" "it\'s" "a\\"b" `q`'.split(' '),
  ...'. . . [ ] ( ) { } , ; : ? ?? ?: := .. + - * / % & = != < <= > >= ** ~> @ # ^ | !'.split(' '),
  ' ',
  '\n\t',
)
const soup = fc.array(part, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''))

const { expression } = fc.letrec<{ expression: string; path: string }>((tie) => ({
  path: fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom('a', 'nodes', 'b1', '"text"', '$', '$v', '名称', 'in', 'null') },
        tie('expression').map((it) => `(${it})`),
        tie('expression').map((it) => `[${it}]`),
        fc.tuple(fc.constantFrom('a', '$v', '(b)'), tie('expression')).map(([name, it]) => `${name}[${it}]`),
        tie('expression').map((it) => `{"k": ${it}}`),
        tie('expression').map((it) => `$string(${it})`),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((steps) => steps.join('.')),
  expression: fc.oneof(
    { depthSize: 'small' },
    { weight: 4, arbitrary: tie('path') },
    fc.constantFrom('1', '-2', '0.5', '"x"', "'y'", 'true', 'null', '[]', '{}', '()', '[1..3]', '$$', '- 1[0]', 'a[]', '$sum()'),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom(...'+ - * / % & = != < > <= >= and or in ?? ?: .'.split(' ')),
        fc.constantFrom('', '-'),
        tie('expression'),
      )
      .map(([left, operator, sign, right]) => `${left} ${operator} ${sign}${right}`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `${a} ? ${b} : ${c}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `($v := ${a}; ${b})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `{"x": ${a}, ${b}: [${a}, ${b}..9]}`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `$append(${a}, ${b})`),
  ),
}))

test('what is read simply is read exactly as jsonata reads it', () => {
  let read = 0
  fc.assert(
    fc.property(expression, (source) => {
      const own = readSimply(source)
      if (own === null) return
      read += 1
      expect(JSON.parse(JSON.stringify(own.ast))).toEqual(asJsonata(source))
    }),
    { numRuns: 3_000 },
  )
  expect(read).toBeGreaterThan(500)
})

test('no text that jsonata refuses, or reads otherwise, is read simply', () => {
  fc.assert(
    fc.property(soup, (source) => {
      const own = readSimply(source)
      if (own !== null) expect(JSON.parse(JSON.stringify(own.ast))).toEqual(asJsonata(source))
    }),
    { numRuns: 10_000 },
  )
})

test.each([
  'event.data.total',
  ' nodes.order ',
  '"Plan for " & nodes.get.name',
  'nodes.ai.bold = true',
  '{"customer": event.subject, "amount": nodes.ai.amount, "list": [1, -2, "x"]}',
  'nodes.t.y > 3 ? "much" : "little"',
  'event.data.items[0].price * 1.5',
  'event.data.items[price > 3 and kind in ["a", "b"]].(price + 1)',
  '$sum(event.data.items.price) ?? 0',
  '($x := input.a; $y := $x + 1; {"y": $y})',
  'input.[a, b]',
])('%j needs no jsonata to be read', (source) => {
  const own = readSimply(source)
  expect(own?.ast).toBeDefined()
  expect(JSON.parse(JSON.stringify(own?.ast))).toEqual(asJsonata(source))
})

test.each([
  'a.and',
  'a..b',
  'a[]',
  'a/b',
  '/x/',
  'a.*',
  '$$.a',
  '$f := function($x){$x}',
  'a{b: c}',
  'a^(b)',
  'a ~> $sum',
  'f(x)',
  'a b',
  '',
  'a.',
  '"a\\nb"',
  '`a`',
  '$map(a, ?)',
])('%j is left to jsonata', (source) => {
  expect(readSimply(source)).toBeNull()
})

test('long, deep and copying texts are left to the reader that counts', () => {
  expect(readSimply(`${'('.repeat(21)}a${')'.repeat(21)}`)).toBeNull()
  expect(readSimply(Array.from({ length: 101 }, () => 'a').join('&'))).toBeNull()
  expect(readSimply('((((a ?? b) ?? c) ?? d) ?? e)')).toBeNull()
})

test('names that nobody knows are refused whoever reads the text', () => {
  expect(parseExpression('$nope + 1')).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_UNKNOWN_NAME', position: 5 } })
  expect(parseExpression('$eval("1")')).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_REFUSED' } })
})

test('what is read simply counts the same: names, references and positions', () => {
  expect(parseExpression(' event.data.total ')).toMatchObject({ ok: true, ast: { steps: [{}, {}, { value: 'total', position: 17 }] } })
  expect(parseExpression('($x := 1; $x)')).toMatchObject({ ok: true, names: new Set(['x']) })
})

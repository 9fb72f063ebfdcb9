import { expect, test } from 'vitest'
import { parseExpression } from './index.ts'
import { expressionLimits } from './limits.ts'

function codeOf(source: string): string | null {
  const parsed = parseExpression(source)
  return parsed.ok ? null : parsed.error.code
}

test.each([
  ['event.(', 'SLU_EXPRESSION_SYNTAX', 7],
  ['1 +', 'SLU_EXPRESSION_SYNTAX', 3],
  ['"open', 'SLU_EXPRESSION_SYNTAX', 5],
  ['', 'SLU_EXPRESSION_SYNTAX', 0],
  ['a ] b', 'SLU_EXPRESSION_SYNTAX', 3],
])('%j is refused in plain words and with a position', (source, code, position) => {
  const parsed = parseExpression(source)
  expect(parsed).toMatchObject({ ok: false, error: { code, position, message: { en: expect.any(String), 'zh-CN': expect.any(String) } } })
})

test('a syntax error says what was not expected', () => {
  const parsed = parseExpression('event.data)')
  expect(parsed).toMatchObject({ ok: false, error: { message: { en: 'Did not expect ) here', 'zh-CN': '此处不应出现 )' } } })
})

test.each([
  ['$eval("1")'],
  ['($f := $eval; $f("1"))'],
  ['event ~> $eval'],
  ['$match(event.data, /a(?=b)/)'],
  ['$match(event.data, /(?<!a)b/)'],
  ['$replace(event.data, /(a)\\1/, "")'],
  [`$match(event.data, /${'a'.repeat(expressionLimits.regexCharsMax + 1)}/)`],
])('%j is refused: it could run text as code or never end', (source) => {
  expect(codeOf(source)).toBe('SLU_EXPRESSION_REFUSED')
})

test('a name that exists nowhere is refused with a hint, one that is bound is not', () => {
  expect(codeOf('$event.data')).toBe('SLU_EXPRESSION_UNKNOWN_NAME')
  expect(codeOf('$uppercsae("a")')).toBe('SLU_EXPRESSION_UNKNOWN_NAME')
  expect(codeOf('($x := 1; $x + 1)')).toBeNull()
  expect(codeOf('$map(input, function($v, $i) { $v + $i })')).toBeNull()
  expect(codeOf('input@$a#$i.{"a": $a, "i": $i}')).toBeNull()
})

test('a long expression is refused by its length, the limit and the value are named', () => {
  expect(codeOf(`"${'x'.repeat(expressionLimits.sourceCharsMax - 2)}"`)).toBeNull()
  const parsed = parseExpression('x'.repeat(20_000))
  expect(parsed).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_TOO_LONG', message: { en: expect.stringContaining('20000') } } })
})

test.each([
  ['brackets', '('.repeat(5_000) + ')'.repeat(5_000)],
  ['lists', '['.repeat(5_000)],
  ['minus signs', `${'-'.repeat(9_000)}1`],
  ['choices', 'a ? b : '.repeat(1_200)],
  ['sums', `${'1+'.repeat(4_900)}1`],
  ['paths', `${'a.'.repeat(4_900)}a`],
  ['assignments', `${'$a := '.repeat(1_600)}1`],
  ['comments', '/**/'.repeat(2_400)],
  ['functions', 'function($a){'.repeat(700)],
  ['copies by ??', `${'('.repeat(30)}a${' ?? b)'.repeat(30)}`],
  ['copies by ?:', `${'('.repeat(30)}a${' ?: b)'.repeat(30)}`],
  ['copies in lists', `${'['.repeat(60)}a${'] ?? [b]'.repeat(60)}`],
  ['copies behind texts', `${'("x)" & '.repeat(40)}a${' ?? b)'.repeat(40)}`],
])('a parse bomb of %s is refused or read at once', (_what, source) => {
  expect(source.length).toBeLessThanOrEqual(expressionLimits.sourceCharsMax)
  const parsed = parseExpression(source)
  if (!parsed.ok) expect(parsed.error.code).toMatch(/^SLU_EXPRESSION_(TOO_DEEP|SYNTAX|LIMIT)$/)
})

test('ordinary chains of defaults are no bomb', () => {
  expect(codeOf(`${'input.a ?? '.repeat(30)}"x"`)).toBeNull()
  expect(codeOf('(input.a ?? input.b) ?? (input.c ?: "none")')).toBeNull()
})

/** Each bracket doubles what stands before it. */
const bomb = `${'('.repeat(30)}a${' ?? b)'.repeat(30)}`

test.each([
  [`$contains(x, /'/) & ${bomb}`, 'a quote in a regular expression hides nothing'],
  [`$contains(x, /[/"]/) & ${bomb}`, 'nor does one between brackets'],
  [`$f(x * /'/) & ${bomb}`, 'nor one behind a slash that may divide'],
  [`$f(and /'/) & ${bomb}`, 'nor behind a word that may be a name'],
  [`a / b & 'c' & ${bomb}`, 'nor text behind a division'],
])('%j is refused before it is read: %s', (source) => {
  expect(codeOf(source)).toBe('SLU_EXPRESSION_TOO_DEEP')
})

test('a regular expression on the left of ?? is refused, because the reader would lose it', () => {
  expect(codeOf('$match(x, /a/) ?? 1')).toBe('SLU_EXPRESSION_REFUSED')
  expect(codeOf('($found := $match(x, /a/); $found ?? 1)')).toBeNull()
})

test('divisions beside texts and defaults are read as before', () => {
  expect(codeOf('(input.a ?? 1) / (input.b ?? 2) & " 元" & (input.c / 100) & (input.d ?? "x")')).toBeNull()
})

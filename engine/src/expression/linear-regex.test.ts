import jsonata from 'jsonata'
import { expect, test } from 'vitest'
import { compileExpression, evaluateWithJsonata, parseExpression, type Scope } from './index.ts'

const scope = (input: Scope['input']): Scope => ({ event: null, input, nodes: {}, vars: {}, run: {}, now: 0 })

/** Patterns as people write them; jsonata with V8's engine says what each must give. */
const examples = [
  '$match("ababbabbcc", /a(b+)/)',
  '$match("ababbabbcc", /a(b+)/, 1)',
  '$match("价格太高，价格太低", /价格(太.)/)',
  '$match("😀 13800138000", /1[3-9]\\d{9}/)',
  '$contains("Hello World", /wo/i)',
  '$contains("a\nb", /^b$/m)',
  '$split("so many  words", /\\s+/)',
  '$split("a1b22c", /\\d+/, 2)',
  '$replace("John Smith", /(\\w+)\\s(\\w+)/, "$2, $1")',
  '$replace("temperature = 68F", /([-+]?[0-9]+)F\\b/, function($m) { ($number($m.groups[0]) - 32) * 5/9 & "C" })',
  '$replace("a.b.c", /\\./, "-", 1)',
  '$exists("2026-11-26" ~> /^\\d{4}-\\d{2}-\\d{2}$/)',
  '["abracadabra", "xyz"][$contains($, /abr/)]',
  '$match("a/b", /a\\/b/)',
  '$match("x(y)", /[(]y[)]/)',
  '$match("", /x?y/)',
]

test.each(examples)('%s gives what jsonata gives', async (source) => {
  const expected = await jsonata(source).evaluate({})
  const ours = await evaluateWithJsonata(source, scope(null))
  expect(ours.ok && JSON.stringify(ours.value)).toBe(
    JSON.stringify(typeof expected === 'object' ? JSON.parse(JSON.stringify(strip(expected))) : expected),
  )
})

/** jsonata's matches carry their own `next`. */
function strip(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, part) => (typeof part === 'function' ? undefined : part)))
}

test.each([['(a+)+$'], ['(a|aa)+$'], ['(.*)*x'], ['([a-z]+)*[0-9]'], ['^(([a-z])+.)+[A-Z]([a-z])+$']])(
  '/%s/ against a text made to hang it ends at once',
  async (pattern) => {
    const text = `${'a'.repeat(30_000)}!`
    expect(await evaluateWithJsonata(`$contains(input, /${pattern}/)`, scope(text))).toMatchObject({ ok: true })
  },
)

test('a regular expression is work for the worker pool', () => {
  const compiled = compileExpression('$contains(input, /a/)')
  expect(compiled).toMatchObject({ ok: true, expression: { kind: 'bounded-worker' } })
})

test('a repetition that would make the program huge is refused', () => {
  expect(parseExpression('$contains(input, /((a{1000}){1000}){1000}/)')).toMatchObject({
    ok: false,
    error: { code: 'SLU_EXPRESSION_REFUSED' },
  })
})

test('a pattern that matches nothing again and again is an error, not a loop', async () => {
  expect(await evaluateWithJsonata('$match("abc", /x*/)', scope(null))).toMatchObject({ ok: false, error: { reason: 'D1004' } })
})

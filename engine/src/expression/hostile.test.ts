import { expect, test } from 'vitest'
import { compileExpression, evaluateWithJsonata, type Scope } from './index.ts'

const list = Array.from({ length: 2_000 }, (_, index) => ({ id: index, name: `n${index}`, tags: ['a', 'b'] }))
const scope: Scope = { event: null, input: { list, secret: 's3cret-value', text: 'x'.repeat(5_000) }, nodes: {}, vars: {}, run: {}, now: 0 }

function evaluated(source: string) {
  const compiled = compileExpression(source)
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error))
  expect(compiled.expression.kind).toBe('total')
  return compiled.expression.evaluate(scope)
}

const doubling = (start: string, step: string) => `($a := ${start}; ${`$a := ${step}; `.repeat(60)}$a)`

test.each([
  ['lists inside lists', 'input.list.($$.input.list.($$.input.list.id))'],
  ['a list compared with itself', 'input.list[$ in $$.input.list[$ in $$.input.list]]'],
  ['texts that double', doubling('input.text', '$a & $a')],
  ['lists that double', doubling('[1, 2]', '$append($a, $a)')],
  ['nested lists that double', doubling('[1]', '[[$a], [$a]]')],
  ['nested lists written as text', doubling('[1]', '[[$a], [$a]]').replace('$a)', '$string($a))')],
  ['nested lists compared', doubling('[1]', '[[$a], [$a]]').replace('$a)', '$a = $a & "")')],
  ['nested lists taken as a condition', doubling('[[0]]', '[[$a], [$a]]').replace('$a)', '$not($a))')],
  ['nested lists and their keys', doubling('[{"a": 1}]', '[[$a], [$a]]').replace('$a)', '$keys($a))')],
  ['a wide pad', '$pad("x", 1000000000)'],
  ['a replacement that grows', doubling('"aaaaaaaaaaaaaaaa"', '$replace($a, "a", $a)')],
  ['a join with a long separator', '$join(input.list.name, input.text & input.text & input.text & input.text & input.text & input.text)'],
])('%s ends with the limit, not with the memory', (_what, source) => {
  const result = evaluated(source)
  expect(result).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^SLU_EXPRESSION_(LIMIT|RESULT)$/) } })
})

test('ordinary work on thousands of items stays far below the limit', () => {
  expect(evaluated('$count(input.list[id >= 1000 and "a" in tags]^(>id).name)')).toEqual({ ok: true, value: 1_000 })
  expect(evaluated('$sum(input.list.(id * 2))')).toMatchObject({ ok: true })
})

test.each([
  ['input.secret + 1'],
  ['$number(input.secret)'],
  ['input.secret < 5'],
  ['{input.list[0]: 1}'],
  ['$toMillis(input.secret)'],
  ['$error(input.secret)'],
])('the error of %s tells what is wrong without telling the data', async (source) => {
  const ours = evaluated(source)
  const theirs = await evaluateWithJsonata(source, scope)
  for (const result of [ours, theirs]) {
    expect(result.ok).toBe(false)
    expect(JSON.stringify(result)).not.toContain('s3cret')
  }
})

test.each([
  ['input.__proto__'],
  ['input.constructor'],
  ['input.list.constructor.name'],
  ['"".constructor'],
  ['$lookup(input, "__proto__")'],
  ['$keys(input.constructor)'],
  ['$$.constructor.prototype'],
])('%s leads nowhere', async (source) => {
  expect(evaluated(source)).toEqual({ ok: true, value: undefined })
  expect(await evaluateWithJsonata(source, scope)).toEqual({ ok: true, value: undefined })
})

test('an object built with a reserved name does not get it, and no prototype changes', async () => {
  for (const source of ['{"__proto__": {"admin": true}, "a": 1}', '$merge([{"constructor": 1}, {"a": 1}])']) {
    expect(evaluated(source)).toEqual({ ok: true, value: { a: 1 } })
    expect(await evaluateWithJsonata(source, scope)).toEqual({ ok: true, value: { a: 1 } })
  }
  expect(({} as { admin?: unknown }).admin).toBeUndefined()
})

test('data that poses as a function is taken out before the worker evaluates it', async () => {
  const trap = JSON.parse('{"_jsonata_function": true, "implementation": 1, "a": 5}')
  const result = await evaluateWithJsonata('$map([1], function($x) { input.a })', { ...scope, input: trap })
  expect(result).toEqual({ ok: true, value: 5 })
})

test.each([
  ['endless recursion', '($f := function($n) { 1 + $f($n + 1) }; $f(0))'],
  ['a tail call without end', '($f := function($n) { $f($n + 1) }; $f(0))'],
  ['a huge range', '[0..9000000]'],
  ['ranges of ranges', '[0..9000].([0..9000])'],
])('in the worker, %s ends with the limit', async (_what, source) => {
  expect(await evaluateWithJsonata(source, scope)).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_LIMIT' } })
})

const long = `${'a'.repeat(50_000)}!`
const longScope: Scope = { ...scope, input: { text: long, many: 'ab'.repeat(20_000) } }

test.each([
  ['$match(input.text, /(a+)+$/)'],
  ['$replace(input.text, /(a|aa)+$/, "x")'],
  ['$split(input.text, /(a*)*b/)'],
  ['$contains(input.text, /(a|a?)+$/)'],
  ['$match(input.text, /(x+x+)+y/)'],
  ['$contains(input.text, /[^]*.*.*.*.*.*.*.*.*.*.*.*.*b/)'],
  ['$match(input.text, /a{1000}/)'],
  ['$split(input.many, /b/)'],
  ['$toMillis("2020", "[Y,*-9999999999][Y,*-9999999999][Y,*-9999999999]")'],
  ['$toMillis("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "[FNn][FNn][FNn][FNn][FNn][FNn]!")'],
  ['$fromMillis(0, "[Y,99999999-99999999]")'],
  ['$formatInteger(1e308, "w")'],
  ['$formatInteger(99999999, "I")'],
])('%s costs no more than its text is long, or ends with the limit', async (source) => {
  const result = await evaluateWithJsonata(source, longScope, { timeoutMs: 20_000 })
  if (!result.ok) expect(result.error.code).toMatch(/^SLU_EXPRESSION_(LIMIT|RESULT)$/)
})

test.each([
  ['$match("a", /((a{100}){100}){100}/)'],
  ['$match("a", /(a{0,1000}){0,1000}/)'],
  ['$match("a", /((((a{10}){10}){10}){10}){10}/)'],
  ['$match("a", /(?=a)a/)'],
  ['$match("aa", /(a)\\1/)'],
])('the pattern of %s is refused when it is read', (source) => {
  expect(compileExpression(source)).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_REFUSED' } })
})

test.each([
  ['a sort that is never content', '$sort([1..90000], function($a, $b) { true })'],
  ['loops in loops', '$map([1..100000], function($v) { $map([1..1000], function($w) { $w }) })'],
  ['a function that calls itself by another name', '($y := function($g) { $g($g) }; $y($y))'],
  ['a text put in place of each letter', '$replace(input.many, /a/, function($m) { $$.input.text })'],
  ['a text doubled a thousand times', '$reduce([1..1000], function($a, $b) { $a & $a }, "x")'],
])('in the worker, %s ends with the limit', async (_what, source) => {
  expect(await evaluateWithJsonata(source, longScope)).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_LIMIT' } })
})

test('functions are no results', async () => {
  for (const source of ['$sum', 'function($x) { $x }', '[$sum]', '{"f": $sum}']) {
    expect(await evaluateWithJsonata(source, scope)).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_RESULT' } })
  }
})

test('thousands of evaluations of one expression at once do not mix', async () => {
  const source = '$map([input], function($x) { $x & "/" & $millis() })'
  const results = await Promise.all(
    Array.from({ length: 2_000 }, (_, index) => evaluateWithJsonata(source, { ...scope, input: index, now: index }, { timeoutMs: 60_000 })),
  )
  results.forEach((result, index) => {
    expect(result).toEqual({ ok: true, value: `${index}/${index}` })
  })
})

test('time comes from the scope, in both ways of evaluating', async () => {
  const at = { ...scope, now: Date.parse('2026-03-02T03:00:00Z') }
  for (const [source, value] of [
    ['now', '2026-03-02T03:00:00.000Z'],
    ['$now()', '2026-03-02T03:00:00.000Z'],
    ['$now("[Y]")', '2026'],
    ['$millis()', at.now],
    ['$$.now', '2026-03-02T03:00:00.000Z'],
  ] as const) {
    const compiled = compileExpression(source)
    expect(compiled.ok && compiled.expression.evaluate(at)).toEqual({ ok: true, value })
    expect(await evaluateWithJsonata(source, at)).toEqual({ ok: true, value })
  }
})

import type { Scope } from '@sluice/engine/expression'
import { afterAll, expect, test } from 'vitest'
import { expressionPool } from './pool.ts'

const pool = expressionPool({ threads: 2 })
afterAll(() => pool.close())

const scope: Scope = { event: null, input: { price: 20, text: 'a'.repeat(40) }, nodes: {}, vars: {}, run: {}, now: 0 }

test('an ordinary expression gives its value', async () => {
  expect(await pool.evaluate('input.price * 2', scope)).toEqual({ ok: true, value: 40 })
  expect(await pool.evaluate('input.nothing', scope)).toEqual({ ok: true, value: undefined })
})

const hostile = {
  'endless recursion': '($f := function($x) { $f($x + 1) }; $f(1))',
  'endless recursion by tail call': '($f := function($x) { $f($x) }; $f(1))',
  'a huge range': '[1..9999999]',
  'ranges of ranges': '$sum([1..9000].([1..9000].($)))',
  'a string that doubles for ever': '($f := function($s) { $f($s & $s) }; $f("ab"))',
  'a list that doubles for ever': '($f := function($l) { $f($append($l, $l)) }; $f([1,2]))',
  'a huge padded string': '$pad("x", 999999999)',
  'a picture of numbers that groups for ever': '$formatNumber(5, $pad("#", 200000, "#,"))',
  'a picture of a date that backtracks': '$toMillis($pad("", 9000, "I") & "!", "[YI][MI][DI]")',
  'a picture of a date as wide as a book': '$fromMillis(0, "[Y,9999999-9999999]")',
  'a pattern that backtracks': '$match(input.text & "!", /^(a+)+$/)',
  'a pattern in replace': '$replace(input.text & "!", /(a|aa)+$/, "x")',
  'evaluation of text': '$eval("1+1")',
  'a function as data': '{ "f": function($x) { $x } }',
  'a way to the constructor': '$lookup($, "constructor").constructor("return process")()',
}

test.each(Object.entries(hostile))('%s ends without harm, and others go on', async (_name, source) => {
  const [bad, good] = await Promise.all([pool.evaluate(source, scope), pool.evaluate('$sum([1, 2, 3])', scope)])
  expect(good).toEqual({ ok: true, value: 6 })
  // Refused, stopped, or harmlessly nothing: but never a live value from inside.
  expect(bad.ok ? typeof (bad.value ?? null) : bad.error.code).toMatch(/^(SLU_EXPRESSION_\w+|object|string|number)$/)
  expect(JSON.stringify(bad)).not.toMatch(/process|native code/)
})

test('what must not succeed does not', async () => {
  for (const name of [
    'endless recursion by tail call',
    'a huge range',
    'a picture of a date that backtracks',
    'evaluation of text',
  ] as const) {
    expect((await pool.evaluate(hostile[name], scope)).ok, name).toBe(false)
  }
})

test('patterns that would backtrack for ever answer at once', async () => {
  expect(await pool.evaluate(hostile['a pattern that backtracks'], scope)).toEqual({ ok: true, value: undefined })
  expect(await pool.evaluate(hostile['a pattern in replace'], scope)).toEqual({ ok: true, value: `${'a'.repeat(40)}!` })
})

test('a thousand evaluations of one expression all answer', async () => {
  const answers = await Promise.all(Array.from({ length: 1_000 }, (_, n) => pool.evaluate('input.n + 1', { ...scope, input: { n } })))
  expect(answers.every((answer, n) => answer.ok && answer.value === n + 1)).toBe(true)
})

test('more waiting work than allowed is refused, not kept', async () => {
  const small = expressionPool({ threads: 1, waitingMax: 2 })
  const answers = await Promise.all(Array.from({ length: 10 }, () => small.evaluate('1', scope)))
  expect(answers.filter((answer) => !answer.ok).length).toBe(8)
  await small.close()
})

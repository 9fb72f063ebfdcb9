import { expect, test } from 'vitest'
import { evaluateHere } from './evaluate.ts'
import { fixOf } from './fix.ts'
import { formatExpression } from './format-expression.ts'
import { functions } from './functions.ts'
import { tokens } from './highlight.ts'

test.each([
  ['input.a == 1', 'input.a = 1'],
  ['input.a !== "x"', 'input.a != "x"'],
  ['input.a&&input.b', 'input.a and input.b'],
  ['input.a || input.b', 'input.a or input.b'],
  ['$summ([1, 2])', '$sum([1, 2])'],
  ['$input.amount', 'input.amount'],
  ['$sum([1, 2', '$sum([1, 2])'],
  ['"abc', '"abc"'],
  ['$count（input）', '$count(input)'],
  ['“a”', '"a"'],
])('%s is mended to %s, which runs', async (wrong, right) => {
  expect(fixOf(wrong)?.source).toBe(right)
  const scope = { event: null, input: { amount: 1 }, nodes: {}, vars: {}, run: {}, now: 0 }
  expect((await evaluateHere('expression', right, scope)).ok).toBe(true)
})

test('signs inside a text are left alone', () => {
  expect(fixOf('"a == b && c"')).toBeNull()
})

test.each([
  ['input.a+1*-2', 'input.a + 1 * -2'],
  ['(a>=1)and(b!=2)', '(a >= 1) and (b != 2)'],
  ['$sum( items.( price*count ) )', '$sum(items.(price * count))'],
  ['{"a":1,"b":[1..3]}', '{"a" : 1, "b" : [1..3]}'],
  ['input.a="x"?1:2', 'input.a = "x" ? 1 : 2'],
])('%s is written %s', (from, to) => expect(formatExpression(from)).toBe(to))

test('formatting changes nothing but spaces, and never twice', async () => {
  const scope = { event: null, input: { id: 7 }, nodes: {}, vars: {}, run: {}, now: 0 }
  for (const { example } of functions) {
    const once = formatExpression(example)
    const bare = (text: string) => tokens(text).filter((part) => part.kind !== 'space')
    expect(bare(once), example).toEqual(bare(example))
    expect(formatExpression(once)).toBe(once)
    expect(await evaluateHere('expression', once, scope)).toEqual(await evaluateHere('expression', example, scope))
  }
})

test('a long condition gets a line for each part', () => {
  const long = 'input.customer.name = "somebody" and input.amount > 1000 and (input.a or input.b)'
  expect(formatExpression(long).split('\n')).toEqual([
    'input.customer.name = "somebody"',
    'and input.amount > 1000',
    'and (input.a or input.b)',
  ])
})

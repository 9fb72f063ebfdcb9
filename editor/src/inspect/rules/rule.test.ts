import { compileExpression } from '@sluice/engine/expression'
import type { Json, JsonObject } from '@sluice/flows'
import { describe, expect, test } from 'vitest'
import { evaluateHere } from '../expression/evaluate.ts'
import { fromExpression } from './from-expression.ts'
import { allOperators, type Operand, type Operator, operandOf, placesIn, type Rule, type RuleGroup, rowsIn, type Scalar } from './rule.ts'
import { toExpression } from './to-expression.ts'

/** Rules made at random from a seed. */
function maker(seed: number) {
  let state = (seed * 2_654_435_761) >>> 0
  const below = (count: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) % count
  }
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item
  const path = () =>
    pick([
      'input.amount',
      'input.tier',
      'input.tags',
      'input.`full name`',
      'event.data.items[0].price',
      'now',
      'nodes.mask.name',
      'input.missing',
    ])
  const scalar = (): Scalar => pick<Scalar>([0, -3, 1.5, 1e6, 'gold', '', '含"引号"', 'a\\b', "it's", '😀x', true, false, null])
  const operand = (operator: Operator): Operand => {
    switch (operandOf(operator)) {
      case 'none':
        return { kind: 'none' }
      case 'list':
        return { kind: 'list', values: Array.from({ length: below(4) }, scalar) }
      case 'between':
        return { kind: 'between', from: scalar(), to: scalar() }
      default:
        return below(4) === 0 && operator !== 'starts' && operator !== 'ends'
          ? { kind: 'path', path: path() }
          : { kind: 'value', value: scalar() }
    }
  }
  const row = (): Rule => {
    const operator = pick(allOperators)
    const value = operand(operator)
    // Said otherwise by the operators for yes and no; starts and ends need a text.
    if ((operator === 'is' || operator === 'has') && value.kind === 'value' && typeof value.value === 'boolean') return row()
    if ((operator === 'starts' || operator === 'ends') && (value.kind !== 'value' || typeof value.value !== 'string' || value.value === ''))
      return row()
    return { kind: 'row', path: path(), operator, value }
  }
  const group = (depth: number): RuleGroup => ({
    kind: 'group',
    match: pick(['all', 'any', 'none']),
    rules: Array.from({ length: below(4) }, () => (depth < 3 && below(3) === 0 ? group(depth + 1) : row())),
  })
  return group(1)
}

test('800 random rules come back from their expression as they were, and each expression compiles', () => {
  for (let seed = 1; seed <= 800; seed++) {
    const rule = maker(seed)
    const text = toExpression(rule)
    expect(fromExpression(text), `seed ${seed}: ${text}`).toEqual(rule)
    const compiled = compileExpression(text)
    expect(compiled.ok, `seed ${seed}: ${text}`).toBe(true)
  }
})

const document: JsonObject = { amount: 1500, tier: 'gold', tags: ['vip', 'new'], ok: true, list: [] }
const scope = { event: null, input: document, nodes: {}, vars: {}, run: {}, now: 0 }
async function holds(text: string): Promise<Json | undefined> {
  const answer = await evaluateHere('expression', text, scope)
  return answer.ok ? answer.value : `${answer.message}`
}
const row = (path: string, operator: Operator, value: Operand = { kind: 'none' }): Rule => ({
  kind: 'row',
  path: `input.${path}`,
  operator,
  value,
})
const value = (it: Scalar): Operand => ({ kind: 'value', value: it })

describe('each operator means what it says', () => {
  test.each<[Rule, boolean]>([
    [row('amount', 'between', { kind: 'between', from: 1500, to: 2000 }), true],
    [row('amount', 'between', { kind: 'between', from: 1501, to: 2000 }), false],
    [row('tier', 'contains', value('ol')), true],
    [row('tier', 'contains-not', value('ol')), false],
    [row('nothing', 'contains-not', value('ol')), true],
    [row('tier', 'starts', value('go')), true],
    [row('tier', 'ends', value('ld')), true],
    [row('tier', 'ends', value('go')), false],
    [row('tier', 'one-of', { kind: 'list', values: ['gold', 'silver'] }), true],
    [row('tier', 'none-of', { kind: 'list', values: ['gold', 'silver'] }), false],
    [row('nothing', 'none-of', { kind: 'list', values: ['gold'] }), true],
    [row('tags', 'has', value('vip')), true],
    [row('ok', 'is-true'), true],
    [row('ok', 'is-false'), false],
    [row('nothing', 'missing'), true],
    [row('tier', 'exists'), true],
    [{ kind: 'group', match: 'none', rules: [row('nothing', 'less', value(5))] }, true],
    [{ kind: 'group', match: 'none', rules: [row('amount', 'more', value(5))] }, false],
    [{ kind: 'group', match: 'any', rules: [] }, false],
    [{ kind: 'group', match: 'all', rules: [] }, true],
  ])('%j', async (rule, wanted) => expect(await holds(toExpression(rule))).toBe(wanted))
})

test('what people write by hand opens when it is a rule', () => {
  expect(fromExpression('input.amount > 100000')).toEqual({
    kind: 'group',
    match: 'all',
    rules: [{ kind: 'row', path: 'input.amount', operator: 'more', value: { kind: 'value', value: 100000 } }],
  })
  expect(toExpression(fromExpression("100 <= input.amount and (input.tier='gold' or input.vip = true)") as Rule)).toBe(
    'input.amount >= 100 and (input.tier = "gold" or input.vip = true)',
  )
  expect(fromExpression('')).toEqual({ kind: 'group', match: 'all', rules: [] })
})

test.each([
  'input.amount * 2 > 5',
  '$sum(input.items.price) > 5',
  'input.amount',
  '$not(input.ok)',
  '$not(input.amount < 5)',
  'input.a = 1 ? true : false',
  'input.items[price > 5]',
  'amount > 5',
  '(input.a = 1) = false',
  '$substring(input.a, 0, 3) = "ab"',
  'input.a > 5 /* why */',
  '(((input.a = 1 or input.b = 2) and input.c = 3) or input.d = 4) and input.e = 5',
  'input.a = "unclosed',
  '$contains(input.a, /x/)',
])('%s stays text', (text) => expect(fromExpression(text)).toBeNull())

test('each row of a nested rule finds its own answer, also after a group', () => {
  const rule = fromExpression('input.a = 1 and (input.b = 1 or (input.c = 1 and input.d = 1) or input.e = 1) and input.f = 1')
  if (rule === null) throw new Error('This is a rule')
  const rows = rowsIn(rule)
  const found: string[] = []
  const visit = (group: RuleGroup, first: number): void => {
    for (const [each, place] of placesIn(group, first)) {
      if (each.kind === 'group') visit(each, place)
      else found.push(`${each.path} ${rows[place]?.path}`)
    }
  }
  visit(rule, 0)
  expect(found).toEqual(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `input.${name} input.${name}`))
})

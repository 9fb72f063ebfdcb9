import { say } from '@sluice/flows'
import { expect, test } from 'vitest'
import { compileExpression } from './index.ts'

function compiled(source: string) {
  const result = compileExpression(source)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.expression
}

test.each([
  ['event.data.customer.name'],
  ['input.items[price > 10 and stock > 0]^(>price)[0].name'],
  ['{"total": $sum(input.items.(price * count)), "names": [input.items.name]}'],
  ['[1..999]'],
  ['$formatNumber(input.price, "#,##0.00")'],
  ['$fromMillis($millis(), "[Y0001]-[M01]-[D01]")'],
  ['(($x := input.a; $x) ?? "none") & ""'],
  ['input.name ~> $uppercase ~> $substring(0, 3)'],
  ['input.a in ["x", "y"]'],
])('%s is total: it may run inside the engine', (source) => {
  expect(compiled(source).kind).toBe('total')
})

test.each([
  ['$map(input, function($x) { $x })', '$map'],
  ['(function($x) { $x })(1)', 'function'],
  ['$sort(input, function($a, $b) { $a > $b })', '$sort'],
  ['input.*', 'wildcard'],
  ['**.price', 'wildcard'],
  ['input.items.%.name', '%'],
  ['input@$a.name', '@'],
  ['[1..$count(input)]', 'range'],
  ['[1..100000]', 'range'],
  ['$random()', '$random'],
  ['$formatNumber(1, input.picture)', '$formatNumber'],
  ['$fromMillis(0, "[Y,*-1000000]")', '$fromMillis'],
  ['$toMillis("1", "[Y]")', '$toMillis'],
  ['$sum', 'function as a value'],
  ['($count := 1; $count([1]))', '$count'],
  ['input ~> |a|{"b": 1}|', 'function'],
  ['[$x := 1, $x]', 'variable inside'],
  ['$substring(?, 1)', 'function'],
])('%s needs the worker, and the reason is given', (source, reason) => {
  const { kind, reason: given } = compiled(source)
  expect(kind).toBe('bounded-worker')
  expect(say(given ?? '', 'en')).toContain(reason)
})

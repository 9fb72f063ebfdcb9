import { expect, test } from 'vitest'
import { argumentsOf, callAt, functionAt } from './call-at.ts'
import { functions } from './functions.ts'

/** `|` is the caret. */
function at(marked: string): string | null {
  const caret = marked.indexOf('|')
  const call = callAt(marked.replace('|', ''), caret)
  return call === null ? null : `${call.help.name} ${call.argument}`
}

test.each([
  ['$substring(|', '$substring 0'],
  ['$substring("a,b(", |1, 2)', '$substring 1'],
  ['$substring("a", 1, |)', '$substring 2'],
  ['$join($split(input.a, |","), "x")', '$split 1'],
  ['$join($split(input.a, ","), |"x")', '$join 1'],
  ['$sum([1, 2, |3])', '$sum 0'],
  ['$map(input.rows, function($v) { $round($v, |1) })', '$round 1'],
  ['$map(input.rows, function($v) { $v.|a })', '$map 1'],
  ['$match(input.text, /a(b,c|/)', '$match 1'],
  ['/* $sum( */ |', null],
  ['$sum([1])|', null],
  ['$mine(1, |2)', null],
  ['"$sum(|"', null],
  ['', null],
])('%s is in %s', (marked, call) => expect(at(marked)).toBe(call))

test('a function is known by its name, wherever in it the pointer rests', () => {
  expect(functionAt('1 + $sum(a)', 5)).toMatchObject({ from: 4, to: 8, help: { name: '$sum' } })
  expect(functionAt('1 + $sum(a)', 8)).toBeNull()
  expect(functionAt('"$sum"', 2)).toBeNull()
  expect(functionAt('$v', 1)).toBeNull()
})

test('each function says its arguments in its signature, and its example has no more than those', () => {
  for (const help of functions) {
    const parts = argumentsOf(help).map(({ from, to }) => help.signature.slice(from, to))
    const inner = help.example.slice(0, help.example.lastIndexOf(')'))
    expect(help.signature, help.name).toBe(`${help.name}(${parts.join(', ')})`)
    const call = callAt(inner, inner.length)
    if (help.name !== '$match') expect(call?.argument ?? 0, help.name).toBeLessThan(Math.max(1, parts.length))
  }
})

import { expect, test } from 'vitest'
import { answerFlaws, formProblem } from './form.ts'

const withPattern = (pattern: string) => ({ type: 'object', properties: { code: { type: 'string', pattern } } })

test.each(['^[A-Z]{2}\\d{6}$', '^\\d+$', '[a-z]+@[a-z]+', '\\.pdf$'])('the pattern %s is fine', (pattern) => {
  expect(formProblem(withPattern(pattern))).toBeNull()
})

test.each(['(a+)+$', '(a|a)*$', '(x{1,9}){1,9}', '^(\\w+\\s?)*$', '(a)\\1', '(?=a)b', '[', 'a'.repeat(201)])(
  'the pattern %s could take for ever or is broken',
  (pattern) => {
    expect(formProblem(withPattern(pattern))).not.toBeNull()
  },
)

test.each([null, 'text', [], { type: 'string' }])('%j is no form', (form) => {
  expect(formProblem(form)).not.toBeNull()
})

test('a form too deep or too long is refused', () => {
  const deep = Array.from({ length: 14 }).reduce<object>((inner) => ({ properties: { a: inner } }), {})
  expect(formProblem(deep as never)).not.toBeNull()
  expect(formProblem({ type: 'object', description: 'x'.repeat(64_001) })).not.toBeNull()
})

test('an answer is told where it is wrong', () => {
  const form = { type: 'object', properties: { discount: { type: 'number', maximum: 10 } }, required: ['discount'] }
  expect(answerFlaws(form, { discount: 5 })).toEqual([])
  expect(answerFlaws(form, { discount: 50 })).toMatchObject([{ path: '/data/discount' }])
  expect(answerFlaws(form, {})).toHaveLength(1)
})

test('an endless text is refused whatever the form says', () => {
  expect(answerFlaws({ type: 'object' }, { a: { b: ['x'.repeat(20_001)] } })).toHaveLength(1)
})

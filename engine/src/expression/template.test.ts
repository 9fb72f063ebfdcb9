import { expect, test } from 'vitest'
import { compileTemplate, fillTemplate, shownInText } from './index.ts'

function texts(source: string) {
  const compiled = compileTemplate(source)
  if (!compiled.ok) return compiled.problem
  return [compiled.template.texts, compiled.template.holes.map((hole) => hole.source.trim())]
}

test.each([
  ['no holes', 'plain', [['plain'], []]],
  ['one hole', 'Hi {{ event.id }}!', [['Hi ', '!'], ['event.id']]],
  [
    'neighbours',
    '{{ input }}{{ now }}',
    [
      ['', '', ''],
      ['input', 'now'],
    ],
  ],
  ['objects', '{{ {"a":{"b":1}}.a.b }}', [['', ''], ['{"a":{"b":1}}.a.b']]],
  ['braces in texts', `{{ "}}" & '{{' }}.`, [['', '.'], [`"}}" & '{{'`]]],
  ['escaped quotes', '{{ "\\"}}" }}', [['', ''], ['"\\"}}"']]],
  ['single braces', '{ "a": {} } }}', [['{ "a": {} } }}'], []]],
])('a template with %s is cut where its holes are', (_what, source, parts) => {
  expect(texts(source)).toEqual(parts)
})

test('a mistake names its place in the whole text', () => {
  expect(texts('Hi {{ event.id')).toMatchObject({ code: 'SLU_TEMPLATE_UNCLOSED', position: 3 })
  expect(texts('Hi {{ event.( }}')).toMatchObject({ code: 'SLU_EXPRESSION_SYNTAX', position: expect.any(Number) })
})

test('a value goes in once: what looks like an expression in it stays text', () => {
  const compiled = compileTemplate('Dear {{ input.name }}, bye')
  if (!compiled.ok) throw new Error('no template')
  expect(fillTemplate(compiled.template, ['{{ event.secret }} {% $ %} $1 $&'])).toBe('Dear {{ event.secret }} {% $ %} $1 $&, bye')
})

test('values are shown as people expect them in a sentence', () => {
  expect([undefined, null, 'a', 5, false, ['a', 1, null], [{ a: 1 }], { a: 1 }].map(shownInText)).toEqual([
    '',
    '',
    'a',
    '5',
    'false',
    'a, 1',
    '[{"a":1}]',
    '{"a":1}',
  ])
})

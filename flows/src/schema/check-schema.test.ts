import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { checkSchema, type Schema, say, withDefaults } from '../index.ts'

function problemsOf(schema: unknown, value: unknown, options = {}) {
  return checkSchema(schema as Schema, value, options).map(({ code, path }) => `${code.replace('SLU_SCHEMA_', '')} ${path}`)
}

const config = Type.Object(
  {
    fields: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 3, uniqueItems: true }),
    keepLast: Type.Integer({ minimum: 0, maximum: 8, default: 4 }),
    mode: Type.Optional(Type.Union([Type.Literal('all'), Type.Literal('first')])),
    target: Type.Optional(
      Type.Union([
        Type.Object({ kind: Type.Literal('rep'), id: Type.String() }),
        Type.Object({ kind: Type.Literal('role'), role: Type.String({ minLength: 2 }) }),
      ]),
    ),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    pair: Type.Optional(Type.Tuple([Type.Number(), Type.String()])),
  },
  { additionalProperties: false },
)

test('a fitting value has no problems', () => {
  const value = { fields: ['a'], keepLast: 0, mode: 'all', target: { kind: 'role', role: 'ab' }, headers: { x: 'y' }, pair: [1, 'a'] }
  expect(problemsOf(config, value)).toEqual([])
})

test.each([
  [{ keepLast: 1 }, ['REQUIRED /fields']],
  [{ fields: [], keepLast: 1 }, ['REQUIRED /fields']],
  [{ fields: ['a', 'b', 'c', 'd'], keepLast: 1 }, ['LENGTH /fields']],
  [{ fields: ['a', 'a'], keepLast: 1 }, ['CHOICE /fields']],
  [{ fields: ['a', 5], keepLast: 1 }, ['TYPE /fields/1']],
  [{ fields: ['a', ''], keepLast: 1 }, ['REQUIRED /fields/1']],
  [{ fields: ['a'], keepLast: 9 }, ['RANGE /keepLast']],
  [{ fields: ['a'], keepLast: 1.5 }, ['TYPE /keepLast']],
  [{ fields: ['a'], keepLast: null }, ['TYPE /keepLast']],
  [{ fields: ['a'], keepLast: 1, mode: 'last' }, ['CHOICE /mode']],
  [{ fields: ['a'], keepLast: 1, extra: 1, 'a/b~c': 2 }, ['UNKNOWN_FIELD /extra', 'UNKNOWN_FIELD /a~1b~0c']],
  [{ fields: ['a'], keepLast: 1, headers: { x: 1 } }, ['TYPE /headers/x']],
  [{ fields: ['a'], keepLast: 1, pair: [1] }, ['LENGTH /pair']],
  [{ fields: ['a'], keepLast: 1, pair: [1, 'a', 2] }, ['LENGTH /pair']],
  [{ fields: ['a'], keepLast: 1, pair: ['a', 1] }, ['TYPE /pair/0', 'TYPE /pair/1']],
  ['text', ['TYPE ']],
])('%j is refused where it is wrong', (value, problems) => {
  expect(problemsOf(config, value)).toEqual(problems)
})

test('of several forms, the one that was meant is explained', () => {
  const schema = Type.Union([Type.String(), Type.Object({ rows: Type.Array(Type.Number()) })])
  expect(problemsOf(schema, { rows: [1, 'x'] })).toEqual(['TYPE /rows/1'])
  expect(problemsOf(schema, 7)).toEqual(['CHOICE '])
})

test('an expression fits everywhere, but only where expressions are allowed', () => {
  const value = { fields: '{% input.fields %}', keepLast: '{% 1 %}', mode: '{% x %}' }
  expect(problemsOf(config, value, { expressionsAllowed: true })).toEqual([])
  expect(problemsOf(config, value)).toHaveLength(3)
  expect(problemsOf(config, { fields: ['a'], keepLast: '{ 1 }' }, { expressionsAllowed: true })).toEqual(['TYPE /keepLast'])
})

test('a default fills a field that was left out', () => {
  expect(problemsOf(config, { fields: ['a'] }, { defaultsFill: true })).toEqual([])
  expect(withDefaults(config as unknown as Schema, { fields: ['a'] })).toEqual({ fields: ['a'], keepLast: 4 })
  const full = { fields: ['a'], keepLast: 2 }
  expect(withDefaults(config as unknown as Schema, full)).toBe(full)
})

test('messages call the field as people do, in both languages', () => {
  const schema = { type: 'object', required: ['text'], properties: { text: { 'x-title': { en: 'Text', 'zh-CN': '内容' } } } }
  const [problem] = checkSchema(schema as unknown as Schema, {})
  expect(say(problem?.message ?? '', 'en')).toBe('“Text” is empty')
  expect(say(problem?.message ?? '', 'zh-CN')).toBe('「内容」必填')
})

test('a pattern that could take exponential time is never run', () => {
  const evil = { type: 'string', pattern: '^(a+)+$' } as unknown as Schema
  expect(problemsOf(evil, `${'a'.repeat(40)}!`)).toEqual(['PATTERN '])
  expect(problemsOf({ type: 'string', pattern: '(' }, 'x')).toEqual(['PATTERN '])
  expect(problemsOf({ type: 'string', pattern: '^[a-z]+(-[a-z]{1,3})?$' }, 'abc-de')).toEqual([])
})

test('huge and hostile values end in a bounded list of problems', () => {
  expect(
    problemsOf(
      { type: 'array', items: { type: 'string' } },
      Array.from({ length: 100_000 }, () => 1),
    ),
  ).toHaveLength(100)
  let deep: unknown = 1
  let schema: unknown = { type: 'number' }
  for (let level = 0; level < 3_000; level++) {
    deep = [deep]
    schema = { type: 'array', items: schema }
  }
  expect(problemsOf(schema, deep)).toHaveLength(1)
})

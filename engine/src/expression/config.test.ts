import type { JsonObject } from '@sluice/flows'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { compileConfig, evaluateWithJsonata, type Scope } from './index.ts'

const schema = Type.Object(
  {
    to: Type.Optional(Type.String()),
    text: Type.Optional(Type.String({ format: 'template', maxLength: 100 })),
    when: Type.Optional(Type.Any({ format: 'expression' })),
    value: Type.Optional(Type.Any()),
    filter: Type.Optional(Type.String({ format: 'expression', 'x-deferred': true })),
    keepLast: Type.Integer({ minimum: 0, maximum: 8, default: 4 }),
    fields: Type.Optional(Type.Array(Type.String())),
    headers: Type.Optional(Type.Record(Type.String(), Type.String({ format: 'template' }))),
    body: Type.Optional(Type.Union([Type.String({ format: 'template' }), Type.Object({ rows: Type.Array(Type.Any()) })])),
    must: Type.Any({ format: 'expression', default: true }),
  },
  { additionalProperties: false },
) as unknown as JsonObject

const scope: Scope = {
  event: { id: 'e1', source: 's', type: 't', subject: null, time: '2026-01-01T00:00:00Z', data: { customer: { name: '{{ now }}' } } },
  input: { n: 2, list: ['a', 'b'] },
  nodes: { mask: { mobile: '138' } },
  vars: {},
  run: { id: 'r1' },
  now: 0,
}

function resolved(raw: JsonObject) {
  const result = compileConfig(schema, raw).resolve(scope)
  return result.ok ? result.config : result.error
}

const filled = { keepLast: 4, must: true }

test('marked texts are expressions anywhere, bare texts only where the schema says so', () => {
  expect(resolved({ to: '{% run.id %}', when: 'input.n > 1', value: { deep: ['{% nodes.mask.mobile %}', 'run.id'] } })).toEqual({
    ...filled,
    to: 'r1',
    when: true,
    value: { deep: ['138', 'run.id'] },
  })
})

test('templates are filled where the schema says so; customer data is never evaluated', () => {
  const headers = { a: '{{ input.n }}', b: 'x' }
  const raw = { text: '{{ event.data.customer.name }} / {{ input.list }}', to: '{{ input.n }}', headers, body: 'n={{ input.n }}' }
  expect(resolved(raw)).toEqual({ ...filled, text: '{{ now }} / a, b', to: '{{ input.n }}', headers: { a: '2', b: 'x' }, body: 'n=2' })
})

test('deferred fields stay as written, but a mistake in one is known', () => {
  expect(resolved({ filter: 'event.data.n > 1' })).toEqual({ ...filled, filter: 'event.data.n > 1' })
  expect(compileConfig(schema, { filter: 'event.(' }).problems).toMatchObject([{ code: 'SLU_EXPRESSION_SYNTAX', path: '/filter' }])
})

test('a config without expressions is the same object every time', () => {
  const compiled = compileConfig(schema, { to: 'x', keepLast: 1, must: 1 })
  expect(compiled).toMatchObject({ fixed: true, total: true, problems: [], pending: [] })
  const [first, second] = [compiled.resolve(scope), compiled.resolve({ ...scope, input: 5 })]
  expect(first.ok && second.ok && first.config === second.config).toBe(true)
})

test('a value that is missing leaves its field out, and is null where a field must be there and takes anything', () => {
  expect(resolved({ value: '{% input.gone %}', fields: ['{% input.gone %}', 'b'], must: 'input.gone' })).toEqual({
    keepLast: 4,
    fields: ['b'],
    must: null,
  })
})

test('what an expression gives has to fit the schema; the error names the field and holds no data', () => {
  expect(resolved({ keepLast: '{% input.n * 100 %}' })).toMatchObject({ code: 'SLU_CONFIG_INVALID', path: '/keepLast', terminal: true })
  expect(resolved({ to: '{% input %}' })).toMatchObject({ code: 'SLU_CONFIG_INVALID', path: '/to' })
  expect(resolved({ to: '{% "a" + 1 %}' })).toMatchObject({
    code: 'SLU_EXPRESSION_FAILED',
    path: '/to',
    message: expect.stringContaining('/to: '),
  })
})

test('people are told the field as its form calls it, once, in their language', () => {
  const titled = {
    type: 'object',
    properties: { when: { type: 'boolean', title: 'Condition', 'x-title': { en: 'Condition', 'zh-CN': '条件' } } },
  } as const
  const failing = compileConfig(titled, { when: '{% "a" + 1 %}' }).resolve(scope)
  expect(failing).toMatchObject({
    error: { text: { en: expect.stringMatching(/^“Condition”: /), 'zh-CN': expect.stringMatching(/^「条件」：/) } },
  })
  const wrong = compileConfig(titled, { when: '{% "a" %}' }).resolve(scope)
  expect(wrong).toMatchObject({ error: { text: { en: expect.stringMatching(/^“Condition” [^“]*$/) } } })
})

test('bad expressions are problems with their path; resolving such a config fails with the first', () => {
  const compiled = compileConfig(schema, { value: { a: [1, '{% ( %}'] }, text: 'x {{ $nope }}' })
  expect(compiled.problems.map(({ code, path }) => [code, path])).toEqual([
    ['SLU_EXPRESSION_SYNTAX', '/value/a/1'],
    ['SLU_EXPRESSION_UNKNOWN_NAME', '/text'],
  ])
  expect(compiled.resolve(scope)).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_SYNTAX', path: '/value/a/1' } })
})

test('expressions for the worker pool are listed, and their answers complete the config', async () => {
  const double = '$map(input.list, function($x) { $x & $x })'
  const compiled = compileConfig(schema, { text: `{{ ${double} }} and {{ input.n }}`, value: `{% ${double} %}` })
  expect(compiled.total).toBe(false)
  expect(compiled.pending.map(({ slot }) => slot)).toEqual(['/text#0', '/value'])
  expect(compiled.resolve(scope)).toMatchObject({ ok: false, error: { code: 'SLU_EXPRESSION_NEEDS_WORKER' } })
  const answers = { '/text#0': { ok: true, value: ['aa', 'bb'] }, '/value': { ok: true, value: 7 } } as const
  expect(compiled.resolve(scope, answers)).toEqual({ ok: true, config: { ...filled, text: 'aa, bb and 2', value: 7 } })
  expect(await compiled.resolveAsync(scope, evaluateWithJsonata)).toEqual({
    ok: true,
    config: { ...filled, text: 'aa, bb and 2', value: ['aa', 'bb'] },
  })
})

test('a config says what it reads', () => {
  const compiled = compileConfig(schema, { text: '{{ nodes.a.x }}', value: ['{% nodes.b %}', '{% wrong.name %}'] })
  expect(compiled.references).toMatchObject({ nodes: ['a', 'b'], unknown: [{ path: ['wrong', 'name'] }] })
})

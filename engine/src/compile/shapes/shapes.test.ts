import type { FlowDefinition, Json, JsonObject, Problem } from '@sluice/flows'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileExpression } from '../../expression/index.ts'
import { flow } from '../../testing/builders/flow.ts'
import { FlowChecker, type NodeTypeFacts, type ShownShape } from '../index.ts'
import { type Finding, inferShape } from './infer-shape.ts'
import { type Kind, shapeOfJson, shapeOfSchema } from './shape.ts'

const port = (name: string, schema?: object) => ({ name, label: name, ...(schema === undefined ? {} : { schema }) })
const facts = (type: string, over: Partial<NodeTypeFacts> = {}): NodeTypeFacts => ({
  type,
  label: type,
  effect: 'none',
  config: { type: 'object' },
  ports: [port('out')],
  ...over,
})
const order = {
  type: 'object',
  additionalProperties: false,
  properties: { amount: { type: 'number' }, customer: { type: 'string' }, note: { type: ['string', 'null'] }, lines: { type: 'array' } },
}
const types = new Map(
  [
    facts('core.event', { behaviour: 'trigger', input: false }),
    facts('test.order', { ports: [port('out', order), port('none')] }),
    facts('test.ask', { output: ({ schema }) => schema as object | undefined }),
    facts('test.make', { labels: { gives: 'config.value' } }),
    facts('test.pass', { labels: { gives: 'input' } }),
    facts('test.use', {
      config: {
        type: 'object',
        properties: {
          amount: { type: 'number' },
          text: { type: 'string', format: 'template' },
          either: { anyOf: [{ type: 'number' }, { type: 'string' }] },
          list: { type: 'array', items: { type: 'string' } },
        },
      },
    }),
  ].map((it) => [it.type, it]),
)

function problems(definition: FlowDefinition): readonly Problem[] {
  return new FlowChecker({ nodeTypes: types })
    .check(definition)
    .problems.filter(({ code }) => code === 'SLU_FLOW_MEMBER_UNKNOWN' || code === 'SLU_FLOW_TYPE_MISMATCH')
}

/** A step with this setting, behind one that reads an order and one that makes something of it. */
function using(config: JsonObject): readonly Problem[] {
  return problems(
    flow('f')
      .node('on', 'core.event')
      .node('order', 'test.order')
      .node('made', 'test.make', { value: { total: '{% nodes.order.amount * 2 %}', who: 'Customer {{ input.customer }}' } })
      .node('same', 'test.pass')
      .node('use', 'test.use', config)
      .wire('on', 'order')
      .wire('order', 'made')
      .wire('made', 'same')
      .wire('same', 'use')
      .build(),
  )
}

const says = (list: readonly Problem[]) =>
  list.map(({ code, severity, position, message }) => [code, severity, position, (message as { en: string }).en])

test('a member that is certainly not there is named with its place, and with the one that was probably meant', () => {
  expect(says(using({ amount: '{% 1 + event.amuont %}' }))).toEqual([
    [
      'SLU_FLOW_MEMBER_UNKNOWN',
      'warning',
      13,
      'event.amuont does not exist, unless senders add it. event has id, source, type, subject, time, data',
    ],
  ])
  expect(says(using({ text: 'For {{ event.partitionkey }}' }))).toEqual([])
  expect(says(using({ amount: '{% input.totl %}' }))).toEqual([
    ['SLU_FLOW_MEMBER_UNKNOWN', 'warning', 9, 'input.totl does not exist. Did you mean input.total?'],
  ])
  expect(says(using({ text: 'For {{ nodes.made.total.currency }}' }))).toEqual([
    ['SLU_FLOW_MEMBER_UNKNOWN', 'warning', 24, 'nodes.made.total.currency does not exist: nodes.made.total is a number'],
  ])
})

test('a text where a number is needed is refused with both kinds, in a field and in a calculation', () => {
  const wrong = ['SLU_FLOW_TYPE_MISMATCH', 'error']
  expect(says(using({ amount: '{% nodes.order.amount & " yuan" %}' }))).toEqual([[...wrong, 2, 'Needs a number, gets text']])
  expect(says(using({ amount: '{% 2 * input.who %}' }))).toEqual([[...wrong, 7, 'Needs a number, gets text']])
  expect(says(using({ either: '{% input.who < 3 ? 1 : 2 %}' }))).toEqual([[...wrong, 14, 'Needs text, gets a number']])
  expect(says(using({ text: '{% input.total %}' }))).toEqual([[...wrong, 2, 'Needs text, gets a number']])
})

describe('what may work is left alone', () => {
  test.each<[string, JsonObject]>([
    ['data that nobody described', { amount: '{% event.data.amuont + 1 %}' }],
    ['a number that may also be a text', { amount: '{% nodes.order.note ?? 1 %}' }],
    ['a field that takes either', { either: '{% input.who %}' }],
    ['a list of one thing', { list: '{% input.who %}' }],
    ['what is picked out of a list', { amount: '{% nodes.order.lines.price * 2 %}' }],
    ['a filter', { amount: '{% nodes.order[amuont > 3].x + 1 %}' }],
    ['a function that somebody wrote', { amount: '{% ($string := function($x) { $x }; $string(1)) %}' }],
    ['a sentence', { text: 'Sum {{ input.total }}' }],
    ['another port that hands on something else', { amount: '{% nodes.order.amount %}' }],
  ])('%s', (_what, config) => {
    expect(using(config)).toEqual([])
  })
})

test('what a step is told to give is known too: a model that answers by a schema has no other members', () => {
  const asked = (schema: JsonObject) =>
    problems(
      flow('f')
        .node('on', 'core.event')
        .node('ask', 'test.ask', { schema })
        .node('use', 'test.use', { amount: '{% nodes.ask.amuont %}' })
        .wire('on', 'ask')
        .wire('ask', 'use')
        .build(),
    )
  const schema = { type: 'object', properties: { amount: { type: 'number' } } }
  expect(asked({ ...schema, additionalProperties: false })).toHaveLength(1)
  expect(asked(schema)).toEqual([])
})

test('a loop is looked at once, and what comes round it counts as unknown', () => {
  const definition = flow('f')
    .node('on', 'core.event')
    .node('first', 'test.make', { value: { n: 1 } })
    .node('pass', 'test.pass')
    .node('more', 'test.make', { value: { other: '{% nodes.late.x %}' } })
    .node('late', 'test.make', { value: { x: 1 } })
    .node('use', 'test.use', { amount: '{% input.anything %}' })
    .wire('on', 'first')
    .wire('first', 'pass')
    .wire('pass', 'more', 'use')
    .wire('more', 'late')
    .wire('late', 'pass')
    .build()
  expect(problems(definition)).toEqual([])
})

const data = { n: 1, t: 'x', b: true, z: null, o: { k: 2, s: 'y' }, l: [1, 2] } as const
const leaf = fc.constantFrom(
  'd.n',
  'd.t',
  'd.b',
  'd.z',
  'd.o',
  'd.o.k',
  'd.o.s',
  'd.l',
  'd.nope',
  'd.o.nope',
  'd.n.x',
  'd.l.x',
  '1',
  '"a"',
  'true',
  'null',
)
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression')
  return {
    expression: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc
        .tuple(inner, fc.constantFrom('+', '-', '*', '&', '=', '!=', '<', '>', 'and', 'or', 'in', '??', '?:'), inner)
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      inner.map((a) => `-(${a})`),
      inner.map((a) => `[${a}]`),
      fc.tuple(inner, inner).map(([a, b]) => `{"p": ${a}, "q": ${b}}`),
      inner.map((a) => `$string(${a})`),
      inner.map((a) => `$exists(${a})`),
      inner.map((a) => `$sum(${a})`),
    ),
  }
})

function kindOf(value: Json): Kind {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'object' ? 'object' : typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean'
}

test('whatever an expression gives is of a kind that was foretold, and what was found wrong goes wrong when it stands alone', () => {
  fc.assert(
    fc.property(expression, (source) => {
      const compiled = compileExpression(source.replaceAll('d.', 'event.data.'))
      if (!compiled.ok) return
      const findings: Finding[] = []
      const shape = inferShape(
        compiled.expression.ast,
        (name) => (name === 'event' ? shapeOfJson({ data }) : null),
        (finding) => findings.push(finding),
      )
      const event = { id: '1', source: 's', type: 't', subject: null, time: '', data }
      const result = compiled.expression.evaluate({ event, input: null, nodes: {}, vars: {}, run: {}, now: 0 })
      if (result.ok && result.value !== undefined && shape !== null) expect([...shape.kinds]).toContain(kindOf(result.value))
      // Alone means: no choice and no short way round it.
      const alone = !/\?|and|or/.test(source)
      if (alone && findings.some(({ kind }) => kind === 'needs'))
        expect(result.ok && result.value !== undefined && !source.includes('nope') && !source.includes('.x')).toBe(false)
    }),
    { numRuns: 2_000 },
  )
})

test('a schema says only what holds of every value that fits it', () => {
  expect(shapeOfSchema({ type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: false })).toMatchObject({
    closed: true,
  })
  for (const open of [
    { type: 'object', properties: { a: {} } },
    { type: 'object', additionalProperties: false, patternProperties: { '^x': {} } },
  ])
    expect(shapeOfSchema(open)).toMatchObject({ closed: false })
  expect(shapeOfSchema({ anyOf: [{ type: 'string' }, {}] })).toBeNull()
  expect([...(shapeOfSchema({ type: ['string', 'null'] })?.kinds ?? [])]).toEqual(['text', 'null'])
})

describe('what the expressions of a step see, for a completion', () => {
  const drawn = flow('f')
    .node('on', 'core.event')
    .node('order', 'test.order')
    .node('made', 'test.make', {
      value: { total: '{% nodes.order.amount * 2 %}', list: [{ a: 1 }, { a: 2 }], deep: { er: '{% input %}' } },
    })
    .node('use', 'test.use')
    .node('aside', 'test.order')
    .wire('on', 'order')
    .wire('order', 'made')
    .wire('made', 'use')
    .wire('on', 'aside')
    .build()
  const checker = new FlowChecker({ nodeTypes: types })
  checker.check(drawn)
  const at = (shape: ShownShape, ...names: readonly string[]): ShownShape =>
    names.reduce<ShownShape>((found, name) => found?.members?.find(([member]) => member === name)?.[1] ?? null, shape)
  const names = (shape: ShownShape) => shape?.members?.map(([name]) => name)

  test('the steps before it, the nearest first, with what schemas and expressions say they give', () => {
    const seen = checker.scopeOf('use')
    expect(names(at(seen, 'nodes'))).toEqual(['made', 'order', 'on'])
    expect(at(seen, 'nodes', 'made', 'total')).toEqual({ kinds: ['number'] })
    expect(at(seen, 'nodes', 'made', 'list')?.items?.members).toEqual([['a', { kinds: ['number'] }]])
    expect(at(seen, 'nodes', 'made', 'deep', 'er', 'note')).toEqual({ kinds: ['text', 'null'] })
    expect(at(seen, 'input', 'total')).toEqual({ kinds: ['number'] })
    expect(names(at(seen, 'event'))).toContain('subject')
  })

  test('a step sees neither itself nor what comes later or aside', () => {
    expect(names(at(checker.scopeOf('order'), 'nodes'))).toEqual(['on'])
    expect(checker.scopeOf('nowhere')).toBeNull()
    expect(new FlowChecker({ nodeTypes: types }).scopeOf('use')).toBeNull()
  })

  test('shapes without end are cut', () => {
    const wide = { type: 'object', properties: Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`m${at}`, { type: 'string' }])) }
    const one = new FlowChecker({ nodeTypes: types })
    one.check(
      flow('w')
        .node('on', 'core.event')
        .node('ask', 'test.ask', { schema: wide })
        .node('use', 'test.use')
        .wire('on', 'ask')
        .wire('ask', 'use')
        .build(),
    )
    expect(names(at(one.scopeOf('use'), 'nodes', 'ask'))).toHaveLength(100)
  })
})

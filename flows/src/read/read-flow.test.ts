import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryFlow } from '../../test/arbitrary-flow.ts'
import { flowLimits, readFlow, say, writeFlow } from '../index.ts'

const base = {
  format: 'sluice/flow@1',
  key: 'k',
  name: 'K',
  nodes: [
    { id: 'a', type: 'core.event' },
    { id: 'b', type: 'core.stop' },
  ],
  edges: [{ from: 'a.out', to: 'b.in' }],
}

function problemsOf(input: unknown) {
  const read = readFlow(input)
  return read.ok ? [] : read.problems
}

function changed(change: object): unknown {
  return { ...base, ...change }
}

test('what is not in the expected form is told with an example of it', () => {
  const [loose, late] = problemsOf(changed({ edges: [{ from: 'a', to: 'b.in' }], settings: { timeout: '1 day' } }))
  expect(say(loose?.message ?? '', 'en')).toBe('“from” is not written in the expected form, as in mask.out')
  expect(say(late?.message ?? '', 'zh-CN')).toBe('「timeout」格式不正确，例如 P30D')
})

test('a flow is read from text and from a value', () => {
  expect(readFlow(base)).toEqual({ ok: true, flow: base })
  expect(readFlow(JSON.stringify(base))).toEqual({ ok: true, flow: base })
})

test('a byte order mark before the text is passed over', () => {
  expect(readFlow(`\ufeff${JSON.stringify(base)}`)).toEqual({ ok: true, flow: base })
})

test.each([
  ['an unknown field', { colour: 'red' }, 'SLU_FLOW_UNKNOWN_FIELD', '/colour'],
  ['an unknown field of a step', { nodes: [{ id: 'a', type: 'core.event', x: 1 }] }, 'SLU_FLOW_UNKNOWN_FIELD', '/nodes/0/x'],
  ['a missing list', { edges: undefined }, 'SLU_FLOW_REQUIRED', '/edges'],
  ['a key with spaces', { key: 'a b' }, 'SLU_FLOW_PATTERN', '/key'],
  ['an id with a dot', { nodes: [{ id: 'a.b', type: 'core.event' }] }, 'SLU_FLOW_PATTERN', '/nodes/0/id'],
  ['NaN as a position', { nodes: [{ id: 'a', type: 'core.event', at: [Number.NaN, 0] }] }, 'SLU_FLOW_NOT_JSON', '/nodes/0/at/0'],
  ['a position far out', { nodes: [{ id: 'a', type: 'core.event', at: [0, 1e9] }] }, 'SLU_FLOW_RANGE', '/nodes/0/at/1'],
  ['three coordinates', { nodes: [{ id: 'a', type: 'core.event', at: [0, 0, 0] }] }, 'SLU_FLOW_LENGTH', '/nodes/0/at'],
  ['a repeated id', { nodes: [...base.nodes, { id: 'a', type: 'core.wait' }] }, 'SLU_FLOW_DUPLICATE_ID', '/nodes/2/id'],
  ['a wire from nowhere', { edges: [{ from: 'x.out', to: 'b.in' }] }, 'SLU_FLOW_UNKNOWN_NODE', '/edges/0/from'],
  ['a wire to nowhere', { edges: [{ from: 'a.out', to: 'x.in' }] }, 'SLU_FLOW_UNKNOWN_NODE', '/edges/0/to'],
  ['a wire without a port', { edges: [{ from: 'a', to: 'b.in' }] }, 'SLU_FLOW_PATTERN', '/edges/0/from'],
  ['the same wire twice', { edges: [base.edges[0], base.edges[0]] }, 'SLU_FLOW_DUPLICATE_EDGE', '/edges/1'],
  ['a frame around nothing', { groups: [{ id: 'g', nodes: ['x'] }] }, 'SLU_FLOW_UNKNOWN_NODE', '/groups/0/nodes/0'],
  ['a date instead of JSON', { parameters: { at: new Date(0) } }, 'SLU_FLOW_NOT_JSON', '/parameters/at'],
  ['an unknown time limit', { settings: { timeout: '30 days' } }, 'SLU_FLOW_PATTERN', '/settings/timeout'],
])('%s is refused with its exact path', (_what, change, code, path) => {
  expect(problemsOf(changed(change))).toEqual([expect.objectContaining({ code, path, severity: 'error' })])
})

test('names that could change how programs read an object are refused wherever they stand', () => {
  const text = JSON.stringify(base).replace('"core.stop"', '"core.stop","config":{"deep":[{"__proto__":{"admin":true}}]}')
  expect(problemsOf(text)[0]).toMatchObject({ code: 'SLU_FLOW_RESERVED_KEY', path: '/nodes/1/config/deep/0/__proto__', line: 1 })
})

test('a newer format is refused by name, another file as no flow', () => {
  const [newer] = problemsOf(changed({ format: 'sluice/flow@7' }))
  expect(newer?.code).toBe('SLU_FLOW_FORMAT_NEWER')
  expect(say(newer?.message ?? '', 'zh-CN')).toContain('sluice/flow@7')
  expect(problemsOf({ nodes: [] })[0]).toMatchObject({ code: 'SLU_FLOW_NOT_A_FLOW', path: '/format' })
  expect(problemsOf('[]')[0]).toMatchObject({ code: 'SLU_FLOW_NOT_A_FLOW', path: '' })
})

test('in a text, a problem names its line and column', () => {
  const text = writeFlow(base as never).replace('"core.stop"', '"core.stop", "x": 1')
  expect(problemsOf(text)).toEqual([
    expect.objectContaining({ code: 'SLU_FLOW_UNKNOWN_FIELD', path: '/nodes/1/x', line: 7, column: 39, node: 'b' }),
  ])
  expect(problemsOf('{\n  "format": oops }')[0]).toMatchObject({ code: 'SLU_FLOW_NOT_JSON', line: 2, column: 13 })
  expect(problemsOf('{"a": 1,}')[0]).toMatchObject({ code: 'SLU_FLOW_NOT_JSON', line: 1, column: 9 })
})

test('files that are too large or too deep are refused before anything else', () => {
  expect(problemsOf('"'.padEnd(flowLimits.fileBytesMax + 1, 'x'))[0]?.code).toBe('SLU_FLOW_TOO_LARGE')
  expect(problemsOf('字'.repeat(flowLimits.fileBytesMax / 3 + 1))[0]?.code).toBe('SLU_FLOW_TOO_LARGE')
  const deep = `{"parameters":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
  expect(problemsOf(deep)[0]?.code).toBe('SLU_FLOW_TOO_DEEP')
  const many = changed({
    nodes: Array.from({ length: flowLimits.nodesMax + 1 }, (_, index) => ({ id: `n${index}`, type: 'a.b' })),
    edges: [],
  })
  expect(problemsOf(many)).toEqual([expect.objectContaining({ code: 'SLU_FLOW_LENGTH', path: '/nodes' })])
})

test('an unknown step type is kept: whether it exists is for the compiler to say', () => {
  expect(problemsOf(changed({ nodes: [...base.nodes, { id: 'c', type: 'other.thing' }] }))).toEqual([])
})

test('no damage to a file makes the reader throw, and every problem has a path', () => {
  fc.assert(
    fc.property(arbitraryFlow, fc.nat(), fc.string({ maxLength: 3 }), (flow, at, junk) => {
      const text = writeFlow(flow)
      const cut = at % text.length
      const read = readFlow(text.slice(0, cut) + junk + text.slice(cut + 1))
      if (!read.ok)
        for (const problem of read.problems) expect(problem).toMatchObject({ path: expect.any(String), line: expect.any(Number) })
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['a name twice', '"key":"k","key":"other"', 'SLU_FLOW_DUPLICATE_FIELD', '/key'],
  ['a name twice in other letters', '"key":"k","k\\u0065y":"other"', 'SLU_FLOW_DUPLICATE_FIELD', '/key'],
  [
    'a name twice deep in a step',
    '"key":"k","parameters":{"a":[1,{"b":{},"c":[[]],"b":2}]}',
    'SLU_FLOW_DUPLICATE_FIELD',
    '/parameters/a/1/b',
  ],
  ['a number that is rounded', '"key":"k","parameters":{"a":[1,-12345678901234567]}', 'SLU_FLOW_NUMBER_ROUNDED', '/parameters/a/1'],
])('%s is refused, because two readers would take it for two things', (_what, part, code, path) => {
  const text = JSON.stringify(base).replace('"key":"k"', part)
  expect(problemsOf(text)).toEqual([expect.objectContaining({ code, path, severity: 'error', line: 1, column: expect.any(Number) })])
})

test('the same name in two objects, and long digits in a text or behind a point, are fine', () => {
  const text = JSON.stringify(base).replace(
    '"key":"k"',
    '"key":"k","parameters":{"a":[{"a":1},{"a":"12345678901234567"}],"b":0.12345678901234567}',
  )
  expect(problemsOf(text)).toEqual([])
})

test('a name in one language only is told how names are written', () => {
  const [problem] = problemsOf(changed({ name: { en: 'K' } }))
  expect(problem).toMatchObject({ code: 'SLU_FLOW_REQUIRED', path: '/name/zh-CN' })
  expect(say(problem?.message ?? '', 'en')).toContain('“zh-CN” is missing: a text in languages has both')
  expect(say(problem?.message ?? '', 'zh-CN')).toContain('缺少“zh-CN”')
})

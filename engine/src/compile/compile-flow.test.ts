import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePlainly } from '../testing/builders/compile-plainly.ts'
import { flow } from '../testing/builders/flow.ts'
import { compileFlow } from './compile-flow.ts'
import type { NodeTypeFacts, NodeTypes } from './facts.ts'

const out = { name: 'out', label: 'out' }
const facts = (type: string, over: Partial<NodeTypeFacts> = {}): NodeTypeFacts => ({
  type,
  label: { en: type, 'zh-CN': type },
  effect: 'none',
  config: { type: 'object' },
  ports: [out],
  ...over,
})
const nodeTypes: NodeTypes = new Map(
  [
    facts('core.event', { behaviour: 'trigger', input: false }),
    facts('test.step', {
      config: { type: 'object', properties: { text: { type: 'string', minLength: 1, title: 'Text' } }, additionalProperties: true },
    }),
    facts('test.branch', {
      ports: [
        { name: 'true', label: 'true' },
        { name: 'false', label: 'false' },
      ],
    }),
    facts('core.join', { behaviour: 'join' }),
    facts('core.stop', { ports: [] }),
    facts('approvals.veto', {
      ports: [
        { name: 'approved', label: 'ok' },
        { name: 'vetoed', label: 'no' },
      ],
    }),
    facts('crm.apply-discount', { labels: { money: true } }),
  ].map((it) => [it.type, it]),
)
const compile = (definition: ReturnType<ReturnType<typeof flow>['build']>) => compileFlow(definition, { nodeTypes, version: 1 })
const codes = (definition: ReturnType<ReturnType<typeof flow>['build']>) => compile(definition).problems.map((problem) => problem.code)

test('a sound flow compiles and every rule holds', () => {
  const { compiled, problems, proofs } = compile(flow('ok').node('on', 'core.event').node('a', 'test.step').wire('on', 'a').build())
  expect(problems).toEqual([])
  expect(proofs.every((proof) => proof.holds)).toBe(true)
  expect(compiled?.nodes.on?.out.out).toEqual([{ edge: 0, node: 'a', port: 'in' }])
  expect(compiled?.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
})

test('an empty flow, a lone trigger, an unknown type and an unreachable step are each said by name', () => {
  expect(codes(flow('f').build())).toEqual(['SLU_FLOW_TRIGGER_MISSING'])
  expect(codes(flow('f').node('on', 'core.event').build())).toEqual(['SLU_FLOW_LEADS_NOWHERE'])
  expect(codes(flow('f').node('on', 'core.event').node('x', 'no.such').wire('on', 'x').build())).toEqual(['SLU_FLOW_NODE_TYPE'])
  const lost = compile(flow('f').node('on', 'core.event').node('a', 'test.step').node('b', 'test.step').wire('on', 'a').build())
  expect(lost.problems).toMatchObject([{ code: 'SLU_FLOW_UNREACHABLE', node: 'b', severity: 'error' }])
  expect(lost.compiled).toBeNull()
  expect(lost.proofs).toContainEqual({ rule: 'sound', holds: false, path: ['b'] })
})

test('a wire from a port that does not exist, into a trigger, or into a strange way in is refused', () => {
  const base = () => flow('f').node('on', 'core.event').node('a', 'test.step').wire('on', 'a')
  expect(codes(base().wire('a.nope', 'a').build())).toContain('SLU_FLOW_PORT_UNKNOWN')
  expect(codes(base().wire('a', 'on').build())).toContain('SLU_FLOW_TRIGGER_INPUT')
  expect(codes(base().wire('a', 'a.side').build())).toContain('SLU_FLOW_PORT_UNKNOWN')
  expect(codes(base().wire('on.error', 'a').build())).toContain('SLU_FLOW_PORT_UNKNOWN')
  expect(codes(base().node('b', 'test.step').wire('a.error', 'b').build())).toEqual([])
})

test('a loop that nothing leaves is refused with its path; one that a branch leaves is not', () => {
  const endless = compile(
    flow('f').node('on', 'core.event').node('a', 'test.step').node('b', 'test.step').wire('on', 'a').wire('a', 'b').wire('b', 'a').build(),
  )
  expect(endless.problems).toMatchObject([{ code: 'SLU_FLOW_LOOP_ENDLESS' }])
  const ends = flow('f')
    .node('on', 'core.event')
    .node('a', 'test.step')
    .node('b', 'test.branch')
    .wire('on', 'a')
    .wire('a', 'b')
    .wire('b.true', 'a')
  expect(codes(ends.build())).toEqual([])
})

test('a join that waits for more lines than lead to it is refused', () => {
  const definition = flow('f')
    .node('on', 'core.event')
    .node('a', 'test.step')
    .node('b', 'test.step')
    .node('j', 'core.join', { mode: 'n', n: 3 })
  expect(codes(definition.wire('on', 'a', 'b').wire('a', 'j').wire('b', 'j').build())).toEqual(['SLU_FLOW_JOIN_STARVES'])
})

test('a step that is switched off is passed through by its first way out', () => {
  const definition = flow('f')
    .node('on', 'core.event')
    .node('off', 'test.branch', {}, { disabled: true })
    .node('a', 'test.step')
    .node('b', 'test.step')
  const { compiled, problems } = compile(definition.wire('on', 'off').wire('off.true', 'a').wire('a', 'b').build())
  expect(problems).toEqual([])
  expect(compiled?.nodes.on?.out.out).toEqual([{ edge: 0, node: 'a', port: 'in' }])
  expect(compiled?.nodes.off).toBeUndefined()
})

test('reading a step that is gone is an error, reading one that runs later a warning', () => {
  const definition = flow('f')
    .node('on', 'core.event')
    .node('a', 'test.step', { text: '{% nodes.gone.x & nodes.b.y %}' })
    .node('b', 'test.step')
  const { problems } = compile(definition.wire('on', 'a').wire('a', 'b').build())
  expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([
    ['SLU_FLOW_REFERENCE', 'error'],
    ['SLU_FLOW_REFERENCE_LATER', 'warning'],
  ])
})

test('a wrong setting is named by its path in the file', () => {
  const { problems } = compile(flow('f').node('on', 'core.event').node('a', 'test.step', { text: 7 }).wire('on', 'a').build())
  expect(problems).toMatchObject([{ node: 'a', path: '/nodes/1/config/text', severity: 'error' }])
})

const money = (config: Record<string, unknown>) =>
  flow('f').node('on', 'core.event').node('veto', 'approvals.veto').node('calm', 'test.step').node('pay', 'crm.apply-discount', config)

test('money whose receipt and amount come from a veto may be published', () => {
  const config = { receipt: '{% nodes.veto.receipt %}', amount: '{% nodes.veto.value.amount %}' }
  expect(codes(money(config).wire('on', 'veto').wire('veto.approved', 'calm').wire('calm', 'pay').build())).toEqual([])
  expect(
    codes(
      money({ receipt: '{% input.receipt %}', amount: '{% input.value.amount %}' })
        .wire('on', 'calm')
        .wire('calm', 'veto')
        .wire('veto.approved', 'pay')
        .build(),
    ),
  ).toEqual([])
})

test('approve → edit → pay is refused: the rule is about the value, not about a step on the way', () => {
  const edited = { receipt: '{% nodes.veto.receipt %}', amount: '{% nodes.calm.amount %}' }
  const viaWire = { receipt: '{% input.receipt %}', amount: '{% input.value.amount %}' }
  for (const config of [edited, viaWire, {}, { receipt: 'forged', amount: 5 }])
    expect(codes(money(config).wire('on', 'veto').wire('veto.approved', 'calm').wire('calm', 'pay').build())).toContain(
      'SLU_MONEY_WITHOUT_HUMAN',
    )
})

test('forks, joins and reachability agree with their definitions on random flows', () => {
  const kinds = new Map(
    [...nodeTypes.values()].map((it) => [it.type, { behaviour: it.behaviour ?? ('action' as const), effect: it.effect }]),
  )
  const shape = fc.record({
    joins: fc.array(fc.boolean(), { minLength: 2, maxLength: 9 }),
    wires: fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 24 }),
  })
  fc.assert(
    fc.property(shape, ({ joins, wires }) => {
      const built = flow('f').node('on', 'core.event')
      joins.forEach((join, at) => {
        built.node(`n${at}`, join ? 'core.join' : 'test.step')
      })
      // A spine keeps everything reachable; the rest is random, loops included. The last step ends the line.
      built.wire('on', 'n0')
      for (let at = 1; at < joins.length; at++) built.wire(`n${at - 1}`, `n${at}`)
      for (const [from, to] of wires) if (from < joins.length - 1 && to < joins.length) built.wire(`n${from}`, `n${to}`)
      const definition = built.build()
      const { compiled } = compile(definition)
      const plain = compilePlainly(definition, kinds)
      fc.pre(compiled !== null)
      for (const [id, node] of Object.entries(plain.nodes)) {
        expect(compiled?.nodes[id]?.join, id).toEqual(node.join)
        expect([...(compiled?.nodes[id]?.reachesJoins ?? [])].sort(), id).toEqual([...node.reachesJoins].sort())
        expect(compiled?.nodes[id]?.out, id).toEqual(node.out)
      }
    }),
    { numRuns: 300 },
  )
})

test('rubbish inside a step never breaks the compiler', () => {
  const definition = flow('f')
    .node('on', 'core.event')
    .node('a', 'test.step', { text: '{% ((( %}', deep: { x: [null, { y: '{% $ %}' }] } })
    .wire('on', 'a')
    .build()
  expect(compile(definition).problems).toMatchObject([{ code: expect.stringMatching(/^SLU_EXPRESSION/), path: '/nodes/1/config/text' }])
})

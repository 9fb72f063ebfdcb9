import type { FlowDefinition } from '@sluice/flows'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flow } from '../../testing/builders/flow.ts'
import { FlowChecker, type LabelFacts, type NodeTypeFacts, type WireLabel } from '../index.ts'

const port = (name: string) => ({ name, label: name })
const facts = (type: string, labels: LabelFacts, over: Partial<NodeTypeFacts> = {}): NodeTypeFacts => ({
  type,
  label: type,
  effect: 'none',
  config: { type: 'object' },
  ports: [port('out')],
  labels,
  ...over,
})

const types = new Map(
  [
    facts('core.event', { origin: 'system' }, { behaviour: 'trigger', input: false }),
    facts('test.mix', {}),
    facts('test.pass', { gives: 'input' }),
    facts('test.make', { gives: 'config.value' }),
    facts('test.choose', { gives: 'input', decides: ['when'] }, { ports: [port('true'), port('false')] }),
    facts(
      'test.ways',
      { gives: 'input', decides: ['when'] },
      { ports: ({ value }) => (String(value).includes('nodes') ? [port('out')] : [port('out'), port('more')]) },
    ),
    facts('test.quiet', { gives: 'new', origin: 'system' }),
    facts('test.model', { gives: 'new', origin: 'model' }),
    facts('test.outside', { gives: 'new', origin: 'outside' }),
    facts('test.mask', { masks: () => ['mobile'] }),
    facts('test.read', { gives: 'new', reads: ['store'] }, {}),
    facts('test.write', { gives: 'new', writes: ['store'] }),
    facts('core.join', {}, { behaviour: 'join' }),
    facts('approvals.veto', {}, { ports: [port('approved'), port('vetoed')] }),
    facts('test.pay', { money: true }),
    facts('test.send', { gives: 'new', reaches: 'customer', sends: ['text'] }),
  ].map((it) => [it.type, it]),
)
const inner = [...types.keys()].filter((type) => type !== 'core.event')

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const
const reference = fc.constantFrom(
  ...ids.flatMap((id) => [`nodes.${id}`, `nodes.${id}.value.amount`]),
  'input',
  'input.a.value',
  'event.data.x',
  'nodes',
  '$map(nodes.a.list, function($it) { $it & input })',
  'input.x > 3 ? nodes.b : nodes.c',
  '{"amount": nodes.a.amount, "keep": input}',
)
const step = fc.record({ type: fc.constantFrom(...inner), reads: reference })
const drawing = fc.record({
  steps: fc.array(step, { minLength: 2, maxLength: ids.length }),
  wires: fc.array(fc.tuple(fc.nat(ids.length - 1), fc.nat(ids.length - 1), fc.boolean()), { maxLength: 16 }),
})
type Drawing = typeof drawing extends fc.Arbitrary<infer Drawn> ? Drawn : never

function built({ steps, wires }: Drawing): FlowDefinition {
  const drawn = flow('f').node('on', 'core.event')
  steps.forEach(({ type, reads }, at) => {
    const value = `{% ${reads} %}`
    drawn.node(ids[at] ?? '', type, { value, when: value, amount: value, receipt: value, text: value })
  })
  drawn.wire('on', ids[0])
  const seen = new Set<string>()
  for (const [from, to, second] of wires) {
    const source = steps[from]
    if (source === undefined || to >= steps.length) continue
    const [first = 'out', other = first] = portsOf(source.type)
    const wire = `${ids[from]}.${second ? other : first} ${ids[to]}`
    if (seen.has(wire)) continue
    seen.add(wire)
    drawn.wire(`${ids[from]}.${second ? other : first}`, ids[to] ?? '')
  }
  return drawn.build()
}

function portsOf(type: string): readonly string[] {
  const { ports } = types.get(type) ?? { ports: [] }
  return typeof ports === 'function' ? [] : ports.map(({ name }) => name)
}

const cold = (definition: FlowDefinition) => new FlowChecker({ nodeTypes: types }).check(definition)

test('any drawing is checked to an end, and every rule has an answer', () => {
  fc.assert(
    fc.property(drawing, (drawn) => {
      const { proofs, labels } = cold(built(drawn))
      expect(proofs.map(({ rule }) => rule)).toEqual(['sound', 'veto', 'consent', 'injection', 'withdrawal', 'types'])
      expect(labels).toHaveLength(built(drawn).edges.length)
    }),
    { numRuns: 300 },
  )
})

test('a look that remembers the last one finds what a first look finds', () => {
  fc.assert(
    fc.property(fc.array(drawing, { minLength: 2, maxLength: 6 }), (drawings) => {
      const checker = new FlowChecker({ nodeTypes: types })
      for (const drawn of drawings) {
        const definition = built(drawn)
        expect(checker.check(definition)).toEqual(cold(definition))
        const moved = { ...definition, nodes: definition.nodes.toReversed() }
        expect(checker.check(moved)).toEqual(cold(moved))
      }
    }),
    { numRuns: 100 },
  )
})

const edit = fc.oneof(
  fc.record({ kind: fc.constant('step' as const), at: fc.nat(ids.length - 1), step }),
  fc.record({ kind: fc.constant('read' as const), at: fc.nat(ids.length - 1), reads: reference }),
  fc.record({ kind: fc.constant('wire' as const), wire: fc.tuple(fc.nat(ids.length - 1), fc.nat(ids.length - 1), fc.boolean()) }),
  fc.record({ kind: fc.constant('unwire' as const), at: fc.nat(15) }),
)

function edited({ steps, wires }: Drawing, change: typeof edit extends fc.Arbitrary<infer Edit> ? Edit : never): Drawing {
  if (change.kind === 'wire') return { steps, wires: [...wires, change.wire] }
  if (change.kind === 'unwire') return { steps, wires: wires.filter((_, at) => at !== change.at) }
  const other = (old: Drawing['steps'][number]) => (change.kind === 'step' ? change.step : { ...old, reads: change.reads })
  return { steps: steps.map((old, at) => (at === change.at ? other(old) : old)), wires }
}

test('a flow that is edited step by step, setting by setting and wire by wire is found to be what a first look at it finds', () => {
  fc.assert(
    fc.property(drawing, fc.array(edit, { minLength: 4, maxLength: 10 }), (drawn, edits) => {
      const checker = new FlowChecker({ nodeTypes: types })
      let now = drawn
      for (const change of edits) {
        now = edited(now, change)
        // As the editor sends it: no object is the one of the last look.
        expect(checker.check(structuredClone(built(now)))).toEqual(cold(built(now)))
      }
    }),
    { numRuns: 150 },
  )
})

test('a setting that gives a step another port is a change of the drawing: what is decided behind it is found anew', () => {
  const asked = (value: string): FlowDefinition =>
    flow('f')
      .node('on', 'core.event')
      .node('model', 'test.model')
      .node('ways', 'test.ways', { when: '{% nodes.model %}', value })
      .node('behind', 'test.quiet')
      .node('last', 'test.quiet')
      .wire('on', 'model')
      .wire('model', 'ways')
      .wire('ways', 'behind')
      .wire('behind', 'last')
      .build()
  const checker = new FlowChecker({ nodeTypes: types })
  const one = checker.check(asked('{% nodes.model %}'))
  const two = checker.check(asked('{% input %}'))
  expect(two.labels).not.toEqual(one.labels)
  expect(two).toEqual(cold(asked('{% input %}')))
})

test('a worse source never makes a wire look better, nor a money step allowed', () => {
  fc.assert(
    fc.property(drawing, fc.nat(ids.length - 1), fc.constantFrom('test.model', 'test.outside'), (drawn, at, worse) => {
      const quiet = { ...drawn, steps: drawn.steps.map((it, index) => (index === at ? { ...it, type: 'test.quiet' } : it)) }
      const loud = { ...drawn, steps: drawn.steps.map((it, index) => (index === at ? { ...it, type: worse } : it)) }
      const [before, after] = [cold(built(quiet)), cold(built(loud))]
      for (const [wire, label] of before.labels.entries()) expectNotBetter(label, after.labels[wire] as WireLabel)
      const refused = (check: typeof before) =>
        check.problems.filter(({ code }) => code === 'SLU_MONEY_WITHOUT_HUMAN').map(({ node }) => node)
      expect(refused(after)).toEqual(expect.arrayContaining(refused(before)))
    }),
    { numRuns: 300 },
  )
})

function expectNotBetter(before: WireLabel, after: WireLabel): void {
  const worsened = before.origin.filter((origin) => origin !== 'system' && !after.origin.includes(origin))
  expect(worsened).toEqual([])
  expect(before.categories.filter((category) => !after.categories.includes(category))).toEqual([])
  expect(after.approvals.filter((approval) => !before.approvals.includes(approval))).toEqual([])
}

test('the order in which steps stand in the file does not matter', () => {
  fc.assert(
    fc.property(drawing, (drawn) => {
      const definition = built(drawn)
      const turned = { ...definition, nodes: [...definition.nodes].reverse() }
      expect(cold(turned).labels).toEqual(cold(definition).labels)
      const failing = (file: FlowDefinition) => cold(file).proofs.map(({ rule, holds }) => `${rule} ${holds}`)
      expect(failing(turned)).toEqual(failing(definition))
    }),
    { numRuns: 200 },
  )
})

import { type FlowDefinition, type FlowSettings, readFlow } from '@sluice/flows'
import { arbitraryFlow } from '@sluice/flows/testing'
import fc from 'fast-check'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { flow } from '../testing/builders/flow.ts'
import { compileFlow, type NodeTypeFacts, usesOf } from './index.ts'

const port = (name: string) => ({ name, label: name })

function facts(type: string, over: Partial<NodeTypeFacts> = {}): NodeTypeFacts {
  return { type, label: { en: type, 'zh-CN': type }, effect: 'none', config: Type.Object({}), ports: [port('out')], ...over }
}

const condition = Type.Optional(Type.String({ format: 'expression', 'x-deferred': true }))

const types = new Map(
  [
    facts('core.event', { behaviour: 'trigger', input: false, config: Type.Object({ filter: condition }) }),
    facts('core.step', { config: Type.Object({ text: Type.Optional(Type.String({ format: 'template' })) }) }),
    facts('core.choose', { silhouette: 'decision', ports: [port('true'), port('false')] }),
    facts('core.join', {
      behaviour: 'join',
      config: Type.Object({ mode: Type.String({ default: 'all' }), n: Type.Optional(Type.Any()), timeout: Type.Optional(Type.String()) }),
    }),
    facts('core.for-each', {
      behaviour: 'each',
      config: Type.Object({ group: Type.String(), items: Type.Optional(Type.Any({ format: 'expression' })) }),
    }),
    facts('core.lock'),
    facts('core.stop'),
    facts('test.race', { behaviour: 'race', silhouette: 'decision' }),
    facts('test.wait', { labels: { gives: 'input', takes: () => ({ for: 'time', ms: 1_000 }) } }),
    facts('core.unlock', { behaviour: 'unlock' }),
    facts('test.milestone', { behaviour: 'milestone', config: Type.Object({ step: Type.String() }) }),
    facts('test.task', { ports: [port('done'), port('expired')], effect: 'internal' }),
    facts('test.pay', { effect: 'unsafe' }),
    facts('test.counted', {
      config: Type.Object({ lines: Type.Integer({ default: 2 }) }),
      ports: ({ lines }) => Array.from({ length: Number(lines) }, (_, at) => port(`p${at}`)),
      effectOf: ({ lines }) => (lines === 2 ? 'internal' : 'none'),
    }),
    facts('test.broken', {
      ports: () => {
        throw new Error('ports')
      },
      check: () => {
        throw new Error('check')
      },
    }),
    facts('test.person', {
      ports: [{ ...port('out'), schema: Type.Object({ id: Type.String(), age: Type.Integer() }, { additionalProperties: false }) }],
    }),
    facts('test.needs', { input: Type.Object({ id: Type.String(), age: Type.Number(), mail: Type.Optional(Type.String()) }) }),
    facts('test.needs-more', { input: Type.Object({ mail: Type.String() }) }),
    facts('test.needs-text', { input: Type.Object({ age: Type.String() }) }),
    facts('test.use', {
      config: Type.Object({ purpose: Type.String(), scene: Type.String() }),
      labels: { use: ({ purpose, scene }) => ({ purpose: String(purpose), scene: String(scene) }) },
    }),
  ].map((it) => [it.type, it]),
)

function compiled(definition: FlowDefinition) {
  return compileFlow(definition, { nodeTypes: types, version: 1 })
}

function said(definition: FlowDefinition): readonly string[] {
  return compiled(definition).problems.map(({ severity, code, path }) => `${severity} ${code} ${path ?? ''}`)
}

const start = () => flow('f').node('on', 'core.event').node('a', 'core.step').wire('on', 'a')

test('a condition that runs for every event has to be total and may only read the event', () => {
  const filtered = (filter: string) => said(flow('f').node('on', 'core.event', { filter }).node('a', 'core.step').wire('on', 'a').build())
  expect(filtered('event.data.n > 1')).toEqual([])
  expect(filtered('$count($map(event.data, function($x) { $x })) > 1')).toEqual([
    'error SLU_FLOW_EXPRESSION_NOT_TOTAL /nodes/0/config/filter',
  ])
  expect(filtered('nodes.a.x')).toEqual(['error SLU_FLOW_REFERENCE /nodes/0/config/filter'])
  expect(filtered('event.(')).toEqual(['error SLU_EXPRESSION_SYNTAX /nodes/0/config/filter'])
})

test.each<[FlowSettings, string]>([
  [{ dedupe: '{% event.( %}' }, 'error SLU_EXPRESSION_SYNTAX /settings/dedupe'],
  [{ dedupe: '{% $random() %}' }, 'error SLU_FLOW_EXPRESSION_NOT_TOTAL /settings/dedupe'],
  [{ concurrency: { key: 'nodes.a', limit: 1 } }, 'error SLU_FLOW_REFERENCE /settings/concurrency/key'],
  [{ rate: { limit: 1, per: 'P2Y' } }, 'error SLU_FLOW_CONFIG /settings/rate/per'],
  [{ debounce: { for: 'PT0S' } }, 'error SLU_FLOW_CONFIG /settings/debounce/for'],
  [{ timeout: 'P999Y' }, 'error SLU_FLOW_CONFIG /settings/timeout'],
])('settings are checked like steps: %j', (settings, problem) => {
  expect(said(start().settings(settings).build())).toContain(problem)
})

test('a name outside the scope is refused with the likely meaning', () => {
  const [problem] = compiled(
    flow('f').node('on', 'core.event').node('a', 'core.step', { text: '{{ customer.name }}' }).wire('on', 'a').build(),
  ).problems
  expect(problem).toMatchObject({ code: 'SLU_FLOW_REFERENCE', message: { en: expect.stringContaining('did you mean input.customer?') } })
})

test('a decision without a wire leads nowhere; with one, its other ways simply end', () => {
  const choosing = start().node('c', 'core.choose').wire('a', 'c')
  expect(said(choosing.build())).toEqual(['error SLU_FLOW_LEADS_NOWHERE /nodes/2'])
  expect(said(choosing.node('b', 'core.step').wire('c.true', 'b').build())).toEqual([])
})

test('an expired task that tells nobody is a warning', () => {
  const asking = start().node('t', 'test.task').wire('a', 't')
  expect(said(asking.build())).toEqual(['warning SLU_FLOW_NOBODY_TOLD /nodes/2'])
  expect(said(asking.node('b', 'core.step').wire('t.expired', 'b').build())).toEqual([])
})

test('retries that cannot help or could act twice are warnings', () => {
  const retry = { attempts: 3 }
  const paying = flow('f').node('on', 'core.event', {}, { retry }).node('p', 'test.pay', {}, { retry }).wire('on', 'p')
  expect(said(paying.build())).toEqual(['warning SLU_FLOW_RETRY_UNUSED /nodes/0/retry', 'warning SLU_FLOW_RETRY_UNSAFE /nodes/1/retry'])
})

test('a pack that throws while being asked is a problem of that step, not of the compiler', () => {
  expect(said(start().node('x', 'test.broken').wire('a', 'x').build())).toEqual([
    'error SLU_FLOW_PACK_FAILED /nodes/2',
    'error SLU_FLOW_PACK_FAILED /nodes/2',
  ])
})

test('defaults are filled in before a pack is asked for ports and effect, and are stored', () => {
  const counted = start().node('c', 'test.counted').node('b', 'core.step').wire('a', 'c').wire('c.p1', 'b').build()
  expect(compiled(counted).compiled?.nodes.c).toMatchObject({ config: { lines: 2 }, effect: 'internal' })
  expect(said(start().node('c', 'test.counted', { lines: 1 }).wire('a', 'c').wire('c.p1', 'a').build())).toContain(
    'error SLU_FLOW_PORT_UNKNOWN /edges/2/from',
  )
})

test('a port gives what the next step takes, or the first place that cannot fit is named', () => {
  const giving = (type: string) =>
    compiled(flow('f').node('on', 'core.event').node('p', 'test.person').node('x', type).wire('on', 'p').wire('p', 'x').build())
  expect(giving('test.needs').problems).toEqual([])
  expect(giving('test.needs-more').problems).toMatchObject([
    { code: 'SLU_FLOW_TYPE_MISMATCH', edge: 1, message: { en: expect.stringContaining('(mail)') } },
  ])
  expect(giving('test.needs-text').problems).toMatchObject([
    { message: { en: expect.stringContaining('needs string, gets integer (age)') } },
  ])
  expect(giving('test.needs-text').proofs).toContainEqual(expect.objectContaining({ rule: 'types', holds: false }))
})

test('what hangs on a trigger that is switched off is unfinished, not wrong', () => {
  const definition = start().node('off', 'core.event', {}, { disabled: true }).node('b', 'core.step').wire('off', 'b').build()
  expect(said(definition)).toEqual(['warning SLU_FLOW_UNREACHABLE /nodes/3'])
  expect(compiled(definition).compiled?.triggers).toEqual(['on'])
})

test('steps that are switched off and lead to each other in a ring are passed over once', () => {
  const off = { disabled: true }
  const definition = start()
    .node('x', 'core.step', {}, off)
    .node('y', 'core.step', {}, off)
    .wire('a', 'x')
    .wire('x', 'y')
    .wire('y', 'x')
    .build()
  expect(compiled(definition).compiled?.nodes.a?.out).toEqual({ out: [] })
})

const forked = (config: Record<string, unknown>) =>
  flow('f')
    .node('on', 'core.event')
    .node('a', 'core.step')
    .node('b', 'core.step')
    .node('j', 'core.join', config)
    .wire('on', 'a', 'b')
    .wire('a', 'j')
    .wire('b', 'j')

test('a branch between a fork and its join does not hide the fork', () => {
  const definition = flow('f')
    .node('on', 'core.event')
    .node('a', 'core.step')
    .node('b', 'core.step')
    .node('c', 'core.choose')
    .node('j', 'core.join')
    .wire('on', 'a', 'b')
    .wire('a', 'c')
    .wire('b', 'c')
    .wire('c.true', 'j')
    .wire('c.false', 'j')
    .build()
  expect(compiled(definition).compiled?.nodes.j?.join?.fork).toBe('on')
})

test('a join that starves shows every line it has; a wire that cannot be shows itself and its ends', () => {
  const [starving] = compiled(forked({ mode: 'n', n: 3 }).build()).problems
  expect(starving?.way).toEqual({ nodes: ['a', 'b', 'j'], edges: [2, 3] })
  const { problems, proofs } = compiled(start().node('b', 'core.step').wire('a', 'b').wire('a.nope', 'b').wire('b', 'on').build())
  const ways = Object.fromEntries(problems.map(({ code, way }) => [code, way]))
  expect(ways).toMatchObject({
    SLU_FLOW_PORT_UNKNOWN: { nodes: ['a', 'b'], edges: [2] },
    SLU_FLOW_TRIGGER_INPUT: { nodes: ['b', 'on'], edges: [3] },
  })
  expect(proofs[0]).toMatchObject({ rule: 'sound', holds: false, path: ['a', 'b', 'on'] })
})

test('a join that closes nothing is a warning, one that waits for too many an error, and its settings are fixed', () => {
  expect(said(start().node('j', 'core.join').wire('a', 'j').build())).toEqual(['warning SLU_FLOW_JOIN_WITHOUT_FORK /nodes/2'])
  expect(said(forked({ mode: 'n', n: 2 }).build())).toEqual([])
  expect(said(forked({ mode: 'n', n: 3 }).build())).toEqual(['error SLU_FLOW_JOIN_STARVES /nodes/3/config/n'])
  expect(said(forked({ mode: 'n', n: '{% input.n %}' }).build())).toEqual(['error SLU_FLOW_JOIN_FIXED /nodes/3/config/n'])
  expect(compiled(forked({ timeout: 'PT1H30M' }).build()).compiled?.nodes.j?.join?.timeoutMs).toBe(5_400_000)
})

test('a loop may bring any number of lines to a join', () => {
  const looping = start()
    .node('c', 'core.choose')
    .node('j', 'core.join', { mode: 'n', n: 9 })
    .wire('a', 'c')
    .wire('c.true', 'a')
    .wire('c.false', 'j', 'j')
  expect(said(looping.build()).filter((line) => line.startsWith('error'))).toEqual([])
})

test('a flow says what it uses data for, as far as its configs say', () => {
  const using = start()
    .node('u', 'test.use', { purpose: 'recommendation', scene: 'quote_push' })
    .node('v', 'test.use', { purpose: 'recommendation', scene: 'quote_push' })
    .node('w', 'test.use', { purpose: '{% input.purpose %}', scene: 'community' })
    .wire('a', 'u')
    .wire('u', 'v')
    .wire('v', 'w')
  const { compiled: ready } = compiled(using.build())
  expect(ready === null ? null : usesOf(ready, types)).toEqual([{ purpose: 'recommendation', scene: 'quote_push' }])
})

test('no flow that can be read makes the compiler throw, and what it compiles is plain JSON', () => {
  fc.assert(
    fc.property(arbitraryFlow, (random) => {
      const read = readFlow(random)
      if (!read.ok) throw new Error('unreadable')
      const { compiled: ready, problems } = compiled(read.flow)
      expect(ready === null).toBe(problems.some(({ severity }) => severity === 'error'))
      if (ready !== null) expect(JSON.parse(JSON.stringify(ready))).toEqual(ready)
      for (const { message } of problems) expect(message).toMatchObject({ en: expect.any(String), 'zh-CN': expect.any(String) })
    }),
    { numRuns: 200 },
  )
})

test('what a for-each runs is one group of its own, with one first step and a border no wire crosses', () => {
  const each = (group: string) => flow('f').node('start', 'core.event').node('each', 'core.for-each', { group }).wire('start', 'each')
  const inside = (...ids: string[]) => ids.reduce((drawn, id) => drawn.node(id, 'core.step'), each('g')).group('g', ids)
  expect(said(inside('a', 'b').wire('a', 'b').build())).toEqual([])
  expect(said(each('none').build())).toEqual(['error SLU_FLOW_REGION_UNKNOWN /nodes/1/config/group'])
  expect(said(each('g').group('g', []).build())).toEqual(['error SLU_FLOW_REGION_UNKNOWN /nodes/1/config/group'])
  expect(said(inside('a', 'b').build())).toEqual(['error SLU_FLOW_REGION_ENTRY /nodes/1/config/group'])
  expect(said(inside('a', 'b').wire('a', 'b').wire('b', 'a').build())).toContain('error SLU_FLOW_REGION_ENTRY /nodes/1/config/group')
  expect(said(inside('a').node('c', 'core.step').wire('a', 'c').build())).toEqual(['error SLU_FLOW_REGION_BORDER /edges/1'])
  expect(said(inside('a').wire('start', 'a').build())).toEqual(['error SLU_FLOW_REGION_BORDER /edges/1'])
  expect(said(each('g').node('a', 'core.step').group('g', ['a', 'each']).wire('each', 'a').build())).toContain(
    'error SLU_FLOW_REGION_SELF /nodes/1/config/group',
  )
  expect(said(inside('a').node('other', 'core.for-each', { group: 'g' }).wire('start', 'other').build())).toContain(
    'error SLU_FLOW_REGION_SHARED /nodes/3/config/group',
  )
  expect(said(inside('a').node('t', 'core.event').group('h', ['t', 'a'], { cancel: true }).wire('t', 'each').build())).toEqual([])
  expect(said(each('g').node('a', 'core.step').node('t', 'core.event').group('g', ['a', 't']).wire('t', 'a').build())).toContain(
    'error SLU_FLOW_REGION_TRIGGER /nodes/3',
  )
})

test('item and index are known inside such a group only', () => {
  const drawn = flow('f')
    .node('start', 'core.event')
    .node('each', 'core.for-each', { group: 'g' })
    .node('in', 'core.step', { text: '{{ item.name }} {{ index }}' })
    .node('out', 'core.step', { text: '{{ item.name }}' })
    .group('g', ['in'])
    .wire('start', 'each')
    .wire('each', 'out')
  expect(said(drawn.build())).toEqual(['error SLU_FLOW_REFERENCE /nodes/3/config'])
})

test('outputs of steps that run per item are read within their item: not behind it, and not by the for-each that asks whether to stop', () => {
  const drawn = (config: Record<string, unknown>, outside: Record<string, unknown> = {}) =>
    flow('f')
      .node('start', 'core.event')
      .node('each', 'core.for-each', { group: 'g', ...config })
      .node('a', 'core.step')
      .node('nested', 'core.for-each', { group: 'h', items: '{% nodes.a %}' })
      .node('b', 'core.step', { text: '{{ nodes.a.n }}' })
      .node('out', 'core.step', outside)
      .group('g', ['a', 'nested', 'b'])
      .group('h', ['b'])
      .wire('start', 'each')
      .wire('each', 'out')
      .wire('a', 'nested')
      .build()
  expect(said(drawn({ stopWhen: '{% vars.result > 3 %}' }, { text: '{{ nodes.each }}' }))).toEqual([])
  expect(said(drawn({ stopWhen: '{% nodes.a.n > 3 %}' }))).toEqual(['error SLU_FLOW_REFERENCE /nodes/1/config'])
  expect(said(drawn({}, { text: '{{ nodes.b.n }}' }))).toEqual(['error SLU_FLOW_REFERENCE /nodes/5/config'])
  const [problem] = compiled(drawn({ stopWhen: '{% nodes.a.n > 3 %}' })).problems
  expect(problem?.message).toMatchObject({ en: expect.stringContaining('vars.result is what the item came to') })
})

test('every step that can fail has an error port, a for-each and a join too; what starts the flow has none', () => {
  const drawn = () => flow('f').node('on', 'core.event').node('j', 'core.join').node('x', 'core.step').wire('on', 'j').wire('j', 'x')
  expect(said(drawn().node('e', 'core.step').wire('j.error', 'e').build())).toEqual(['warning SLU_FLOW_JOIN_WITHOUT_FORK /nodes/1'])
  expect(said(drawn().node('e', 'core.step').wire('on.error', 'e').build())).toContain('error SLU_FLOW_PORT_UNKNOWN /edges/2/from')
})

test('groups have ports of their own; two that do something lie in one another or apart', () => {
  const drawn = () =>
    flow('f')
      .node('start', 'core.event')
      .node('a', 'core.step')
      .node('b', 'core.step')
      .node('c', 'core.step')
      .wire('start', 'a')
      .wire('a', 'b')
  expect(said(drawn().group('g', ['a', 'b']).wire('g.error', 'c').build())).toEqual([])
  expect(said(drawn().group('g', ['a']).wire('b', 'g.cancel').wire('g.cancelled', 'c').build())).toEqual([])
  expect(said(drawn().group('g', ['a']).wire('g.out', 'c').build())).toEqual([
    'error SLU_FLOW_PORT_UNKNOWN /edges/2/from',
    'error SLU_FLOW_UNREACHABLE /nodes/3',
  ])
  expect(said(drawn().group('g', ['a']).wire('b', 'c').wire('b', 'g.in').build())).toEqual(['error SLU_FLOW_PORT_UNKNOWN /edges/3/to'])
  expect(said(drawn().wire('b', 'c').group('g', ['a', 'b'], { cancel: true }).group('h', ['b', 'c'], { timeout: 'PT5S' }).build())).toEqual(
    ['error SLU_FLOW_REGION_OVERLAP /groups/1'],
  )
  expect(said(drawn().wire('b', 'c').group('g', ['a', 'b']).group('h', ['b', 'c'], { cancel: true }).build())).toEqual([])
})

const guarded = () =>
  flow('f')
    .node('on', 'core.event')
    .node('fork', 'core.step')
    .node('lock', 'core.lock')
    .node('a', 'core.step')
    .node('unlock', 'core.unlock')
    .node('b', 'core.step')
    .node('join', 'core.join')
    .wire('on', 'fork')
    .wire('fork', 'lock', 'b')
    .wire('lock', 'a')
    .wire('b', 'join')

test('a line that comes to a join with a lock in its hand is an error; one that unlocks before is not', () => {
  expect(said(guarded().wire('a', 'unlock').wire('unlock', 'join').build())).toEqual([])
  expect(said(guarded().wire('a', 'join', 'unlock').wire('unlock', 'join').build())).toEqual(['error SLU_FLOW_LOCK_OPEN_AT_JOIN /nodes/6'])
})

test('a join of lines that all stand in the lock is fine, also when the lock itself forks', () => {
  const inside = (first: string) =>
    flow('f')
      .node('on', 'core.event')
      .node('lock', 'core.lock')
      .node('fork', 'core.step')
      .node('a', 'core.step')
      .node('b', 'core.step')
      .node('join', 'core.join')
      .node('unlock', 'core.unlock')
      .wire('on', 'lock')
      .wire(first, 'a', 'b')
      .wire('a', 'join')
      .wire('b', 'join')
      .wire('join', 'unlock')
  expect(said(inside('fork').wire('lock', 'fork').build())).toEqual([])
  expect(said(inside('lock').wire('a.more', 'fork').build()).filter((it) => it.includes('LOCK'))).toEqual([])
})

test('an unlock with no lock before it is said to do nothing', () => {
  const definition = flow('f').node('on', 'core.event').node('unlock', 'core.unlock').wire('on', 'unlock').build()
  expect(said(definition)).toEqual(['warning SLU_FLOW_UNLOCK_UNUSED /nodes/1'])
})

test.each([
  ['a step that is there', 'a', []],
  ['a step that is not', 'gone', ['error SLU_FLOW_MILESTONE_STEP /nodes/2/config/step']],
  ['itself', 'gate', ['error SLU_FLOW_MILESTONE_STEP /nodes/2/config/step']],
])('a milestone may name %s', (_, step, problems) => {
  const definition = flow('f')
    .node('on', 'core.event')
    .node('a', 'core.step')
    .node('gate', 'test.milestone', { step })
    .wire('on', 'a', 'gate')
    .build()
  expect(said(definition)).toEqual(problems)
})

test('an undo line has steps of its own, never leads back, ends nothing and is not undone itself', () => {
  const drawn = () =>
    flow('f')
      .node('start', 'core.event')
      .node('a', 'core.step')
      .node('b', 'core.step')
      .node('u', 'core.step')
      .wire('start', 'a')
      .wire('a', 'b')
      .wire('a.undo', 'u')
  expect(said(drawn().build())).toEqual([])
  expect(said(drawn().wire('u', 'b').build())).toEqual(['error SLU_FLOW_UNDO_RETURNS /edges/3/to'])
  expect(said(drawn().wire('b.undo', 'a').build())).toContain('error SLU_FLOW_UNDO_RETURNS /edges/3/to')
  expect(said(drawn().group('g', ['b'], { cancel: true }).wire('u', 'g.cancel').build())).toContain(
    'error SLU_FLOW_UNDO_RETURNS /edges/3/to',
  )
  expect(said(drawn().node('v', 'core.step').wire('u.undo', 'v').build())).toContain('error SLU_FLOW_UNDO_NESTED /edges/3/from')
  expect(said(drawn().node('m', 'test.milestone', { step: 'b' }).wire('u', 'm').build())).toContain('error SLU_FLOW_UNDO_WAITS /nodes/4')
  expect(said(drawn().node('s', 'core.stop').wire('u', 's').build())).toContain('error SLU_FLOW_UNDO_ENDS /nodes/4')
  expect(said(drawn().wire('start.undo', 'u').build())).toContain('error SLU_FLOW_PORT_UNKNOWN /edges/3/from')
  const fixed = compileFlow(drawn().wire('u', 'b').build(), { nodeTypes: types, version: 1 })
  expect(fixed.problems[0]?.fix?.action).toBe('remove-edge')
})

test('two steps may share an undo line, and its joins close its own forks only', () => {
  const drawn = flow('f')
    .node('start', 'core.event')
    .node('a', 'core.step')
    .node('b', 'core.step')
    .node('u', 'core.step')
    .node('v', 'core.step')
    .node('both', 'core.join', { mode: 'all' })
    .node('x', 'core.step')
    .node('y', 'core.step')
    .node('meet', 'core.join', { mode: 'all' })
    .wire('start', 'a')
    .wire('a', 'x', 'y')
    .wire('x', 'meet')
    .wire('y', 'meet')
    .wire('a.undo', 'u', 'v')
    .wire('u', 'both')
    .wire('v', 'both')
    .wire('meet', 'b')
  expect(said(drawn.build())).toEqual([])
  const { compiled } = compileFlow(drawn.build(), { nodeTypes: types, version: 1 })
  expect(compiled?.nodes.both?.join?.fork).toBe('a')
  expect(compiled?.nodes.meet?.join?.fork).toBe('a')
  expect(said(drawn.wire('b.undo', 'u').build())).toEqual([])
})

test('a group that is to be undone needs a line that leaves it then', () => {
  const drawn = () => flow('f').node('start', 'core.event').node('a', 'core.step').node('b', 'core.step').wire('start', 'a')
  expect(said(drawn().wire('a', 'b').group('g', ['a'], { undo: true }).build())).toEqual(['warning SLU_FLOW_UNDO_GROUP /groups/0/undo'])
  expect(said(drawn().wire('g.error', 'b').group('g', ['a'], { undo: true }).build())).toEqual([])
})

/** Fork of two waits, and a race in front of which they meet. */
function meeting() {
  return flow('f')
    .node('on', 'core.event')
    .node('w', 'test.wait')
    .node('v', 'test.wait')
    .node('r', 'test.race')
    .node('x', 'test.wait')
    .node('y', 'test.wait')
    .wire('on', 'w', 'v')
    .wire('w', 'r')
    .wire('v', 'r')
    .wire('r', 'x', 'y')
}

test('lines that meet in front of a race are not raced: said with both ways, and with the join that does it', () => {
  const [problem, ...others] = compiled(meeting().build()).problems
  expect(others).toEqual([])
  expect(problem).toMatchObject({
    severity: 'warning',
    code: 'SLU_FLOW_RACE_MEETS',
    node: 'r',
    way: { nodes: ['on', 'w', 'r', 'v'], edges: [0, 2, 1, 3] },
    fix: { action: 'join-first' },
  })
  const direct = flow('f').node('on', 'core.event').node('w', 'test.wait').node('r', 'test.race').wire('on', 'w', 'r').wire('w', 'r')
  expect(said(direct.node('x', 'test.wait').wire('r', 'x', 'x').build())).toEqual(['warning SLU_FLOW_RACE_MEETS /nodes/2'])
})

test('waits in front of each other, alternatives, joined lines and the winner of another race are no lines that meet', () => {
  const one = flow('f').node('on', 'core.event').node('w', 'test.wait').node('r', 'test.race').node('x', 'test.wait').node('y', 'test.wait')
  expect(said(one.wire('on', 'w').wire('w', 'r').wire('r', 'x', 'y').build())).toEqual([])
  const chosen = flow('f')
    .node('on', 'core.event')
    .node('c', 'core.choose')
    .node('r', 'test.race')
    .node('x', 'test.wait')
    .node('y', 'test.wait')
  expect(said(chosen.wire('on', 'c').wire('c.true', 'r').wire('c.false', 'r').wire('r', 'x', 'y').build())).toEqual([])
  const joined = () =>
    flow('f')
      .node('on', 'core.event')
      .node('a', 'core.step')
      .node('b', 'core.step')
      .node('j', 'core.join')
      .node('r', 'test.race')
      .node('x', 'test.wait')
      .node('y', 'test.wait')
      .wire('on', 'a', 'b')
      .wire('a', 'j')
      .wire('b', 'j')
      .wire('j', 'r')
      .wire('r', 'x', 'y')
  expect(said(joined().build())).toEqual([])
  expect(said(joined().wire('a', 'r').build())).toEqual(['warning SLU_FLOW_RACE_MEETS /nodes/4'])
  const twice = flow('f')
    .node('on', 'core.event')
    .node('r', 'test.race')
    .node('x', 'test.wait')
    .node('y', 'test.wait')
    .node('s', 'test.race')
  const wired = twice.wire('on', 'r').wire('r', 'x', 'y').wire('x', 's').wire('y', 's').node('p', 'test.wait').node('q', 'test.wait')
  expect(said(wired.wire('s', 'p', 'q').build())).toEqual([])
})

test('a race of one, and one that is won before the others have begun, are warnings', () => {
  const drawn = () => flow('f').node('on', 'core.event').node('r', 'test.race').node('x', 'test.wait').wire('on', 'r').wire('r', 'x')
  expect(said(drawn().build())).toEqual(['warning SLU_FLOW_RACE_ALONE /nodes/1'])
  expect(said(drawn().node('c', 'core.step').wire('r', 'c').build())).toEqual(['warning SLU_FLOW_RACE_DECIDED /nodes/3'])
  expect(
    said(drawn().node('n', 'test.race').wire('r', 'n').node('p', 'test.wait').node('q', 'test.wait').wire('n', 'p', 'q').build()),
  ).toEqual(['warning SLU_FLOW_RACE_DECIDED /nodes/3'])
  expect(said(drawn().node('t', 'test.task').wire('r', 't').build())).toEqual(['warning SLU_FLOW_NOBODY_TOLD /nodes/3'])
})

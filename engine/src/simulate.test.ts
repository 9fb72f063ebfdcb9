import { expect, test } from 'vitest'
import { type SimulationInput, simulateFlow } from './simulate.ts'
import { compilePlainly, flow, kindsOf, runtimesOf, testNodes } from './testing/index.ts'

const day = 86_400_000
const drawn = flow('offer')
  .node('start', 'test.event', { type: 'asked' })
  .node('wait', 'test.wait', { ms: 3 * day })
  .node('send', 'test.act', { say: '{% input.text %}' })
  .node('ask', 'people.ask', { due: 'P2D', actions: ['approve', 'reject'] })
  .node('won', 'test.echo', { value: 'won' })
  .node('lost', 'test.echo', { value: 'lost' })
  .wire('start', 'wait')
  .wire('wait', 'send')
  .wire('send', 'ask')
  .wire('send.error', 'lost')
  .wire('ask.approve', 'won')
  .wire('ask.reject', 'lost')
  .wire('ask.expired', 'lost')
  .build()
const ask = { type: 'people.ask', effect: 'internal', config: {} } as const
const nodes = runtimesOf([...testNodes, ask])

function input(patch: Partial<SimulationInput> = {}): SimulationInput {
  const events = [{ type: 'asked', data: { text: 'hello' } }]
  return { flow: compilePlainly(drawn, kindsOf([...testNodes, ask])), nodes, events, startAt: 0, ...patch }
}

test('days pass in a moment: waits end, acts are shown instead of sent, tasks take the answers that were given', async () => {
  const result = await simulateFlow(input({ answers: [{ node: 'ask', action: 'approve', after: day }] }))
  expect(result.runs).toMatchObject([{ flow: 'offer', status: 'succeeded', output: 'won' }])
  expect(result.acts).toMatchObject([{ at: 3 * day, node: 'send', handler: 'test.act', request: { say: 'hello' } }])
  expect(result.endedAt).toBe(4 * day)
  expect(result.timeline.map(({ entry }) => entry.kind)).toContain('task.answered')
  expect(result.timeline.map(({ entry }) => entry.at)).toEqual(
    result.timeline.map(({ entry }) => entry.at).sort((left, right) => left - right),
  )
})

test('a task nobody answers expires, and a mock makes an act fail', async () => {
  expect((await simulateFlow(input())).runs[0]).toMatchObject({ status: 'succeeded', output: 'lost' })
  const error = { code: 'BUSY', message: 'busy' }
  expect((await simulateFlow(input({ mocks: { send: { error, after: 100 } } }))).runs[0]).toMatchObject({ output: 'lost' })
})

test('until ends the simulation with what is still waited for', async () => {
  const { runs, endedAt } = await simulateFlow(input({ until: day }))
  expect(runs).toMatchObject([{ status: 'waiting', waits: [{ node: 'wait', wait: { kind: 'timer', dueAt: 3 * day } }] }])
  expect(endedAt).toBe(0)
})

test('expressions that need the worker pool are answered here as well', async () => {
  const value = '{% ($f := function($n) { $n < 2 ? 1 : $n * $f($n - 1) }; $f(input.n)) %}'
  const made = flow('f').node('start', 'test.event').node('a', 'test.echo', { value }).wire('start', 'a').build()
  const result = await simulateFlow(input({ flow: compilePlainly(made, kindsOf(testNodes)), events: [{ type: 'test', data: { n: 5 } }] }))
  expect(result.runs).toMatchObject([{ status: 'succeeded', output: 120 }])
})

test('a list of mocks answers run after run, its last one all later ones', async () => {
  const made = flow('f').node('start', 'test.event').node('a', 'test.echo').wire('start', 'a').build()
  const events = [1, 2, 3].map(() => ({ type: 'test' }))
  const mocks = { a: [{ data: 'first' }, { data: 'later' }] }
  const { runs } = await simulateFlow(input({ flow: compilePlainly(made, kindsOf(testNodes)), events, mocks }))
  expect(runs.map(({ output }) => output)).toEqual(['first', 'later', 'later'])
})

test('a list of mocks can end with the step itself', async () => {
  const made = flow('f').node('start', 'test.event').node('a', 'test.echo', { value: 'real' }).wire('start', 'a').build()
  const events = [1, 2, 3].map(() => ({ type: 'test' }))
  const mocks = { a: [{ data: 'said' }, { real: true }] }
  const { runs } = await simulateFlow(input({ flow: compilePlainly(made, kindsOf(testNodes)), events, mocks }))
  expect(runs.map(({ output }) => output)).toEqual(['said', 'real', 'real'])
})

test('a flow that never comes to rest is cut, and too many events are refused by number', async () => {
  const made = flow('f').node('start', 'test.event').node('a', 'test.wait', { ms: 1 }).wire('start', 'a').wire('a', 'a').build()
  const result = await simulateFlow(input({ flow: compilePlainly(made, kindsOf(testNodes)), events: [{ type: 'test' }] }))
  expect(result.truncated).toBe(true)
  await expect(simulateFlow(input({ events: Array.from({ length: 1_001 }, () => ({ type: 'x' })) }))).rejects.toThrow('1000')
})

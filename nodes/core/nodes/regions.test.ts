import { compileFlow } from '@sluice/engine/compile'
import { type FlowBuilder, flow } from '@sluice/engine/testing'
import { testNode, testWorld, type World } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { corePack } from '../index.ts'
import { coreServer } from '../server/index.ts'
import { forEach } from './for-each.ts'

/** Compiled as when it is published, on the real loop with the real steps. */
function world(...drawings: readonly FlowBuilder[]): World {
  const it = testWorld({ packs: [corePack], servers: [coreServer] })
  for (const drawing of drawings) {
    const { compiled, problems } = compileFlow(drawing.build(), {
      nodeTypes: new Map(corePack.nodes.map((node) => [node.type, node])),
      version: 1,
    })
    if (compiled === null) throw new Error(JSON.stringify(problems))
    it.command('engine.flow.put', { flow: compiled, activate: true })
  }
  return it
}

const start = (it: World, input: unknown): string => it.command<{ run: string }>('engine.run.start', { flow: 'f', input }).run

const each = (config: object) =>
  flow('f')
    .node('start', 'core.manual')
    .node('each', 'core.for-each', { items: '{% input.orders %}', group: 'region', ...config })
    .node('double', 'core.transform', { value: { twice: '{% item.n * 2 %}', place: '{% index %}' } })
    .node('sum', 'core.transform', { value: '{% nodes.double.twice + nodes.double.place %}' })
    .node('end', 'core.stop')
    .node('early', 'core.stop', { output: '{% { "stopped": input } %}' })
    .group('region', ['double', 'sum'])
    .wire('start', 'each')
    .wire('double', 'sum')
    .wire('each', 'end')
    .wire('each.stopped', 'early')

const orders = (count: number) => ({ orders: Array.from({ length: count }, (_, n) => ({ n })) })

describe('for each', () => {
  test('runs its group per item, which sees item, index and its own steps, and hands on the results in order', () => {
    const it = world(each({}))
    expect(it.run(start(it, orders(5)))).toMatchObject({ status: 'succeeded', output: [0, 3, 6, 9, 12] })
  })

  test('one thing is a list of one, nothing an empty list', () => {
    const it = world(each({}))
    expect(it.run(start(it, { orders: { n: 4 } })).output).toEqual([8])
    expect(it.run(start(it, {})).output).toEqual([])
  })

  test('stops early when enough is done, with what is there', () => {
    const it = world(each({ concurrency: 1, stopWhen: '{% vars.result >= 6 %}' }))
    expect(it.run(start(it, orders(9))).output).toEqual({ stopped: [0, 3, 6] })
    expect(it.run(start(it, orders(2))).output).toEqual([0, 3])
  })

  test('works through items that are added while it runs', () => {
    const it = world(each({ growing: true, items: '{% vars.done >= 2 ? [{"n":0},{"n":1},{"n":2}] : [{"n":0},{"n":1}] %}' }))
    expect(it.run(start(it, null)).output).toEqual([0, 3, 6])
  })

  test('a long list takes several turns of the loop and stays within its bounds', () => {
    const it = world(each({}))
    const run = start(it, orders(1_200))
    it.advance(1)
    expect(it.run(run).status).toBe('succeeded')
    expect(it.run(run).output).toHaveLength(1_200)
  })

  test('more items than it takes fail the step before anything is run', () => {
    const it = world(each({}))
    expect(it.run(start(it, { orders: Array.from({ length: 100_000 }, () => 1) })).tokens).toMatchObject({
      t1: { state: 'incident', error: { code: 'SLU_EACH_ITEMS_LIMIT' } },
    })
  })

  test('with an error line the flow goes on from there, told the limit, what it met and what to do', () => {
    const it = world(each({}).node('told', 'core.stop', { output: '{% input.code & ": " & input.message %}' }).wire('each.error', 'told'))
    expect(it.run(start(it, { orders: Array.from({ length: 100_000 }, () => 1) })).output).toBe(
      'SLU_EACH_ITEMS_LIMIT: the list has 100000 items, at most 10000 are worked through; split it, or start a flow for each part',
    )
  })

  test('says what it will do in both languages', async () => {
    const config = { items: '{% input.orders %}', group: 'region' }
    expect(forEach.sentence?.(config, 'en')).toBe('Runs its group for each of input.orders')
    expect(forEach.sentence?.({}, 'zh-CN')).toContain('每一项')
    expect((await testNode(forEach, { config: { ...config, items: [1] } })).outcome).toMatchObject({
      kind: 'each',
      plan: { items: [1], concurrency: 10 },
    })
  })
})

describe('race', () => {
  const racing = flow('f')
    .node('start', 'core.manual')
    .node('race', 'core.race')
    .node('paid', 'core.wait-event', { type: 'paid', key: '{% "x" %}', match: 'event.subject' })
    .node('late', 'core.wait', { for: 'PT1H' })
    .node('thanks', 'core.stop', { output: 'thanks' })
    .node('remind', 'core.stop', { output: 'remind' })
    .wire('start', 'race')
    .wire('race', 'paid', 'late')
    .wire('paid', 'thanks')
    .wire('late', 'remind')

  test('the event wins over the hour, and the hour over the event that does not come', () => {
    const it = world(racing)
    const [first, second] = [start(it, null), start(it, null)]
    expect(it.store.allWaits()).toHaveLength(2)
    it.advance(1_000)
    it.command('engine.run.cancel', { run: second })
    it.send('paid', null, 'x')
    expect(it.run(first).output).toBe('thanks')
    const third = start(it, null)
    it.advance(3_600_000)
    expect(it.run(third).output).toBe('remind')
    expect(it.store.allWaits()).toEqual([])
    expect(it.store.allTimers().filter((timer) => timer.run !== '')).toEqual([])
  })
})

describe('groups', () => {
  test('a failure inside goes on by the error line of the group, and the rest is withdrawn', () => {
    const it = world(
      flow('f')
        .node('start', 'core.manual')
        .node('wait', 'core.wait', { for: 'PT1H' })
        .node('broken', 'core.transform', { value: '{% $error("no such order") %}' })
        .node('end', 'core.stop', { output: '{% input.node %}' })
        .group('work', ['wait', 'broken'])
        .wire('start', 'wait', 'broken')
        .wire('work.error', 'end'),
    )
    const run = start(it, null)
    it.advance(1)
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: 'broken' })
    expect(it.store.allTimers().filter((timer) => timer.run !== '')).toEqual([])
  })

  test('a time limit ends the group and goes on by its time-out', () => {
    const it = world(
      flow('f')
        .node('start', 'core.manual')
        .node('wait', 'core.wait', { for: 'PT1H' })
        .node('end', 'core.stop', { output: 'in time' })
        .node('late', 'core.stop', { output: 'too late' })
        .group('work', ['wait'], { timeout: 'PT5M' })
        .wire('start', 'wait')
        .wire('wait', 'end')
        .wire('work.timeout', 'late'),
    )
    const run = start(it, null)
    it.advance(299_000)
    expect(it.run(run).status).toBe('waiting')
    it.advance(2_000)
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: 'too late' })
  })
})

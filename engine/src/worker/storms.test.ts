import { expect, test } from 'vitest'
import { compilePlainly } from '../testing/builders/compile-plainly.ts'
import { bench, flow, kindsOf, startedBy, testNodes } from '../testing/index.ts'
import { engineLimits } from './limits.ts'

const second = 1_000

test('of five thousand timers of one second those of a withdrawal ring first, the rest some in a turn, each once, and events come between', () => {
  const wait = (key: string, type: string) =>
    flow(key)
      .node('start', 'test.event', { type })
      .node('wait', 'test.wait', { ms: second })
      .node('end', 'test.echo')
      .wire('start', 'wait')
      .wire('wait', 'end')
      .build()
  const world = bench({ flows: [wait('many', 'many')] })
  const plain = compilePlainly(wait('fence', 'fence'), kindsOf(testNodes))
  const urgentFlow = { ...plain, settings: { ...plain.settings, priority: 'withdrawal' } }
  world.command('engine.flow.put', { flow: urgentFlow, activate: true })
  const runs = Array.from({ length: 5_000 }, () => startedBy(world.send('many'))[0] ?? '')
  const urgent = Array.from({ length: 20 }, () => startedBy(world.send('fence'))[0] ?? '')
  const ended = (ids: readonly string[]) => ids.filter((id) => world.run(id).status === 'succeeded').length
  world.now += second - 1
  expect(world.engine.fireDue()).toBe(0)
  world.now += 1
  expect(world.engine.fireDue()).toBe(engineLimits.timersPerTurn)
  expect(ended(urgent)).toBe(urgent.length)
  expect(ended(runs)).toBe(engineLimits.timersPerTurn - urgent.length)
  // Between two turns an event is served as ever, and what it arms waits for its own time.
  const [late = ''] = startedBy(world.send('many'))
  let turns = 1
  for (; world.engine.fireDue() > 0; turns++);
  expect([turns, ended(runs), world.run(late).status]).toEqual([Math.ceil(5_020 / engineLimits.timersPerTurn), 5_000, 'waiting'])
  expect(runs.every((id) => world.kinds(id).filter((kind) => kind === 'timer.fired').length === 1)).toBe(true)
  world.advance(second)
  expect(world.run(late).status).toBe('succeeded')
  expect(world.store.allTimers()).toEqual([])
})

test('three hundred runs that fail against one dead service come back spread out, later each time, and others go on meanwhile', () => {
  const calls = flow('calls')
    .node('start', 'test.event', { type: 'call' })
    .node('act', 'test.act', {}, { retry: { attempts: 3, delayMs: 10_000, backoff: 'exponential' } })
    .wire('start', 'act')
    .build()
  const other = flow('other').node('start', 'test.event', { type: 'other' }).node('a', 'test.echo').wire('start', 'a').build()
  const world = bench({ flows: [calls, other] })
  const runs = Array.from({ length: 300 }, () => startedBy(world.send('call'))[0] ?? '')
  const down = { kind: 'failure', error: { code: 'SLU_HTTP_DOWN', message: 'no answer', terminal: false } } as const
  const dues = () => world.store.allTimers().map(({ dueAt }) => dueAt - world.now)
  const failAll = () => {
    while (world.acts.length > 0) world.answer(down)
  }
  failAll()
  expect(world.store.allTimers()).toHaveLength(300)
  const first = dues()
  expect([Math.min(...first) >= 5_000, Math.max(...first) <= 10_000]).toEqual([true, true])
  // No moment of a tenth of the time holds a quarter of them.
  const crowd = Math.max(
    ...Array.from({ length: 10 }, (_, tenth) => first.filter((due) => Math.floor((due - 5_000) / 500) === tenth).length),
  )
  expect(crowd).toBeLessThan(75)
  expect(world.run(startedBy(world.send('other'))[0] ?? '').status).toBe('succeeded')
  world.advance(10_000)
  expect(world.acts).toHaveLength(300)
  failAll()
  expect([Math.min(...dues()) >= 10_000, Math.max(...dues()) <= 20_000]).toEqual([true, true])
  world.restart()
  world.advance(20_000)
  failAll()
  expect(runs.every((id) => world.run(id).status === 'incident')).toBe(true)
  expect(world.store.allTimers()).toEqual([])
  expect(world.run(runs[0] ?? '').tokens.t1).toMatchObject({ attempt: 3, error: { code: 'SLU_HTTP_DOWN' } })
})

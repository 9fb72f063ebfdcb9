import { flow, testWorld } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { corePack } from '../index.ts'
import { coreServer } from './index.ts'
import { schedules } from './tables.ts'

const T0 = Date.parse('2026-03-02T03:00:00.000Z')
const world = (...flows: ReturnType<ReturnType<typeof flow>['build']>[]) =>
  testWorld({ packs: [corePack], servers: [coreServer], flows, startAt: T0 })

describe('schedules', () => {
  const hourly = (config: object) =>
    flow('hourly')
      .node('clock', 'core.schedule', { ...config })
      .node('end', 'core.transform', { value: 1 })
      .wire('clock', 'end')
      .build()
  const compiled = (definition: ReturnType<typeof hourly>) => ({
    key: definition.key,
    nodes: Object.fromEntries(definition.nodes.map((node) => [node.id, { ...node, config: node.config ?? {} }])),
  })

  test('a synchronised schedule starts a run at each due time', () => {
    const definition = hourly({ every: 'PT1H' })
    const it = world(definition)
    expect(it.command('core.schedule.sync', { flows: [compiled(definition)] })).toEqual({ armed: 1 })
    it.advance(3 * 3_600_000)
    const runs = it.store.runIds()
    expect(runs).toHaveLength(3)
    expect(it.run(runs[0] ?? '').outputs.clock ?? it.run(runs[0] ?? '').output).not.toBeUndefined()
  })

  test('synchronising again keeps the beat; a flow that is gone stops', () => {
    const definition = hourly({ every: 'PT1H' })
    const it = world(definition)
    it.command('core.schedule.sync', { flows: [compiled(definition)] })
    it.advance(1_800_000)
    it.command('core.schedule.sync', { flows: [compiled(definition)] })
    it.advance(1_800_000)
    expect(it.store.runIds()).toHaveLength(1)
    it.command('core.schedule.sync', { flows: [] })
    it.advance(10 * 3_600_000)
    expect(it.store.runIds()).toHaveLength(1)
    expect(it.store.records.count(schedules)).toBe(0)
  })

  test('a changed time takes effect at once', () => {
    const definition = hourly({ every: 'PT1H' })
    const it = world(definition)
    it.command('core.schedule.sync', { flows: [compiled(definition)] })
    it.command('core.schedule.sync', { flows: [compiled(hourly({ every: 'PT10M' }))] })
    it.advance(600_000)
    expect(it.store.runIds()).toHaveLength(1)
  })
})

test.each(['hold', 'refuse'] as const)(
  'a schedule outlives the pause of its flow (%s): one late start when its flow goes on, then its beat',
  (mode) => {
    const hourly = flow('hourly')
      .node('clock', 'core.schedule', { cron: '0 * * * *' })
      .node('end', 'core.transform', { value: '{% input.lateMs %}' })
      .wire('clock', 'end')
      .build()
    const it = world(hourly)
    it.command('core.schedule.sync', {
      flows: [{ key: 'hourly', nodes: { clock: { ...hourly.nodes[0], config: { cron: '0 * * * *' } } } }],
    })
    it.command('engine.flow.pause', { flow: 'hourly', mode, reason: 'holiday' })
    it.advance(6 * 3_600_000 + 60_000)
    expect(it.store.runIds()).toEqual([])
    expect(it.store.audited.filter(({ kind }) => kind.startsWith('engine.timer'))).toEqual([])
    it.command('engine.flow.resume', { flow: 'hourly' })
    it.advance(120_000)
    const [late = ''] = it.store.runIds()
    expect([it.store.runIds().length, Number(it.run(late).output) > 4 * 3_600_000]).toEqual([1, true])
    it.advance(3_600_000)
    expect(it.store.runIds()).toHaveLength(2)
  },
)

describe('a clock that jumps', () => {
  const hour = 3_600_000
  const hourly = flow('hourly')
    .node('clock', 'core.schedule', { cron: '0 * * * *' })
    .node('end', 'core.transform', { value: 1 })
    .wire('clock', 'end')
    .build()
  const waits = flow('waits')
    .node('by', 'core.manual')
    .node('wait', 'core.wait', { for: 'PT2H' })
    .node('end', 'core.transform', { value: 1 })
    .wire('by', 'wait')
    .wire('wait', 'end')
    .build()
  const begin = (it: ReturnType<typeof world>) => it.command<{ run: string }>('engine.run.start', { flow: 'waits', input: null }).run
  const sync = (it: ReturnType<typeof world>) =>
    it.command('core.schedule.sync', {
      flows: [{ key: 'hourly', nodes: { clock: { ...hourly.nodes[0], config: { cron: '0 * * * *' } } } }],
    })

  test('back by an hour: what fired does not fire again, and nothing fires before its time', () => {
    const it = world(hourly, waits)
    sync(it)
    const run = begin(it)
    it.advance(hour)
    expect(it.store.runIds()).toHaveLength(2)
    it.jump(it.now() - hour - 60_000)
    it.engine.fireDue()
    it.advance(hour + 120_000)
    expect(it.store.runIds()).toHaveLength(2)
    it.advance(hour - 60_001)
    expect([it.run(run).status, it.store.runIds().length]).toEqual(['waiting', 2])
    it.advance(1)
    expect([it.run(run).status, it.store.runIds().length]).toEqual(['succeeded', 3])
  })

  test('forward by a day: each wait ends once, some in a turn, and one late start stands for all that were missed', () => {
    const it = world(hourly, waits)
    sync(it)
    const runs = Array.from({ length: 700 }, () => begin(it))
    it.jump(it.now() + 24 * hour + 1_000)
    expect([it.engine.fireDue(), it.engine.fireDue(), it.engine.fireDue()]).toEqual([500, 201, 0])
    expect(runs.every((run) => it.run(run).status === 'succeeded')).toBe(true)
    const late = it.store.runIds().filter((id) => it.run(id).flow === 'hourly')
    expect(late).toHaveLength(1)
    expect(it.run(late[0] ?? '').output).toBe(1)
    expect(it.engine.nextDueAt()).toBe(T0 + 25 * hour)
  })
})

describe('webhooks', () => {
  const hook = flow('hook').node('call', 'core.webhook').node('end', 'core.transform', { value: 1 }).wire('call', 'end').build()
  const call = { flow: 'hook', node: 'call', id: 'msg_1', headers: {}, query: {}, body: { a: 1 } }

  test('the same call twice gives the same run', () => {
    const it = world(hook)
    const first = it.command<{ run: string }>('core.webhook.receive', call)
    expect(it.command('core.webhook.receive', call)).toEqual({ run: first.run, repeated: true })
    expect(it.store.runIds()).toHaveLength(1)
    expect(it.command<{ run: string }>('core.webhook.receive', { ...call, id: 'msg_2' }).run).not.toBe(first.run)
  })

  test('a flow without webhook takes no calls', () => {
    const it = world(flow('other').node('by-hand', 'core.manual').build())
    expect(() => it.command('core.webhook.receive', { ...call, flow: 'other' })).toThrow('has no webhook')
  })
})

describe('calling another flow', () => {
  const child = flow('child')
    .node('start', 'core.manual')
    .node('wait', 'core.wait', { for: 'PT1M' })
    .node('end', 'core.stop', { output: 'done' })
    .wire('start', 'wait')
    .wire('wait', 'end')
    .build()
  const parent = (config: object) =>
    flow('parent')
      .node('start', 'core.manual')
      .node('call', 'core.call', { flow: 'child', ...config })
      .node('end', 'core.stop')
      .wire('start', 'call')
      .wire('call', 'end')
      .build()

  test('waits for its output', () => {
    const it = world(child, parent({}))
    const { run } = it.command<{ run: string }>('engine.run.start', { flow: 'parent' })
    expect(it.run(run).status).toBe('waiting')
    it.advance(60_000)
    expect(it.run(run).status).toBe('succeeded')
    expect(JSON.stringify(it.run(run).output)).toContain('done')
  })

  test('or goes on at once with the name of the run', () => {
    const it = world(child, parent({ wait: false }))
    const { run } = it.command<{ run: string }>('engine.run.start', { flow: 'parent' })
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: { flow: 'child' } })
  })
})

test('expressions, templates and deferred fields stand where the schemas say', () => {
  const drawing = flow('case')
    .node('start', 'core.event', { type: 'go', filter: 'event.data.amount > 1' })
    .node('big', 'core.branch', { when: 'input.amount > 5' })
    .node('made', 'core.transform', { value: { double: '{% input.amount * 2 %}', about: ['{% event.subject %}'] } })
    .node('way', 'core.switch', {
      rules: [
        { when: 'input.double > 100', port: 'far' },
        { when: '{% input.double = 14 %}', port: 'near' },
      ],
    })
    .node('table', 'core.decision', {
      hitPolicy: 'first',
      inputs: [{ name: 'double', value: 'input.double' }],
      outputs: [{ name: 'size' }],
      rows: [{ when: ['> 10'], give: ['big'] }],
    })
    .node('rest', 'core.wait', { for: '{% "PT" & "5S" %}' })
    .node('end', 'core.fail', { code: 'SHOWN', message: '{{ input.size }} for {{ nodes.made.about[0] }}' })
    .wire('start', 'big')
    .wire('big.true', 'made')
    .wire('made', 'way')
    .wire('way.near', 'table')
    .wire('table', 'rest')
    .wire('rest', 'end')
    .build()
  const it = world(drawing)
  expect(it.send('go', { amount: 1 }, 'c-1')).toEqual([])
  const [run = ''] = it.send('go', { amount: 7 }, 'c-1')
  expect(it.run(run).outputs).toMatchObject({ made: { double: 14, about: ['c-1'] }, table: { size: 'big' } })
  it.advance(5_000)
  expect(it.run(run)).toMatchObject({ status: 'failed', error: { code: 'SHOWN', message: 'big for c-1' } })
})

test('a waiting step wakes for the event about the same thing only', () => {
  const drawing = flow('paid')
    .node('start', 'core.event', { type: 'ordered' })
    .node('pay', 'core.wait-event', { type: 'paid', key: 'event.data.order', match: 'event.data.order', timeout: 'PT1H' })
    .node('end', 'core.stop')
    .node('late', 'core.fail', { code: 'LATE', message: 'nobody paid' })
    .wire('start', 'pay')
    .wire('pay', 'end')
    .wire('pay.timeout', 'late')
    .build()
  const it = world(drawing)
  const [first = ''] = it.send('ordered', { order: 1 })
  const [second = ''] = it.send('ordered', { order: 2 })
  it.send('paid', { order: '1' })
  expect(it.run(first).status).toBe('succeeded')
  expect(it.run(second).status).toBe('waiting')
  it.advance(3_600_000)
  expect(it.run(second)).toMatchObject({ status: 'failed', error: { code: 'LATE' } })
})

describe('events', () => {
  const listening = (type: string) =>
    flow(`on-${type.replaceAll('.', '-').replace('*', 'all')}`)
      .node('on', 'core.event', { type, filter: 'event.data.amount > 10' })
      .node('end', 'core.transform', { value: '{% event.type %}' })
      .wire('on', 'end')
      .build()

  test('a type with a star starts a run for each type below it, and its filter still decides', () => {
    const it = world(listening('order.*'), listening('order.placed'), listening('*'))
    const flowsOf = (type: string, amount = 11) => it.send(type, { amount }).map((id) => it.run(id).flow)
    expect(flowsOf('order.placed').toSorted()).toEqual(['on-all', 'on-order-all', 'on-order-placed'])
    expect(flowsOf('order.item.added').toSorted()).toEqual(['on-all', 'on-order-all'])
    expect(flowsOf('order')).toEqual(['on-all'])
    expect(flowsOf('order.placed', 9)).toEqual([])
    const [run = ''] = it.send('order.late', { amount: 20 }).filter((id) => it.run(id).flow === 'on-order-all')
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: 'order.late' })
  })
})

describe('waiting for an event that may already be here', () => {
  const waiting = (buffered: boolean) =>
    flow('waiting')
      .node('on', 'core.event', { type: 'order.placed' })
      .node('pause', 'core.wait', { for: 'PT10S' })
      .node('paid', 'core.wait-event', { type: 'order.paid', key: '{% event.data.order %}', match: 'event.data.order', buffered })
      .node('again', 'core.wait-event', { type: 'order.paid', key: '{% event.data.order %}', match: 'event.data.order', buffered })
      .wire('on', 'pause')
      .wire('pause', 'paid')
      .wire('paid', 'again')
      .build()

  test('one that came while the run was elsewhere is taken at once, each only once', () => {
    const it = world(waiting(true))
    it.send('order.paid', { order: 1, part: 'before the run' })
    it.advance(1)
    const [run = ''] = it.send('order.placed', { order: 1 })
    it.advance(1_000)
    it.send('order.paid', { order: 2, part: 'of another order' })
    it.send('order.paid', { order: 1, part: 'first' })
    expect(it.run(run).tokens).toMatchObject({ t1: { node: 'pause' } })
    it.advance(10_000)
    expect(it.run(run)).toMatchObject({ status: 'waiting', outputs: { paid: { part: 'first' } }, tokens: { t3: { node: 'again' } } })
    it.send('order.paid', { order: 1, part: 'second' })
    expect(it.run(run)).toMatchObject({ status: 'succeeded', outputs: { again: { part: 'second' } } })
    expect(it.store.allWaits()).toEqual([])
  })

  test('two that came are taken in their order', () => {
    const it = world(waiting(true))
    const [run = ''] = it.send('order.placed', { order: 1 })
    for (const part of ['first', 'second']) it.send('order.paid', { order: 1, part })
    it.advance(10_000)
    expect(it.run(run)).toMatchObject({ status: 'succeeded', outputs: { paid: { part: 'first' }, again: { part: 'second' } } })
  })

  test('without it only what comes from then on counts', () => {
    const it = world(waiting(false))
    const [run = ''] = it.send('order.placed', { order: 1 })
    it.send('order.paid', { order: 1 })
    it.advance(10_000)
    expect(it.run(run).tokens).toMatchObject({ t2: { node: 'paid', state: 'waiting' } })
  })

  test('the event that started the run is not the one it waits for', () => {
    const again = flow('again')
      .node('on', 'core.event', { type: 'order.placed' })
      .node('next', 'core.wait-event', { type: 'order.placed', key: '{% event.subject %}', match: 'event.subject', buffered: true })
      .wire('on', 'next')
      .build()
    const it = world(again)
    const [run = ''] = it.send('order.placed', null, 'c-1')
    expect(it.run(run).status).toBe('waiting')
  })
})

describe('working calendars of the workspace', () => {
  const body = {
    label: { en: 'Shop', 'zh-CN': '门店' },
    timeZone: 'Asia/Shanghai',
    weekdays: [1, 2, 3, 4, 5, 6],
    hours: [
      [600, 720],
      [780, 1_140],
    ],
    holidays: ['2026-03-03'],
    shifted: ['2026-03-08'],
  }
  const empty = flow('empty').node('by', 'core.manual').node('end', 'core.transform', { value: 1 }).wire('by', 'end').build()
  const refused = (code: string) => expect.objectContaining({ code })
  const begin = (it: ReturnType<typeof world>, key: string) => it.command<{ run: string }>('engine.run.start', { flow: key }).run

  test('one is saved, found and removed, and each change is in the audit log', () => {
    const it = world(empty)
    expect(it.command('core.calendar.save', { id: 'shop', ...body })).toMatchObject({ id: 'shop', years: [2026, 2026] })
    expect(it.command('core.calendar.find', { id: 'shop' })).toMatchObject({ holidays: ['2026-03-03'] })
    expect(it.command('core.calendar.find', { id: 'cn' })).toMatchObject({ id: 'cn' })
    it.command('core.calendar.remove', { id: 'shop' })
    expect(it.command('core.calendar.find', { id: 'shop' })).toBeNull()
    const kinds = it.store.audited.map(({ kind }) => kind).filter((kind) => kind.startsWith('core.calendar'))
    expect(kinds).toEqual(['core.calendar-saved', 'core.calendar-removed'])
  })

  test.each([
    ['SLU_CALENDAR_SHIPPED', { id: 'cn' }],
    ['SLU_CALENDAR_INVALID', { id: 'Not a name' }],
    ['SLU_CALENDAR_INVALID', { timeZone: 'Asia/Nowhere' }],
    ['SLU_CALENDAR_INVALID', { hours: [[600, 540]] }],
    [
      'SLU_CALENDAR_INVALID',
      {
        hours: [
          [540, 720],
          [720, 1_080],
        ],
      },
    ],
    ['SLU_CALENDAR_INVALID', { holidays: ['2026-02-30'] }],
    ['SLU_CALENDAR_INVALID', { shifted: ['2026-03-03'] }],
  ])('%s refuses %j', (code, change) => {
    const it = world(empty)
    expect(() => it.command('core.calendar.save', { id: 'shop', ...body, ...change })).toThrow(refused(code))
  })

  test('a hundred are enough, and one that is not there or ships cannot be removed', () => {
    const it = world(empty)
    for (let index = 0; index < 100; index++) it.command('core.calendar.save', { id: `c${index}`, ...body })
    expect(() => it.command('core.calendar.save', { id: 'more', ...body })).toThrow(refused('SLU_CALENDAR_LIMIT'))
    it.command('core.calendar.save', { id: 'c1', ...body, holidays: [] })
    expect(() => it.command('core.calendar.remove', { id: 'more' })).toThrow(refused('SLU_CALENDAR_UNKNOWN'))
    expect(() => it.command('core.calendar.remove', { id: 'cn' })).toThrow(refused('SLU_CALENDAR_SHIPPED'))
  })

  test('a step waits by it; one that is gone fails the step by name, and a wait that has begun keeps its moment', () => {
    const waits = flow('waits')
      .node('by', 'core.manual')
      .node('wait', 'core.wait', { for: 'PT2H', calendar: 'shop' })
      .node('end', 'core.transform', { value: 1 })
      .wire('by', 'wait')
      .wire('wait', 'end')
      .build()
    const it = world(waits)
    it.command('core.calendar.save', { id: 'shop', ...body })
    // Monday at 11; the shop closes from 12 to 13.
    const run = begin(it, 'waits')
    it.command('core.calendar.remove', { id: 'shop' })
    it.advance(3 * 3_600_000 - 1)
    expect(it.run(run).status).toBe('waiting')
    it.advance(1)
    expect(it.run(run).status).toBe('succeeded')
    const failed = begin(it, 'waits')
    expect(it.run(failed)).toMatchObject({ status: 'incident', tokens: { t1: { error: { code: 'SLU_CALENDAR_UNKNOWN' } } } })
  })

  test('a schedule passes over its days off, and counts anew when the calendar changes', () => {
    const daily = flow('daily')
      .node('clock', 'core.schedule', { cron: '0 12 * * *', timeZone: 'Asia/Shanghai', calendar: 'shop' })
      .node('end', 'core.transform', { value: 1 })
      .wire('clock', 'end')
      .build()
    const it = world(daily)
    it.command('core.calendar.save', { id: 'shop', ...body })
    const node = { ...daily.nodes[0], config: daily.nodes[0]?.config ?? {} }
    it.command('core.schedule.sync', { flows: [{ key: 'daily', nodes: { clock: node } }] })
    // Monday at 12; Tuesday is a holiday, and after the change Wednesday is.
    it.advance(86_400_000 * 1.5)
    expect(it.store.runIds()).toHaveLength(1)
    it.command('core.calendar.save', { id: 'shop', ...body, holidays: ['2026-03-04'] })
    it.advance(86_400_000)
    expect(it.store.runIds()).toHaveLength(1)
    it.advance(86_400_000)
    expect(it.store.runIds()).toHaveLength(2)
  })

  test('a calendar that is saved on a holiday, or while a start is late, loses none of what was moved', () => {
    const moved = flow('moved')
      .node('clock', 'core.schedule', { cron: '0 12 3 3 *', timeZone: 'Asia/Shanghai', calendar: 'shop', onDayOff: 'next' })
      .node('end', 'core.transform', { value: 1 })
      .wire('clock', 'end')
      .build()
    const it = world(moved)
    it.command('core.calendar.save', { id: 'shop', ...body })
    const node = { ...moved.nodes[0], config: moved.nodes[0]?.config ?? {} }
    it.command('core.schedule.sync', { flows: [{ key: 'moved', nodes: { clock: node } }] })
    // Tuesday is a holiday: it comes on Wednesday at 12. In the evening of the holiday the calendar is saved again.
    it.advance(Date.parse('2026-03-03T20:00:00+08:00') - T0)
    it.command('core.calendar.save', { id: 'shop', ...body })
    expect(it.store.timers.nextDueAt()).toBe(Date.parse('2026-03-04T12:00:00+08:00'))
    it.jump(Date.parse('2026-03-04T12:30:00+08:00'))
    it.command('core.calendar.save', { id: 'shop', ...body })
    it.advance(0)
    expect(it.store.runIds()).toHaveLength(1)
  })
})

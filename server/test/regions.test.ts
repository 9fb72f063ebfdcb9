import { beforeAll, expect, test } from 'vitest'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

const flow = (key: string, nodes: readonly object[], edges: readonly (readonly [string, string])[], groups: readonly object[] = []) => ({
  format: 'sluice/flow@1',
  key,
  name: 'Regions',
  nodes,
  edges: edges.map(([from, to]) => ({ from, to })),
  groups,
})

const journal = async (run: string) =>
  (await server.ask('GET', `/api/v1/runs/${run}/journal`)).json<{ items: { kind: string; node?: string }[] }>().items

test('a list is worked through item by item, and the run says how', async () => {
  await publish(
    server,
    flow(
      'items',
      [
        { id: 'start', type: 'core.manual' },
        {
          id: 'each',
          type: 'core.for-each',
          config: { items: '{% input.orders %}', group: 'order', stopWhen: '{% vars.result > 100 %}', concurrency: 1 },
        },
        { id: 'price', type: 'core.transform', config: { value: '{% item.price * item.count %}' } },
        { id: 'all', type: 'core.stop', config: { output: '{% { "all": input } %}' } },
        { id: 'early', type: 'core.stop', config: { output: '{% { "early": input } %}' } },
      ],
      [
        ['start.out', 'each.in'],
        ['each.out', 'all.in'],
        ['each.stopped', 'early.in'],
      ],
      [{ id: 'order', nodes: ['price'] }],
    ),
  )
  const run = async (orders: unknown) => (await server.ask('POST', '/api/v1/flows/items/runs', { input: { orders }, wait: 20_000 })).json()
  const done = await run([
    { price: 10, count: 2 },
    { price: 5, count: 1 },
  ])
  expect(done).toMatchObject({ state: 'succeeded', output: { all: [20, 5] } })
  expect((await journal(done.run ?? done.id)).map(({ kind }) => kind)).toContain('each.item-started')
  expect(
    await run([
      { price: 1, count: 1 },
      { price: 60, count: 2 },
      { price: 9, count: 9 },
    ]),
  ).toMatchObject({ output: { early: [1, 120] } })
  expect(await run([])).toMatchObject({ output: { all: [] } })
})

test('whichever comes first goes on, and a group that failed leaves as a whole', async () => {
  await publish(
    server,
    flow(
      'first',
      [
        { id: 'start', type: 'core.event', config: { type: 'com.example.asked' } },
        { id: 'race', type: 'core.race' },
        { id: 'reply', type: 'core.wait-event', config: { type: 'com.example.reply', key: '{% event.subject %}', match: 'event.subject' } },
        { id: 'week', type: 'core.wait', config: { for: 'P7D' } },
        { id: 'read', type: 'core.transform', config: { value: '{% $number(input.text) %}' } },
        { id: 'pause', type: 'core.wait', config: { for: 'P1D' } },
        { id: 'unread', type: 'core.stop', config: { output: '{% { "failed": input.node } %}' } },
        { id: 'none', type: 'core.stop', config: { output: 'no reply' } },
      ],
      [
        ['start.out', 'race.in'],
        ['race.out', 'reply.in'],
        ['race.out', 'week.in'],
        ['reply.out', 'read.in'],
        ['reply.out', 'pause.in'],
        ['week.out', 'none.in'],
        ['reading.error', 'unread.in'],
      ],
      [{ id: 'reading', nodes: ['read', 'pause'] }],
    ),
  )
  const sent = await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.asked', subject: 'c-7' }))
  const [{ run }] = sent.json().runs
  expect((await server.ask('GET', `/api/v1/runs/${run}`)).json()).toMatchObject({
    state: 'waiting',
    waits: [{ node: 'reply' }, { node: 'week' }],
  })
  await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.reply', subject: 'c-7', data: { text: 'not a number' } }))
  await expect
    .poll(async () => (await server.ask('GET', `/api/v1/runs/${run}`)).json(), { timeout: 10_000 })
    .toMatchObject({ state: 'succeeded', output: { failed: 'read' }, waits: [] })
  const kinds = (await journal(run)).map(({ kind }) => kind)
  expect(kinds).toEqual(expect.arrayContaining(['race.won', 'region.ended']))
})

test('a wire across the border of a region is refused before it is published', async () => {
  const broken = flow(
    'border',
    [
      { id: 'start', type: 'core.manual' },
      { id: 'each', type: 'core.for-each', config: { items: '{% input %}', group: 'g' } },
      { id: 'in', type: 'core.transform', config: { value: 1 } },
      { id: 'out', type: 'core.stop' },
    ],
    [
      ['start.out', 'each.in'],
      ['in.out', 'out.in'],
    ],
    [{ id: 'g', nodes: ['in'] }],
  )
  await server.ask('PUT', '/api/v1/flows/border', broken)
  const { problems } = (await server.ask('POST', '/api/v1/flows/border/validate')).json()
  expect(problems).toContainEqual(expect.objectContaining({ code: 'SLU_FLOW_REGION_BORDER', severity: 'error', edge: 1 }))
  expect((await server.ask('POST', '/api/v1/flows/border/publish')).statusCode).toBe(422)
})

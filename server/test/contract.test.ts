import { beforeAll, describe, expect, test } from 'vitest'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

/** What somebody tries who knows the outer contract alone, in the first way that comes to mind. */
let server: TestServer
beforeAll(async () => {
  server = await startServer()
  await publish(server, listeningFlow('lead'))
})

const post = (url: string, body?: unknown, headers: Record<string, string> = {}) => server.ask('POST', `/api/v1${url}`, body, headers)
const get = async (url: string) => (await server.ask('GET', `/api/v1${url}`)).json()
const manual = { id: 'm', type: 'core.manual', config: {} }

function flow(key: string, nodes: readonly object[], wires: readonly string[], more: object = {}): Record<string, unknown> {
  const edges = wires.map((wire) => {
    const [from, to] = wire.split(' → ')
    return { from, to }
  })
  return { format: 'sluice/flow@1', key, name: key, nodes: [manual, ...nodes], edges, ...more }
}

describe('events', () => {
  test('a list of events in plain JSON is a batch', async () => {
    const events = [cloudEvent({ id: 'plain-1' }), cloudEvent({ id: 'plain-2' })]
    const first = await post('/events', ` ${JSON.stringify(events)}`)
    expect(first.statusCode).toBe(202)
    expect(first.json().items).toMatchObject([{ runs: [{ flow: 'lead' }] }, { runs: [{ flow: 'lead' }] }])
    const again = await post('/events', events, { 'content-type': 'application/cloudevents-batch+json' })
    expect([again.statusCode, again.body]).toEqual([200, first.body])
    const bad = await post('/events', [cloudEvent({ id: 'plain-3' }), cloudEvent({ type: '' })])
    expect([bad.statusCode, bad.json().errors[0].path]).toEqual([400, '/1/type'])
    expect((await post('/events', cloudEvent({ id: 'plain-3' }))).statusCode).toBe(202)
  })

  test('a list that is the data of an event in binary mode is its data', async () => {
    const headers = { 'ce-specversion': '1.0', 'ce-id': 'list', 'ce-source': '/b', 'ce-type': 'com.example.lead' }
    const { runs } = (await post('/events', [1, 2], headers)).json()
    expect((await get(`/runs/${runs[0].run}`)).event.data).toEqual([1, 2])
  })
})

describe('lists', () => {
  test('a cursor that no page gave is refused instead of giving the first page again', async () => {
    await post('/events', cloudEvent())
    await post('/events', cloudEvent())
    const { next } = await get('/runs?limit=1')
    expect((await server.ask('GET', `/api/v1/runs?limit=1&cursor=${next}`)).statusCode).toBe(200)
    const lists = [
      'runs',
      'tasks',
      'alerts',
      'messages',
      'withdrawals',
      'incidents',
      'dead-letters',
      'notices',
      'users',
      'people',
      'tokens',
    ]
    for (const list of lists) {
      const wrong = await server.ask('GET', `/api/v1/${list}?cursor=garbage`)
      expect([list, wrong.statusCode, wrong.json().code]).toEqual([list, 400, 'SLU_CURSOR_INVALID'])
    }
  })

  test('people and tokens come page by page too, and whole without a limit', async () => {
    for (const name of ['one', 'two', 'three']) {
      expect((await post('/tokens', { name, roles: ['director'] })).statusCode).toBe(201)
      expect(
        (await post('/users', { name, email: `${name}@example.com`, password: 'correct horse battery', roles: ['director'] })).statusCode,
      ).toBe(201)
    }
    for (const list of ['tokens', 'users', 'people']) {
      const whole = await get(`/${list}`)
      expect([whole.items.length, whole.next]).toEqual([3, null])
      const first = await get(`/${list}?limit=2`)
      const last = await get(`/${list}?limit=2&cursor=${first.next}`)
      expect([...first.items, ...last.items]).toEqual(whole.items)
      expect(last.next).toBeNull()
    }
  })
})

test.each(['node-types', 'errors', 'templates', 'roles', 'customer-fields', 'calendars'])(
  'the short list %s is whole without a limit, and page by page all of the same with one',
  async (list) => {
    const whole = await get(`/${list}`)
    expect([whole.items.length > 1, whole.next]).toEqual([true, null])
    const limit = Math.ceil(whole.items.length / 3)
    const pages: object[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: { items: object[]; next: string | null } = await get(`/${list}?limit=${limit}${next && `&cursor=${next}`}`)
      expect(page.items.length).toBeLessThanOrEqual(limit)
      pages.push(...page.items)
      next = page.next
    }
    expect(pages).toEqual(whole.items)
    for (const [query, code] of [
      ['cursor=garbage', 'SLU_CURSOR_INVALID'],
      ['limit=0', 'SLU_QUERY_INVALID'],
      ['limit=1001', 'SLU_QUERY_INVALID'],
      ['page=2', 'SLU_QUERY_INVALID'],
    ]) {
      const wrong = await server.ask('GET', `/api/v1/${list}?${query}`)
      expect([query, wrong.statusCode, wrong.json().code]).toEqual([query, 400, code])
    }
  },
)

test.each(['customers', 'withdrawals', 'permits?customer=c-1', 'runs', 'tasks', 'audit', 'flows'])(
  'the list %s refuses a limit that is no number of rows',
  async (list) => {
    const and = list.includes('?') ? '&' : '?'
    for (const limit of ['0', '-1', '1.5', 'x', '1001', '']) {
      const wrong = await server.ask('GET', `/api/v1/${list}${and}limit=${limit}`)
      expect([limit, wrong.statusCode, wrong.json().code]).toEqual([limit, 400, 'SLU_QUERY_INVALID'])
    }
  },
)

test('every list of the interface takes limit and cursor', async () => {
  const { paths } = (await server.ask('GET', '/openapi.json')).json()
  const lists = [
    'customers/{id}/consents',
    'customers/{id}/strategies',
    'flows/{key}/hooks',
    'settings/channels',
    'channels/wechat',
    'reps',
  ]
  for (const list of [...lists, 'absences', 'users', 'people', 'tokens', 'runs', 'tasks', 'flows']) {
    const { parameters = [] } = paths[`/api/v1/${list}`].get
    expect([list, parameters.map(({ name }: { name: string }) => name)]).toEqual([list, expect.arrayContaining(['limit', 'cursor'])])
  }
})

describe('conditional requests', () => {
  test('a list of ETags holds when one of them is current', async () => {
    const etag = String((await server.ask('PUT', '/api/v1/flows/listed', flow('listed', [], []))).headers.etag)
    const read = (ask: string) => server.ask('GET', '/api/v1/flows/listed', undefined, { 'if-none-match': ask })
    expect((await read(`"other", W/${etag}`)).statusCode).toBe(304)
    expect((await read('"other", "another"')).statusCode).toBe(200)
    const save = (ask: string) => server.ask('PUT', '/api/v1/flows/listed', flow('listed', [], [], { name: 'x' }), { 'if-match': ask })
    expect((await save('"other", "another"')).statusCode).toBe(412)
    expect((await save(`"other", ${etag}`)).statusCode).toBe(200)
  })
})

describe('a customer', () => {
  test('changed meanwhile is not overwritten: 412 shows both versions, for this reader', async () => {
    const { id } = (await post('/customers', { name: 'One' })).json()
    const at = `/api/v1/customers/${id}`
    const etag = String((await server.ask('GET', at)).headers.etag)
    expect((await server.ask('PATCH', at, { name: 'Two' }, { 'if-match': etag })).statusCode).toBe(200)
    const stale = await server.ask('PATCH', at, { name: 'Three' }, { 'if-match': etag })
    expect([stale.statusCode, stale.json()]).toMatchObject([
      412,
      { code: 'SLU_CRM_CHANGED', versions: { stored: { customer: { name: 'Two' } }, sent: { customer: { name: 'Three' } } } },
    ])
    expect((await server.ask('PATCH', at, { name: 'Three' }, { 'if-match': stale.json().versions.stored.etag })).statusCode).toBe(200)
    expect((await server.ask('PATCH', at, { name: 'Four' }, { 'if-match': '"never"' })).statusCode).toBe(412)
  })
})

describe('a run that has ended', () => {
  test('cannot be cancelled any more; one that was cancelled is, once and for all', async () => {
    await publish(server, flow('brief', [{ id: 'w', type: 'core.wait', config: { for: '{% input %}' } }], ['m.out → w.in']))
    const begin = async (input: string) => (await post('/flows/brief/runs', { input, wait: 5_000 })).json().run
    const late = await post(`/runs/${await begin('PT0S')}/cancel`)
    expect([late.statusCode, late.json().code]).toEqual([409, 'SLU_RUN_ENDED'])
    const waiting = (await post('/flows/brief/runs', { input: 'P1D', wait: 1 })).json().run
    for (const _ of [1, 2]) expect((await post(`/runs/${waiting}/cancel`)).json()).toMatchObject({ state: 'cancelled' })
  })
})

describe('a flow', () => {
  test('is checked as the draft stands when nothing is sent, or an empty object', async () => {
    await server.ask('PUT', '/api/v1/flows/drafted', flow('drafted', [{ id: 'a', type: 'core.transform', config: {} }], ['m.out → a.in']))
    const silent = await post('/flows/drafted/validate')
    expect(silent.json().problems).toMatchObject([{ severity: 'error', node: 'a' }])
    expect((await post('/flows/drafted/validate', '{ }')).body).toBe(silent.body)
  })

  test('that calls one that is not there is told so, and may be published first', async () => {
    const calls = (to: string) => flow('caller', [{ id: 'c', type: 'core.call', config: { flow: to, input: 1 } }], ['m.out → c.in'])
    const problems = async (to: string) => (await post('/flows/caller/validate', calls(to))).json().problems
    const stray = { code: 'SLU_FLOW_CALL_UNKNOWN', severity: 'warning', node: 'c', path: '/nodes/1/config/flow' }
    expect(await problems('called')).toMatchObject([stray])
    await publish(server, calls('called'))
    await server.ask('PUT', '/api/v1/flows/called', flow('called', [], []))
    for (const found of ['called', 'caller', '{% input %}']) expect([found, await problems(found)]).toEqual([found, []])
  })

  test('started by hand tells its run, and with a time to wait how the run stands then', async () => {
    await publish(server, flow('slow', [{ id: 'w', type: 'core.wait', config: { for: '{% input.for %}' } }], ['m.out → w.in']))
    const at = '/flows/slow/runs'
    const ended = await post(at, { input: { for: 'PT0S' }, wait: 5_000 })
    expect([ended.statusCode, ended.json()]).toMatchObject([200, { run: ended.json().id, state: 'succeeded' }])
    const waiting = await post(at, { input: { for: 'P1D' }, wait: 1 })
    expect([waiting.statusCode, waiting.json()]).toMatchObject([202, { run: waiting.json().id, state: 'waiting', waits: [{ node: 'w' }] }])
    const unwaited = await post(at, { input: { for: 'P1D' } })
    expect([unwaited.statusCode, unwaited.json()]).toEqual([202, { run: expect.any(String) }])
  })

  test('leads the failure of an item out of the for-each, by its error port', async () => {
    const steps = [
      { id: 'each', type: 'core.for-each', config: { items: '{% input %}', group: 'g', concurrency: 1 } },
      { id: 'x', type: 'core.transform', config: { value: '{% input = 2 ? $error("no") : input %}' } },
      { id: 'done', type: 'core.transform', config: { value: '{% {"done": input} %}' } },
      { id: 'failed', type: 'core.transform', config: { value: '{% {"failed": input.code, "at": input.node, "index": input.index} %}' } },
    ]
    const wires = ['m.out → each.in', 'each.out → done.in', 'each.error → failed.in']
    await publish(server, flow('items', steps, wires, { groups: [{ id: 'g', nodes: ['x'] }] }))
    const output = async (input: unknown) => (await post('/flows/items/runs', { input, wait: 5_000 })).json().output
    expect(await output([1, 3])).toEqual({ done: [1, 3] })
    expect(await output([1, 2, 3])).toEqual({ failed: 'SLU_EXPRESSION_FAILED', at: 'x', index: 1 })
  })

  test('simulated by hand needs no list of events', async () => {
    const file = flow('by-hand', [{ id: 'a', type: 'core.transform', config: { value: '{% input + 1 %}' } }], ['m.out → a.in'])
    await server.ask('PUT', '/api/v1/flows/by-hand', file)
    const { runs } = (await post('/flows/by-hand/simulate', { start: { input: 1 } })).json()
    expect(runs).toMatchObject([{ state: 'succeeded', output: 2 }])
  })

  test('simulated with events of the past plays in their time, until an instant', async () => {
    const nodes = [
      { id: 'e', type: 'core.event', config: { type: 'com.example.past' } },
      { id: 'w', type: 'core.wait', config: { for: 'P7D' } },
      { id: 't', type: 'core.transform', config: { value: '{% event.time %}' } },
    ]
    const edges = [
      { from: 'e.out', to: 'w.in' },
      { from: 'w.out', to: 't.in' },
    ]
    await server.ask('PUT', '/api/v1/flows/past', { format: 'sluice/flow@1', key: 'past', name: 'Past', nodes, edges })
    const event = (id: string, time: string) => cloudEvent({ id, type: 'com.example.past', time })
    const events = [event('b', '2026-03-05T03:00:00Z'), event('a', '2026-03-02T03:00:00Z')]
    const { runs, timeline } = (await post('/flows/past/simulate', { events, until: '2026-03-10T00:00:00Z' })).json()
    expect(runs).toMatchObject([{ state: 'succeeded', output: '2026-03-02T03:00:00.000Z' }, { state: 'waiting' }])
    expect(timeline[0].at).toBe('2026-03-02T03:00:00.000Z')
  })
})

describe('a question about consent', () => {
  const cell = (scene: string) => ({ customer: '{% input.customer %}', purpose: 'recommendation', scene })
  const ask = (id: string, scene: string) => ({ id, type: 'consent.check', config: cell(scene) })
  const send = (id: string, scene: string) => ({ id, type: 'notify.customer', config: { ...cell(scene), channel: 'sms', text: 'Hello' } })
  const problems = async (nodes: readonly object[], wires: readonly string[]) => {
    const answer = await post('/flows/asked/validate', flow('asked', nodes, wires))
    const consent = answer.json().proofs.find(({ rule }: { rule: string }) => rule === 'consent')
    const found = answer.json().problems.filter(({ severity }: { severity: string }) => severity === 'error')
    return { found, consent }
  }

  test('has to be about what is done behind it: one about another scene blocks publishing, with the way and a fix', async () => {
    const steps = [ask('may', 'test_drive'), send('quote', 'quote_push')]
    const wires = ['m.out → may.in', 'may.granted → quote.in']
    const { found, consent } = await problems(steps, wires)
    const fix = { action: 'ask-consent', data: { node: 'may', purpose: 'recommendation', scene: 'quote_push' } }
    expect(found).toMatchObject([{ code: 'SLU_FLOW_CONSENT', node: 'quote', fix }])
    expect(consent).toMatchObject({ holds: false, path: ['may', 'quote'] })
    await server.ask('PUT', '/api/v1/flows/asked', flow('asked', steps, wires))
    const refused = await post('/flows/asked/publish')
    expect([refused.statusCode, refused.json().problems[0].code]).toEqual([422, 'SLU_FLOW_CONSENT'])
  })

  test.each<[string, readonly object[], readonly string[]]>([
    ['the same use', [ask('may', 'quote_push'), send('a', 'quote_push')], ['m.out → may.in', 'may.granted → a.in']],
    ['no question: the step asks itself', [send('a', 'quote_push')], ['m.out → a.in']],
    [
      'a question that fits one step and leads to another',
      [ask('may', 'quote_push'), send('a', 'quote_push'), send('b', 'test_drive')],
      ['m.out → may.in', 'may.granted → a.in', 'a.out → b.in'],
    ],
    [
      'the right question behind a wrong one',
      [ask('no', 'test_drive'), ask('may', 'quote_push'), send('a', 'quote_push')],
      ['m.out → no.in', 'no.granted → may.in', 'may.granted → a.in'],
    ],
    [
      'what is done when another use was denied',
      [ask('may', 'test_drive'), send('a', 'quote_push')],
      ['m.out → may.in', 'may.denied → a.in'],
    ],
  ])('holds: %s', async (_name, nodes, wires) => {
    expect(await problems(nodes, wires)).toMatchObject({ found: [], consent: { holds: true } })
  })
})

test('a withdrawal stops a run that was started by hand with the customer in its input, and what it called', async () => {
  const cell = { customer: '{% input.customer %}', purpose: 'recommendation', scene: 'quote_push' }
  const send = { id: 'n', type: 'notify.customer', config: { ...cell, channel: 'sms', text: 'Hello' } }
  const wait = { id: 'w', type: 'core.wait', config: { for: 'P1D' } }
  await publish(server, flow('later', [wait, send], ['m.out → w.in', 'w.out → n.in']))
  const call = { id: 'c', type: 'core.call', config: { flow: 'later', input: '{% {"customer": input.customer.id} %}', wait: false } }
  await publish(server, flow('calling', [call], ['m.out → c.in']))
  await post('/customers', { id: 'c-by-hand', name: 'Han', fields: {} })
  await post('/consents', { customer: 'c-by-hand', purpose: 'recommendation', scene: 'quote_push' })
  const { run } = (await post('/flows/later/runs', { input: { customer: 'c-by-hand' } })).json()
  const { output } = (await post('/flows/calling/runs', { input: { customer: { id: 'c-by-hand' } }, wait: 5_000 })).json()
  const stranger = (await post('/flows/later/runs', { input: { customer: 'nobody we know' } })).json().run
  const { withdrawal } = (await post('/consents/withdraw', { customer: 'c-by-hand', all: true, channel: 'phone' })).json()
  expect((await get(`/withdrawals/${withdrawal}`)).stopped).toMatchObject({ runs: 2, timers: 2 })
  const states = await Promise.all([run, output.run, stranger].map(async (id) => (await get(`/runs/${id}`)).state))
  expect(states).toEqual(['cancelled', 'cancelled', 'waiting'])
})

describe('acting on runs', () => {
  test('running again from a node needs no second question when there is nothing to ask about', async () => {
    const { runs } = (await post('/events', cloudEvent({ data: { amount: 4 } }))).json()
    const again = await post(`/runs/${runs[0].run}/rerun-from/shape`)
    expect([again.statusCode, again.json()]).toMatchObject([201, { confirm: true, of: runs[0].run }])
    expect(await get(`/runs/${again.json().run}`)).toMatchObject({ state: 'succeeded', output: 8 })
  })

  test('what would cancel lines is asked about first, and done when it is confirmed', async () => {
    const step = { id: 'w', type: 'core.wait', config: { for: 'P1D' } }
    await publish(
      server,
      flow('standing', [{ id: 'a', type: 'core.transform', config: { value: 1 } }, step], ['m.out → a.in', 'a.out → w.in']),
    )
    const { run } = (await post('/flows/standing/runs')).json()
    const asked = await post(`/runs/${run}/rerun-from/a`)
    expect([asked.statusCode, asked.json()]).toMatchObject([200, { confirm: false, cancels: true }])
    expect((await get(`/runs/${run}`)).state).toBe('waiting')
    const done = await post(`/runs/${run}/rerun-from/a`, { confirm: true })
    expect([done.statusCode, done.json()]).toMatchObject([201, { cancelled: true }])
    expect((await get(`/runs/${run}`)).state).toBe('cancelled')
  })

  test('a bulk takes one state as a list of runs does, and acts on what fits now when only confirmed', async () => {
    const order = { action: 'cancel', filter: { flow: 'standing', state: 'waiting' } }
    expect((await post('/runs/bulk', order)).json()).toMatchObject({ confirm: false, count: 1, can: 1 })
    expect((await post('/runs/bulk', { ...order, confirm: true })).json()).toMatchObject({ confirm: true, count: 1, done: 1 })
    expect((await get('/runs?flow=standing&state=waiting')).items).toEqual([])
  })
})

test('health is told under the address of the API too', async () => {
  for (const at of ['', '/api/v1'])
    expect((await server.ask('GET', `${at}/health/live`, undefined, { authorization: '' })).json()).toEqual({ status: 'ok' })
})

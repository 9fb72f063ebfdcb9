import { CloudEvent, HTTP, Mode } from 'cloudevents'
import { beforeAll, describe, expect, test } from 'vitest'
import { tokenFor } from './helpers/people.ts'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
  await publish(server, listeningFlow('lead'))
})

const structured = { 'content-type': 'application/cloudevents+json' }

function send(event: unknown, headers: Record<string, string> = structured) {
  return server.ask('POST', '/api/v1/events', event, headers)
}

/** As the reference library writes it on the wire. */
function onTheWire(event: CloudEvent<unknown>, mode: Mode) {
  const { headers, body } = mode === Mode.BINARY ? HTTP.binary(event) : HTTP.structured(event)
  return send(body as string, headers as Record<string, string>)
}

describe('one event', () => {
  test('starts the flow that listens and is answered with its run, which is durable by then', async () => {
    const answer = await send(cloudEvent())
    expect(answer.statusCode).toBe(202)
    const { event, runs } = answer.json()
    expect(event).toMatch(/^[0-9A-Z]{26}$/)
    expect(runs).toEqual([{ flow: 'lead', run: expect.any(String) }])
    const run = await server.ask('GET', `/api/v1/runs/${runs[0].run}`)
    expect(run.json()).toMatchObject({ flow: 'lead', version: 1, state: 'succeeded', output: 42, waits: [], error: null })
  })

  test('again with the same source and id gives 200, the same answer and no new run', async () => {
    const event = cloudEvent({ id: 'twice' })
    const first = await send(event)
    const again = await send(event)
    expect([first.statusCode, again.statusCode]).toEqual([202, 200])
    expect(again.body).toBe(first.body)
  })

  test('twice at the same moment starts one run', async () => {
    const event = cloudEvent({ id: 'at-once' })
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(event)))
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1)
    expect(answers.filter(({ statusCode }) => statusCode === 202)).toHaveLength(1)
  })

  test('nobody listens to is stored and starts nothing', async () => {
    expect((await send(cloudEvent({ type: 'com.example.unheard' }))).json().runs).toEqual([])
  })

  test('keeps the attributes it came with', async () => {
    const event = cloudEvent({
      subject: 'c-7',
      time: '2026-03-02T03:00:00+08:00',
      dataschema: 'https://example.com/s',
      comexampleextension: 'x',
    })
    const { runs } = (await send(event)).json()
    const run = (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
    expect(run).toMatchObject({
      subject: 'c-7',
      event: { id: event.id, source: '/test', subject: 'c-7', time: '2026-03-02T03:00:00+08:00' },
    })
  })
})

test('a whole number that would be rounded is kept, digit by digit, as text', async () => {
  const text = JSON.stringify(cloudEvent({ data: { amount: 1 } })).replace(
    '"amount":1',
    '"amount":1,"order":12345678901234567891,"at":1772000000000000',
  )
  const { runs } = (await send(text)).json()
  const run = (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
  expect(run.event.data).toEqual({ amount: 1, order: '12345678901234567891', at: 1_772_000_000_000_000 })
})

describe('written by the cloudevents package', () => {
  const made = (id: string, data: unknown = { amount: 5 }) =>
    new CloudEvent({ id, source: '/sdk', type: 'com.example.lead', subject: '客户 1', data })

  test.each([Mode.STRUCTURED, Mode.BINARY])('%s mode is understood', async (mode) => {
    const answer = await onTheWire(made(`sdk-${mode}`), mode)
    expect(answer.statusCode).toBe(202)
    const { runs } = answer.json()
    const run = (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
    expect(run).toMatchObject({ output: 10, event: { source: '/sdk', data: { amount: 5 } } })
  })

  test.each([Mode.STRUCTURED, Mode.BINARY])('what the sender adds is kept in %s mode, and expressions read it', async (mode) => {
    await publish(server, {
      ...listeningFlow(`added-${mode}`, `com.example.added.${mode}`),
      nodes: [
        { id: 'start', type: 'core.event', config: { type: `com.example.added.${mode}`, filter: 'event.partitionkey = "k-1"' } },
        { id: 'wait', type: 'core.wait', config: { for: 'PT0S' } },
        {
          id: 'later',
          type: 'core.wait-event',
          config: { type: `com.example.added.${mode}`, key: '{% "k-0" %}', match: 'event.partitionkey', timeout: 'PT1S' },
        },
        { id: 'end', type: 'core.stop', config: { output: '{% [event.partitionkey, event.comexample, event.constructor] %}' } },
      ],
      edges: [
        { from: 'start.out', to: 'wait.in' },
        { from: 'wait.out', to: 'later.in' },
        { from: 'later.timeout', to: 'end.in' },
        { from: 'later.out', to: 'end.in' },
      ],
    })
    const added = (id: string, partitionkey: string) =>
      onTheWire(
        new CloudEvent({ id, source: '/sdk', type: `com.example.added.${mode}`, data: {}, partitionkey, comexample: 'Käse, 客户 "1"' }),
        mode,
      )
    const other = await added(`other-${mode}`, 'k-2')
    expect(other.json().runs).toEqual([])
    const { runs } = (await added(`added-${mode}`, 'k-1')).json()
    await added(`woken-${mode}`, 'k-0')
    const read = async () => (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
    await expect.poll(read).toMatchObject({
      state: 'succeeded',
      output: ['k-1', 'Käse, 客户 "1"'],
      event: { partitionkey: 'k-1', comexample: 'Käse, 客户 "1"' },
    })
    const journal = (await server.ask('GET', `/api/v1/runs/${runs[0].run}/journal`)).json().items
    expect(journal[0].entry.event ?? journal[0].data).toMatchObject({ partitionkey: 'k-1' })
  })

  test('the same event in both modes is one event', async () => {
    const first = await onTheWire(made('both-modes'), Mode.BINARY)
    const again = await onTheWire(made('both-modes'), Mode.STRUCTURED)
    expect(again.statusCode).toBe(200)
    expect(again.body).toBe(first.body)
  })
})

describe('binary mode', () => {
  const headers = { 'ce-specversion': '1.0', 'ce-source': '/b', 'ce-type': 'com.example.lead', 'content-type': 'application/json' }

  test('decodes percent-encoded attributes', async () => {
    const answer = await send('{"amount":1}', { ...headers, 'ce-id': 'b-1', 'ce-subject': '%E5%AE%A2%E6%88%B7' })
    const run = (await server.ask('GET', `/api/v1/runs/${answer.json().runs[0].run}`)).json()
    expect(run.subject).toBe('客户')
  })

  test('keeps bytes as Base64 and never reads them as JSON', async () => {
    const answer = await send(Buffer.from('{"amount":1}'), {
      ...headers,
      'ce-id': 'b-2',
      'ce-type': 'com.bytes',
      'content-type': 'application/octet-stream',
    })
    expect(answer.statusCode).toBe(202)
  })

  test('needs its attributes like any other', async () => {
    const answer = await send('{}', { ...headers, 'ce-id': '' })
    expect(answer.json()).toMatchObject({ code: 'SLU_EVENT_INVALID', errors: [{ path: '/id' }] })
  })
})

describe('a batch', () => {
  const batch = { 'content-type': 'application/cloudevents-batch+json' }

  test('is taken whole and answered in order', async () => {
    const answer = await send([cloudEvent({ id: 'x1' }), cloudEvent({ id: 'x2', type: 'com.example.unheard' })], batch)
    expect(answer.statusCode).toBe(202)
    expect(answer.json().items.map(({ runs }: { runs: unknown[] }) => runs.length)).toEqual([1, 0])
    expect((await send([cloudEvent({ id: 'x1' })], batch)).statusCode).toBe(200)
  })

  test('with one wrong event changes nothing and names it', async () => {
    const answer = await send([cloudEvent({ id: 'y1' }), cloudEvent({ id: '' })], batch)
    expect(answer.json()).toMatchObject({ status: 400, code: 'SLU_EVENT_INVALID', errors: [{ path: '/1/id' }] })
    expect((await send(cloudEvent({ id: 'y1' }))).statusCode).toBe(202)
  })

  test('of more than a thousand is refused', async () => {
    const answer = await send(
      Array.from({ length: 1_001 }, (_, index) => cloudEvent({ id: `z${index}` })),
      batch,
    )
    expect(answer.json()).toMatchObject({ status: 413, code: 'SLU_EVENT_BATCH_SIZE' })
  })

  test('that is empty is fine', async () => {
    expect((await send([], batch)).json()).toEqual({ items: [] })
  })
})

describe('a broken event is refused with the attribute named', () => {
  test.each([
    ['/specversion', { specversion: '0.3' }],
    ['/specversion', { specversion: undefined }],
    ['/id', { id: undefined }],
    ['/id', { id: '' }],
    ['/id', { id: 7 }],
    ['/id', { id: 'x'.repeat(201) }],
    ['/id', { id: 'a\u0000b' }],
    ['/source', { source: '' }],
    ['/type', { type: null }],
    ['/subject', { subject: '' }],
    ['/subject', { subject: { id: 1 } }],
    ['/time', { time: 'yesterday' }],
    ['/time', { time: '2026-13-02T03:00:00Z' }],
    ['/time', { time: '2026-02-30T03:00:00Z' }],
    ['/time', { time: 1_700_000_000 }],
    ['/dataschema', { dataschema: 'not a uri' }],
    ['/datacontenttype', { datacontenttype: 'json' }],
    ['/data_base64', { data_base64: 'eA==' }],
    ['/Extension', { Extension: 'x' }],
    ['/extension', { extension: { nested: true } }],
    ['/extension', { extension: 'x'.repeat(10_001) }],
    ['/extension', { extension: 'a\u0007b' }],
    ['/g', Object.fromEntries([...'abcdefgh'].map((name) => [name, 'x'.repeat(9_999)]))],
    ['/e50', Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`e${at}`, 'x']))],
  ])('%s %o', async (path, change) => {
    const answer = await send(cloudEvent(change))
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'SLU_EVENT_INVALID', errors: [{ path }] })
  })

  test.each([['null'], ['[]'], ['"event"'], ['1']])('%s is no event', async (body) => {
    expect((await send(body)).json()).toMatchObject({ status: 400, code: 'SLU_EVENT_INVALID' })
  })

  test('and all its mistakes are told at once, in the reader’s language', async () => {
    const answer = await send({}, { ...structured, 'accept-language': 'zh-CN' })
    expect(answer.json().errors.map(({ path, message }: { path: string; message: string }) => `${path} ${message}`)).toEqual([
      '/specversion 须为 "1.0"',
      '/id 缺失',
      '/source 缺失',
      '/type 缺失',
    ])
  })
})

test('nobody forges an event of Sluice itself', async () => {
  const forged = cloudEvent({ type: 'sluice.consent.changed', subject: 'c-1', data: { change: 'granted' } })
  expect((await send(forged)).json()).toMatchObject({ status: 403, code: 'SLU_EVENT_TYPE_RESERVED' })
})

test('a token of the role sender can send events and nothing else', async () => {
  const sender = await tokenFor(server, 'sender')
  expect((await send(cloudEvent(), { ...structured, ...sender })).statusCode).toBe(202)
  expect((await server.ask('GET', '/api/v1/flows', undefined, sender)).statusCode).toBe(403)
})

test('plain text is no event', async () => {
  expect((await send('hello', { 'content-type': 'text/plain' })).json()).toMatchObject({ status: 415, code: 'SLU_MEDIA_TYPE_REFUSED' })
})

test('an event beyond a mebibyte is refused', async () => {
  const answer = await send(cloudEvent({ data: 'x'.repeat(1024 * 1024) }))
  expect(answer.json()).toMatchObject({ status: 413, code: 'SLU_BODY_TOO_LARGE' })
})

describe('a name that stands twice in one object', () => {
  const twice = '{"specversion":"1.0","id":"twice-1","source":"/t","type":"lead","data":{"rows":[{"amount":1,"time":"10:00","amount" :2}]}}'
  const path = '/data/rows/0/amount'
  const binary = { 'ce-specversion': '1.0', 'ce-id': 'twice-2', 'ce-source': '/t', 'ce-type': 'lead' }

  test.each([
    ['a structured event', twice, structured, path],
    ['an event as plain JSON', twice, { 'content-type': 'application/json' }, path],
    ['a batch', `[${JSON.stringify(cloudEvent())},${twice}]`, { 'content-type': 'application/cloudevents-batch+json' }, `/1${path}`],
    ['the data of an event in binary mode', '{"a":1,"\\u0061":2}', { 'content-type': 'application/json', ...binary }, '/a'],
  ])('%s is refused with its path, and nothing of it is taken', async (_what, body, headers, at) => {
    const before = (await server.ask('GET', '/api/v1/runs?limit=1000')).json().items.length
    const answer = await server.ask('POST', '/api/v1/events', body, { ...headers, 'accept-language': 'zh-CN' })
    expect(answer.json()).toMatchObject({ status: 400, code: 'SLU_BODY_NAME_REPEATED', detail: `${at} 出现了两次` })
    expect(answer.json().errors).toEqual([{ path: at, message: expect.stringContaining('只有一个会生效') }])
    expect((await server.ask('GET', '/api/v1/runs?limit=1000')).json().items).toHaveLength(before)
  })

  test.each([
    ['POST', '/api/v1/consents', '{"customer":"c-1","customer":"c-2"}', '/customer'],
    ['POST', '/api/v1/tasks/t-1/answer', '{"action":"reject","action":"approve","data":{},"shownHash":"sha256:0"}', '/action'],
    ['POST', '/api/v1/flows/lead/runs', '{"input":{"customer":{"id":1,"id":2}}}', '/input/customer/id'],
    ['PUT', '/api/v1/settings/retention', '{"runDays":1,"runDays":400,"runsMax":1000}', '/runDays'],
  ])('is refused by %s %s', async (method, url, body, at) => {
    const answer = await server.ask(method as 'POST', url, body, { 'content-type': 'application/json' })
    expect(answer.json()).toMatchObject({ status: 400, code: 'SLU_BODY_NAME_REPEATED', errors: [{ path: at }] })
  })

  test('is no matter where two objects have it, or a text only looks like it', async () => {
    const data = { a: { a: ':":', b: '{"x":1,"x":2}' }, b: ':', ':': '\\":' }
    const { runs } = (await send(cloudEvent({ data }))).json()
    const run = (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
    expect(run.event.data).toEqual(data)
  })
})

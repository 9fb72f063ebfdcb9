import { beforeAll, describe, expect, test } from 'vitest'
import { nameOf } from '../src/http/routes/flows.ts'
import { signedIn } from './helpers/people.ts'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

const url = (key: string) => `/api/v1/flows/${key}`

describe('a draft', () => {
  test('is stored as the writer writes it and comes back byte for byte with its ETag', async () => {
    const made = await server.ask('PUT', url('draft'), listeningFlow('draft'))
    expect(made.statusCode).toBe(201)
    const read = await server.ask('GET', url('draft'))
    expect(read.body).toBe(made.body)
    expect(read.headers.etag).toBe(made.headers.etag)
    const again = await server.ask('PUT', url('draft'), read.body)
    expect([again.statusCode, again.headers.etag]).toEqual([200, made.headers.etag])
    expect((await server.ask('GET', url('draft'), undefined, { 'if-none-match': String(read.headers.etag) })).statusCode).toBe(304)
  })

  test('that was changed meanwhile is not overwritten: 412 shows both versions', async () => {
    const first = await server.ask('PUT', url('shared'), listeningFlow('shared'))
    const mine = { ...listeningFlow('shared'), name: 'Mine' }
    const theirs = { ...listeningFlow('shared'), name: 'Theirs' }
    const etag = String(first.headers.etag)
    expect((await server.ask('PUT', url('shared'), theirs, { 'if-match': etag })).statusCode).toBe(200)
    const stale = await server.ask('PUT', url('shared'), mine, { 'if-match': etag })
    expect(stale.json()).toMatchObject({
      status: 412,
      code: 'SLU_PRECONDITION_FAILED',
      versions: { stored: { flow: { name: 'Theirs' } }, sent: { flow: { name: 'Mine' } } },
    })
    expect((await server.ask('GET', url('shared'))).json().name).toBe('Theirs')
    const current = String((await server.ask('GET', url('shared'))).headers.etag)
    expect((await server.ask('PUT', url('shared'), mine, { 'if-match': current })).statusCode).toBe(200)
  })

  test('that must be new is not put over another', async () => {
    await server.ask('PUT', url('taken'), listeningFlow('taken'))
    expect((await server.ask('PUT', url('taken'), listeningFlow('taken'), { 'if-none-match': '*' })).statusCode).toBe(412)
  })

  test.each([
    ['an unknown field', { surprise: 1 }, '/surprise'],
    ['a newer format', { format: 'sluice/flow@2' }, '/format'],
    ['another key than the address', { key: 'other' }, '/key'],
    ['positions that are no numbers', { nodes: [{ id: 'a', type: 'core.manual', at: ['x', 1] }], edges: [] }, '/nodes/0/at/0'],
    [
      'ids twice',
      {
        nodes: [
          { id: 'a', type: 'core.manual' },
          { id: 'a', type: 'core.stop' },
        ],
        edges: [],
      },
      '/nodes/1/id',
    ],
  ])('with %s is refused with the path', async (_name, change, path) => {
    const answer = await server.ask('PUT', url('broken'), { ...listeningFlow('broken'), ...change })
    expect(answer.statusCode).toBe(422)
    expect(answer.json().errors.map((error: { path: string }) => error.path)).toContain(path)
    expect((await server.ask('GET', url('broken'))).statusCode).toBe(404)
  })

  test('with an unknown node type is kept and shown, and cannot be published', async () => {
    const flow = {
      ...listeningFlow('foreign'),
      nodes: [
        { id: 'start', type: 'core.event', config: { type: 'x' } },
        { id: 'odd', type: 'acme.magic' },
      ],
      edges: [{ from: 'start.out', to: 'odd.in' }],
    }
    expect((await server.ask('PUT', url('foreign'), flow)).statusCode).toBe(201)
    const answer = await server.ask('POST', `${url('foreign')}/publish`)
    expect(answer.json()).toMatchObject({ status: 422, code: 'SLU_FLOW_PROBLEMS' })
    expect(answer.json().problems.some((problem: { node?: string }) => problem.node === 'odd')).toBe(true)
    expect(answer.json().errors).toContainEqual({ path: '/nodes/1/type', message: expect.stringContaining('acme.magic') })
  })

  test('has its problems said in the language of the reader', async () => {
    const flow = { ...listeningFlow('spoken'), edges: [] }
    const said = async (language: string) => {
      const answer = await server.ask('POST', `${url('spoken')}/validate`, flow, { 'accept-language': language })
      return answer.json().problems[0] as { message: string; fix: { says: string } }
    }
    expect(await said('zh-CN')).toMatchObject({ message: expect.stringMatching(/还没有接上下一步/), fix: { says: '连接' } })
    expect(await said('en')).toMatchObject({ message: expect.stringMatching(/leads nowhere/), fix: { says: 'Connect' } })
  })

  test('is checked without being saved, and an empty body checks what is stored', async () => {
    const broken = { ...listeningFlow('draft'), edges: [] }
    const unsaved = (await server.ask('POST', `${url('draft')}/validate`, broken)).json()
    expect(unsaved.problems.length).toBeGreaterThan(0)
    const stored = (await server.ask('POST', `${url('draft')}/validate`)).json()
    expect(stored.problems.filter((problem: { severity: string }) => problem.severity === 'error')).toEqual([])
    expect(stored.proofs.every((proof: { holds: boolean }) => proof.holds)).toBe(true)
  })
})

describe('publishing', () => {
  test('makes versions that never change, and rolls back to one', async () => {
    const flow = (factor: number) => {
      const made = listeningFlow('versions', 'com.example.versioned') as { nodes: { id: string; config: Record<string, unknown> }[] }
      const nodes = made.nodes.map((node) =>
        node.id === 'shape' ? { ...node, config: { value: `{% event.data.amount * ${factor} %}` } } : node,
      )
      return { ...made, nodes } as Record<string, unknown>
    }
    const outputNow = async () => {
      const { runs } = (
        await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.versioned', data: { amount: 1 } }), {
          'content-type': 'application/cloudevents+json',
        })
      ).json()
      const run = (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
      return { version: run.version, output: run.output }
    }
    await publish(server, { ...flow(2), key: 'versions' })
    expect(await outputNow()).toEqual({ version: 1, output: 2 })
    await publish(server, { ...flow(3), key: 'versions' })
    expect(await outputNow()).toEqual({ version: 2, output: 3 })
    expect((await server.ask('POST', `${url('versions')}/versions/1/activate`)).json()).toMatchObject({ version: 1, active: true })
    expect(await outputNow()).toEqual({ version: 1, output: 2 })
    const { items } = (await server.ask('GET', `${url('versions')}/versions`)).json()
    expect(items.map(({ version, active }: { version: number; active: boolean }) => [version, active])).toEqual([
      [2, false],
      [1, true],
    ])
    expect((await server.ask('GET', `${url('versions')}/versions/2`)).body).toContain('* 3')
    expect((await server.ask('GET', `${url('versions')}/status`)).json()).toMatchObject({ active: 1, versions: 2 })
  })

  test('of a version that does not exist is refused', async () => {
    for (const version of ['99', '0', '-1', 'latest']) {
      expect((await server.ask('POST', `${url('versions')}/versions/${version}/activate`)).json()).toMatchObject({
        status: 404,
        code: 'SLU_FLOW_VERSION_UNKNOWN',
      })
    }
  })

  test('can be taken back: the flow starts nothing until it is activated again', async () => {
    await publish(server, listeningFlow('paused', 'com.example.paused'))
    await server.ask('POST', `${url('paused')}/deactivate`)
    const send = async () =>
      (
        await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.paused' }), {
          'content-type': 'application/cloudevents+json',
        })
      ).json().runs
    expect(await send()).toEqual([])
    await server.ask('POST', `${url('paused')}/versions/1/activate`)
    expect(await send()).toHaveLength(1)
  })

  test('deleting a flow stops it and keeps what its runs are explained by', async () => {
    await publish(server, listeningFlow('gone', 'com.example.gone'))
    const { runs } = (
      await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.gone' }), {
        'content-type': 'application/cloudevents+json',
      })
    ).json()
    expect((await server.ask('DELETE', url('gone'))).statusCode).toBe(204)
    expect((await server.ask('GET', url('gone'))).statusCode).toBe(404)
    expect((await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json().state).toBe('succeeded')
    expect((await server.ask('GET', `${url('gone')}/versions/1`)).statusCode).toBe(200)
  })

  test('is written into the audit log', async () => {
    const { items } = (await server.ask('GET', '/api/v1/audit?kind=flow.published')).json()
    expect(items[0]).toMatchObject({ kind: 'flow.published', actor: { kind: 'token' } })
    expect((await server.ask('GET', '/api/v1/audit/verify')).json()).toMatchObject({ ok: true })
  })
})

describe('starting by hand', () => {
  const byHand = {
    format: 'sluice/flow@1',
    key: 'by-hand',
    name: 'By hand',
    nodes: [
      {
        id: 'start',
        type: 'core.manual',
        config: {
          input: {
            type: 'object',
            required: ['amount'],
            properties: { amount: { type: 'integer', minimum: 1 } },
            additionalProperties: false,
          },
        },
      },
      { id: 'end', type: 'core.stop', config: { output: '{% input.amount + 1 %}' } },
    ],
    edges: [{ from: 'start.out', to: 'end.in' }],
  }
  beforeAll(() => publish(server, byHand))

  test('answers at once, or with the run when asked to wait', async () => {
    const start = (body: unknown) => server.ask('POST', `${url('by-hand')}/runs`, body)
    const quick = await start({ input: { amount: 1 } })
    expect([quick.statusCode, Object.keys(quick.json())]).toEqual([202, ['run']])
    const waited = await start({ input: { amount: 1 }, wait: 5_000 })
    expect([waited.statusCode, waited.json()]).toMatchObject([200, { state: 'succeeded', output: 2, flow: 'by-hand' }])
  })

  test('refuses input that the trigger does not ask for', async () => {
    const answer = await server.ask('POST', `${url('by-hand')}/runs`, { input: { amount: 0, extra: 1 } })
    expect(answer.json()).toMatchObject({ status: 422, code: 'SLU_RUN_INPUT_INVALID' })
    expect(
      answer
        .json()
        .errors.map((error: { path: string }) => error.path)
        .toSorted(),
    ).toEqual(['/input/amount', '/input/extra'])
  })

  test('refuses a flow that is not published, and one that does not exist', async () => {
    await server.ask('PUT', url('only-draft'), listeningFlow('only-draft'))
    expect((await server.ask('POST', `${url('only-draft')}/runs`)).json()).toMatchObject({ status: 409, code: 'SLU_FLOW_NOT_ACTIVE' })
    expect((await server.ask('POST', `${url('never-was')}/runs`)).json()).toMatchObject({ status: 404, code: 'SLU_FLOW_UNKNOWN' })
  })
})

describe('runs', () => {
  const waiting = {
    format: 'sluice/flow@1',
    key: 'waiting',
    name: 'Waiting',
    nodes: [
      { id: 'start', type: 'core.manual' },
      { id: 'pause', type: 'core.wait', config: { for: 'P30D' } },
    ],
    edges: [{ from: 'start.out', to: 'pause.in' }],
  }
  beforeAll(() => publish(server, waiting))

  test('that wait say for what and until when, and can be cancelled once', async () => {
    const { run } = (await server.ask('POST', `${url('waiting')}/runs`)).json()
    const seen = (await server.ask('GET', `/api/v1/runs/${run}`)).json()
    expect(seen).toMatchObject({
      state: 'waiting',
      endedAt: null,
      waits: [{ node: 'pause', kind: 'timer', dueAt: expect.stringMatching(/Z$/) }],
    })
    expect((await server.ask('POST', `/api/v1/runs/${run}/cancel`, { reason: 'test' })).json()).toMatchObject({
      state: 'cancelled',
      waits: [],
    })
    expect((await server.ask('GET', `/api/v1/runs?flow=waiting&state=cancelled`)).json().items).toHaveLength(1)
  })

  test('explain themselves entry by entry', async () => {
    const { run } = (await server.ask('POST', '/api/v1/flows/by-hand/runs', { input: { amount: 4 } })).json()
    const { items, next } = (await server.ask('GET', `/api/v1/runs/${run}/journal`)).json()
    expect(items.map((item: { kind: string }) => item.kind)).toEqual(['run.started', 'node.completed', 'run.succeeded'])
    expect(items.map((item: { seq: number }) => item.seq)).toEqual([1, 2, 3])
    expect(items[0]).toMatchObject({ node: 'start', at: expect.stringMatching(/Z$/), data: { amount: 4 } })
    expect(next).toBeNull()
    const page = (await server.ask('GET', `/api/v1/runs/${run}/journal?limit=2`)).json()
    expect([page.items.length, page.next]).toEqual([2, '2'])
    expect((await server.ask('GET', `/api/v1/runs/${run}/journal?limit=2&cursor=2`)).json().items).toHaveLength(1)
  })

  test('are listed newest first, page by page, without gaps or repetition', async () => {
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const { items, next } = (await server.ask('GET', `/api/v1/runs?limit=3${cursor}`)).json()
      seen.push(...items.map((item: { id: string }) => item.id))
      if (next === null) break
      cursor = `&cursor=${next}`
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.toSorted().toReversed()).toEqual(seen)
  })

  test('that do not exist are not found, whatever is asked of them', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/journal'],
      ['POST', '/cancel'],
      ['POST', '/retry'],
    ] as const) {
      expect((await server.ask(method, `/api/v1/runs/01HZZZZZZZZZZZZZZZZZZZZZZZ${path}`)).json()).toMatchObject({
        status: 404,
        code: 'SLU_RUN_UNKNOWN',
      })
    }
  })
})

describe('an Idempotency-Key', () => {
  const keyed = (key: string) => ({ 'idempotency-key': key })

  test('gives the same answer again and starts nothing twice', async () => {
    const start = () => server.ask('POST', `${url('by-hand')}/runs`, { input: { amount: 1 } }, keyed('start-1'))
    const [first, again] = [await start(), await start()]
    expect(again.body).toBe(first.body)
    expect([first.statusCode, again.statusCode]).toEqual([202, 202])
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(again.headers.location).toBe(first.headers.location)
  })

  test('with another body is refused', async () => {
    await server.ask('POST', `${url('by-hand')}/runs`, { input: { amount: 1 } }, keyed('start-2'))
    const other = await server.ask('POST', `${url('by-hand')}/runs`, { input: { amount: 2 } }, keyed('start-2'))
    expect(other.json()).toMatchObject({ status: 422, code: 'SLU_IDEMPOTENCY_KEY_REUSED' })
  })

  test('used at the same moment does the work once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => server.ask('POST', `${url('by-hand')}/runs`, { input: { amount: 1 } }, keyed('at-once'))),
    )
    const done = answers.filter(({ statusCode }) => statusCode === 202)
    expect(done.length).toBeGreaterThan(0)
    expect(new Set(done.map(({ body }) => body)).size).toBe(1)
    for (const { statusCode } of answers) expect([202, 409]).toContain(statusCode)
  })

  test('belongs to its caller: the same key of another one is another request', async () => {
    const { token } = (await server.ask('POST', '/api/v1/tokens', { name: 'other', roles: ['analyst'] })).json()
    const mine = await server.ask('POST', `${url('by-hand')}/runs`, { input: { amount: 1 } }, keyed('shared-key'))
    const theirs = await server.ask(
      'POST',
      `${url('by-hand')}/runs`,
      { input: { amount: 1 } },
      { ...keyed('shared-key'), authorization: `Bearer ${token}` },
    )
    expect(theirs.json().run).not.toBe(mine.json().run)
  })

  test('keeps no answer that holds a secret', async () => {
    const make = () => server.ask('POST', '/api/v1/tokens', { name: 'x', roles: ['sender'] }, keyed('token-1'))
    expect((await make()).json().token).not.toBe((await make()).json().token)
  })

  test('that is not printable is refused', async () => {
    expect((await server.ask('POST', `${url('by-hand')}/runs`, {}, keyed('x'.repeat(201)))).json()).toMatchObject({
      status: 400,
      code: 'SLU_IDEMPOTENCY_KEY_INVALID',
    })
  })

  test('whose answer was lost in a crash repeats the result of its command', async () => {
    const { id, request } = { id: 'lost', request: 'body' }
    const once = { id, request, index: 0, name: 'runs.start', payload: { flow: 'by-hand', input: { amount: 1 } } }
    const actor = { kind: 'system', id: 'test' } as const
    const first = await server.door.command('idempotency.once', once, actor)
    expect(await server.door.command('idempotency.once', once, actor)).toEqual(first)
  })
})

test('nobody waits for a run that stands still', async () => {
  const stuck = {
    ...listeningFlow('stuck'),
    nodes: [
      { id: 'start', type: 'core.manual' },
      { id: 'shape', type: 'core.transform', config: { value: '{% $error("no") %}' } },
    ],
    edges: [{ from: 'start.out', to: 'shape.in' }],
  }
  await publish(server, stuck)
  const asked = Date.now()
  const answer = await server.ask('POST', '/api/v1/flows/stuck/runs', { wait: 30_000 })
  expect([answer.statusCode, answer.json()]).toMatchObject([202, { run: expect.any(String), state: 'incident' }])
  expect(Date.now() - asked).toBeLessThan(15_000)
})

test('the list of runs says of each that stands still what it waits for, or why it stopped', async () => {
  const steps = (key: string, type: string, config: Record<string, unknown>) => ({
    ...listeningFlow(key),
    nodes: [
      { id: 'start', type: 'core.manual' },
      { id: 'stand', type, config },
    ],
    edges: [{ from: 'start.out', to: 'stand.in' }],
  })
  await publish(server, steps('stands', 'core.wait', { for: 'PT2H' }))
  await publish(server, steps('stops', 'core.transform', { value: '{% $error("no") %}' }))
  for (const key of ['stands', 'stops']) await server.ask('POST', `/api/v1/flows/${key}/runs`, {})
  const line = async (key: string) => (await server.ask('GET', `/api/v1/runs?flow=${key}`)).json().items[0]
  const waiting = await line('stands')
  expect(waiting).toMatchObject({ state: 'waiting', waits: [{ node: 'stand', kind: 'timer' }], error: null })
  expect(Date.parse(waiting.waits[0].dueAt) - Date.parse(waiting.startedAt)).toBe(7_200_000)
  const stopped = await line('stops')
  expect(stopped).toMatchObject({ state: 'incident', waits: [{ node: 'stand', kind: 'incident' }], error: { node: 'stand' } })
  await server.ask('POST', `/api/v1/runs/${waiting.id}/cancel`)
  expect(await line('stands')).toMatchObject({ state: 'cancelled', waits: [] })
})

test('who edited last is a name, also for tokens and for Sluice itself', async () => {
  const { token } = (await server.ask('POST', '/api/v1/tokens', { name: 'Pipeline', roles: ['analyst'] })).json()
  await server.ask('PUT', url('by-machine'), listeningFlow('by-machine'), { authorization: `Bearer ${token}` })
  expect(nameOf(server.door, 'start')).toBe('Sluice')
  const { items } = (await server.ask('GET', '/api/v1/flows?limit=200')).json()
  expect(items.find(({ key }: { key: string }) => key === 'by-machine').updatedBy).toBe('Pipeline')
})

test('flows are found by a part of their key or of a name in either language, by state, and page by page', async () => {
  const named = (key: string, en: string, zh: string) => ({ ...listeningFlow(key), name: { en, 'zh-CN': zh } })
  await server.ask('PUT', url('found-a'), named('found-a', 'Ｗide Café', '宽字符'))
  await server.ask('PUT', url('found-b'), named('found-b', '100 % off', '打折'))
  await server.ask('PUT', url('found-c'), named('found-c', 'Plain', '折扣'))
  const keys = async (query: string) => {
    const { items, next } = (await server.ask('GET', `/api/v1/flows?${query}`)).json()
    return { keys: items.map(({ key }: { key: string }) => key), next }
  }
  const find = async (words: string, rest = '') => (await keys(`query=${encodeURIComponent(words)}${rest}`)).keys
  expect(await find('FOUND-')).toEqual(['found-a', 'found-b', 'found-c'])
  expect(await find('wide cafe')).toEqual(['found-a'])
  expect(await find('折')).toEqual(['found-b', 'found-c'])
  // Nothing in the words is a pattern.
  expect(await find('0 %')).toEqual(['found-b'])
  expect(await find('f_und')).toEqual([])
  expect(await keys('query=found-&limit=2')).toEqual({ keys: ['found-a', 'found-b'], next: 'found-b' })
  expect(await keys('query=found-&limit=2&cursor=found-b')).toEqual({ keys: ['found-c'], next: null })
  await server.ask('POST', `${url('found-b')}/publish`, {})
  expect(await find('found-', '&state=active')).toEqual(['found-b'])
  expect(await find('found-', '&state=draft')).toEqual(['found-a', 'found-c'])
  expect(await keys('query=found-&state=draft&limit=1')).toEqual({ keys: ['found-a'], next: 'found-a' })
  await server.ask('PUT', url('found-c'), { ...named('found-c', 'Renamed', '改名'), nodes: [], edges: [] })
  expect(await find('plain')).toEqual([])
  expect(await find('renamed', '&state=failing')).toEqual(['found-c'])
  await server.ask('DELETE', url('found-a'))
  expect(await find('found-')).toEqual(['found-b', 'found-c'])
  expect((await server.ask('GET', '/api/v1/flows?state=asleep')).statusCode).toBe(400)
})

test('a called flow is looked into where it is published: its personal data is on the wire behind the call', async () => {
  const drawn = (key: string, type: string, config: object) => ({
    format: 'sluice/flow@1',
    key,
    name: key,
    nodes: [
      { id: 'start', type: 'core.manual' },
      { id: 'step', type, config },
      { id: 'end', type: 'core.stop' },
    ],
    edges: [
      { from: 'start.out', to: 'step.in' },
      { from: 'step.out', to: 'end.in' },
    ],
  })
  const caller = drawn('caller', 'core.call', { flow: 'looked-up', input: 1 })
  const labelOf = async () => (await server.ask('POST', `${url('caller')}/validate`, caller)).json().labels[1]
  expect(await labelOf()).toMatchObject({ categories: [] })
  const reads = { customer: '{% event.subject %}', purpose: 'recommendation', scene: 'quote_push' }
  await publish(server, drawn('looked-up', 'crm.get-customer', reads))
  expect(await labelOf()).toMatchObject({ subject: 'identifying', purposes: ['recommendation'], scenes: ['quote_push'] })
})

test('the status of a flow says whether its draft is what is live', async () => {
  const status = async () => (await server.ask('GET', '/api/v1/flows/compared/status')).json()
  const flow = listeningFlow('compared')
  await server.ask('PUT', '/api/v1/flows/compared', flow)
  expect(await status()).toMatchObject({ active: null, changed: null })
  await publish(server, flow)
  expect(await status()).toMatchObject({ active: 1, changed: false })
  await server.ask('PUT', '/api/v1/flows/compared', { ...flow, name: { en: 'Renamed', 'zh-CN': '改名' } })
  expect(await status()).toMatchObject({ active: 1, changed: true })
  const listed = (await server.ask('GET', '/api/v1/flows')).json().items
  expect(listed.find(({ key }: { key: string }) => key === 'compared')).toMatchObject({ active: 1, changed: true })
  await server.ask('PUT', '/api/v1/flows/compared', flow)
  expect(await status()).toMatchObject({ changed: false })
})

describe('where a flow lies and who owns it', () => {
  const folders = '/api/v1/flow-folders'
  const listed = async (query: string, who?: Record<string, string>) =>
    (await server.ask('GET', `/api/v1/flows?${query}`, undefined, who)).json().items.map(({ key }: { key: string }) => key)

  test('a flow lies in one folder at the most, is found by it, and its draft stays as it was', async () => {
    const saved = await server.ask('PUT', url('lies-here'), listeningFlow('lies-here'))
    await server.ask('PUT', url('lies-there'), listeningFlow('lies-there'))
    const made = await server.ask('POST', folders, { name: ' 售后 Aftersales ' })
    expect(made.statusCode).toBe(201)
    expect(made.json()).toMatchObject({ name: '售后 Aftersales', flows: 0 })
    const { id } = made.json()
    const other = (await server.ask('POST', folders, { name: 'Other' })).json().id
    await server.ask('PATCH', url('lies-here'), { folder: other })
    expect((await server.ask('PATCH', url('lies-here'), { folder: id })).json()).toMatchObject({ folder: id })
    expect(await listed(`folder=${id}`)).toEqual(['lies-here'])
    expect(await listed(`folder=${other}`)).toEqual([])
    expect(await listed('folder=none&query=lies')).toEqual(['lies-there'])
    expect((await server.ask('GET', url('lies-here'))).headers.etag).toBe(saved.headers.etag)
    // Saved again it stays where it lies.
    await server.ask('PUT', url('lies-here'), { ...listeningFlow('lies-here'), name: 'Elsewhere' })
    expect(await listed(`folder=${id}&query=elsewhere`)).toEqual(['lies-here'])
    const all = (await server.ask('GET', folders)).json()
    expect(all.items.find((each: { id: string }) => each.id === id).flows).toBe(1)
    expect(all.flows - all.loose).toBe(1)

    expect((await server.ask('PATCH', `${folders}/${id}`, { name: 'Service' })).json()).toMatchObject({ name: 'Service', flows: 1 })
    expect((await server.ask('DELETE', `${folders}/${id}`)).statusCode).toBe(204)
    expect(await listed('folder=none&query=lies')).toEqual(['lies-here', 'lies-there'])
  })

  test('folders by one name, folders that are none, and people that are none are refused by name', async () => {
    const { id } = (await server.ask('POST', folders, { name: 'Twice' })).json()
    expect((await server.ask('POST', folders, { name: 'ＴＷＩＣＥ' })).json()).toMatchObject({ status: 409, code: 'SLU_FOLDER_TAKEN' })
    expect((await server.ask('PATCH', `${folders}/${id}`, { name: 'twice' })).statusCode).toBe(200)
    expect((await server.ask('POST', folders, { name: '  ' })).statusCode).toBe(422)
    await server.ask('PUT', url('placed'), listeningFlow('placed'))
    expect((await server.ask('PATCH', url('placed'), { folder: 'no' })).json().code).toBe('SLU_FOLDER_UNKNOWN')
    expect((await server.ask('PATCH', url('placed'), { owner: 'no' })).json().code).toBe('SLU_OWNER_UNKNOWN')
    expect((await server.ask('PATCH', url('placed'), {})).statusCode).toBe(422)
    expect((await server.ask('PATCH', url('not-there'), { folder: null })).json().code).toBe('SLU_FLOW_UNKNOWN')
  })

  test('no more folders than can be read in a list', async () => {
    let answer = await server.ask('POST', folders, { name: 'first of many' })
    for (let count = 0; count < 200 && answer.statusCode === 201; count += 1)
      answer = await server.ask('POST', folders, { name: `f ${count}` })
    expect(answer.json()).toMatchObject({ status: 409, code: 'SLU_FOLDER_LIMIT' })
  })

  test('whoever makes a flow owns it until it is given to somebody else, which the audit log keeps', async () => {
    const person = async (role: 'analyst' | 'developer') => {
      const headers = await signedIn(server, role)
      const { id, name } = (await server.ask('GET', '/api/v1/session', undefined, headers)).json().user
      return { id, name, headers }
    }
    const [ann, ben] = [await person('analyst'), await person('developer')]
    await server.ask('PUT', url('anns'), listeningFlow('anns'), ann.headers)
    expect(await listed('owner=me', ann.headers)).toEqual(['anns'])
    await server.ask('PUT', url('anns'), { ...listeningFlow('anns'), name: 'By Ben' }, ben.headers)
    expect(await listed('owner=me', ben.headers)).toEqual([])
    const given = await server.ask('PATCH', url('anns'), { owner: ben.id }, ann.headers)
    expect(given.json()).toMatchObject({ owner: { id: ben.id, name: ben.name } })
    expect(await listed(`owner=${ben.id}`)).toEqual(['anns'])
    expect(await listed('owner=me', ann.headers)).toEqual([])
    const [entry] = (await server.ask('GET', '/api/v1/audit?kind=flow.owner-changed')).json().items
    expect(entry).toMatchObject({ actor: { id: ann.id }, refs: { flow: 'anns', person: ben.id } })
    await server.ask('PATCH', url('anns'), { owner: null })
    expect(await listed('owner=none&query=anns')).toEqual(['anns'])
  })

  test('the list says from when on it counted today', async () => {
    const { todayFrom } = (await server.ask('GET', '/api/v1/flows')).json()
    expect(Date.now() - Date.parse(todayFrom)).toBeLessThan(25 * 3_600_000)
    expect(new Date(todayFrom).getHours()).toBe(0)
  })
})

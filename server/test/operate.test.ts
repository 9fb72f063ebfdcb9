import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn, tokenFor } from './helpers/people.ts'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

const runUrl = (id: string, rest = '') => `/api/v1/runs/${id}${rest}`

/** Fails at `check` unless the event says `ok`; then it hands the amount on. */
function checking(key: string, message = 'no stock'): Record<string, unknown> {
  return {
    format: 'sluice/flow@1',
    key,
    name: { en: 'Check', 'zh-CN': '检查' },
    nodes: [
      { id: 'start', type: 'core.event', config: { type: `com.example.${key}` } },
      { id: 'check', name: { en: 'Add it up', 'zh-CN': '求和' }, type: 'core.transform', config: { value: '{% event.data.amount + 1 %}' } },
      { id: 'pause', type: 'core.wait', config: { for: 'P1D' } },
      { id: 'end', type: 'core.transform', config: { value: message } },
    ],
    edges: [
      { from: 'start.out', to: 'check.in' },
      { from: 'check.out', to: 'pause.in' },
      { from: 'pause.out', to: 'end.in' },
    ],
  }
}

async function send(type: string, data: unknown, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await server.ask('POST', '/api/v1/events', cloudEvent({ type, data, ...more }))
  return answer.json().runs[0]?.run ?? ''
}

const state = async (run: string) => (await server.ask('GET', runUrl(run))).json().state

describe('a stuck run', () => {
  test('is listed as an incident with its cause and its fix, in the reader’s language', async () => {
    await publish(server, checking('stuck'))
    const run = await send('com.example.stuck', { amount: 'x' })
    expect(await state(run)).toBe('incident')
    const listed = (await server.ask('GET', '/api/v1/incidents?flow=stuck')).json().items
    expect(listed).toMatchObject([{ run, node: 'check', label: { en: 'Add it up', 'zh-CN': '求和' }, attempt: 1, retryHelps: false }])
    expect(listed[0].cause).toMatch(/\w/)
    const chinese = await server.ask('GET', '/api/v1/incidents?flow=stuck', undefined, { 'accept-language': 'zh-CN' })
    expect(chinese.json().items[0].fix).toMatch(/[\u4e00-\u9fff]/)
  })

  test('tells what happened in the reader’s language, the figures included', async () => {
    const run = await send('com.example.stuck', { amount: 'x' })
    const { error } = (await server.ask('GET', runUrl(run))).json()
    expect(error).toMatchObject({ code: 'SLU_EXPRESSION_FAILED', message: expect.stringContaining('/value: ') })
    // People are told the field by its name; its path is for programs.
    expect(error.text).toEqual({
      en: error.message.replace('/value', '“Value”'),
      'zh-CN': expect.stringMatching(/^「取值」：.*[\u4e00-\u9fff]/),
    })
    const journal = (await server.ask('GET', runUrl(run, '/journal'))).json().items
    expect(journal.find(({ kind }: { kind: string }) => kind === 'node.failed').entry.error.text).toEqual(error.text)
    const listed = await server.ask('GET', `/api/v1/incidents?run=${run}`, undefined, { 'accept-language': 'zh-CN' })
    expect(listed.json().items).toMatchObject([{ message: error.text['zh-CN'] }])
  })

  test('every code that a journal may hold is worded for the reader, by one route', async () => {
    const words = async (language: string) =>
      (await server.ask('GET', '/api/v1/errors', undefined, { 'accept-language': language })).json().items
    const find = (items: readonly { code: string }[]) => items.find(({ code }) => code === 'SLU_NODE_TIMEOUT')
    expect(find(await words('en'))).toMatchObject({ says: 'The step took longer than its time limit', retryHelps: true })
    expect(find(await words('zh-CN'))).toMatchObject({ says: '步骤超出时限', hint: expect.stringContaining('请') })
  })

  test('goes on when its step is skipped with a stated output; the audit log says who did it', async () => {
    const run = await send('com.example.stuck', { amount: 'x' })
    expect((await server.ask('POST', runUrl(run, '/skip'), { node: 'check', data: 1 })).statusCode).toBe(422)
    const skip = { node: 'check', data: 7, reason: 'counted by hand' }
    expect((await server.ask('POST', runUrl(run, '/skip'), { ...skip, node: 'end' })).json().code).toBe('SLU_SKIP_STEP')
    expect((await server.ask('POST', runUrl(run, '/skip'), { ...skip, port: 'sideways' })).json().code).toBe('SLU_SKIP_PORT')
    const answer = await server.ask('POST', runUrl(run, '/skip'), skip)
    expect(answer.json()).toMatchObject({ state: 'waiting', waits: [{ node: 'pause' }] })
    const entries = (await server.ask('GET', runUrl(run, '/journal'))).json().items
    expect(entries.map(({ kind }: { kind: string }) => kind)).toContain('node.skipped')
    const audit = (await server.ask('GET', '/api/v1/audit?kind=run.step-skipped')).json().items
    expect(audit[0]).toMatchObject({ refs: { run, node: 'check' } })
    expect((await server.ask('POST', runUrl(run, '/skip'), { ...skip, node: 'pause' })).json().state).toBe('succeeded')
  })
})

describe('running again from a node', () => {
  test('says first what would happen, acts once when that is confirmed, and links both runs', async () => {
    await publish(server, listeningFlow('again', 'com.example.again'))
    const run = await send('com.example.again', { amount: 21 })
    const url = runUrl(run, '/rerun-from/shape')
    const preview = (await server.ask('POST', url, { confirm: false })).json()
    expect(preview).toMatchObject({ confirm: false, run, node: 'shape', effects: [], cancels: false })
    expect((await server.ask('POST', url, { confirm: true, shown: 'sha256:0' })).json().code).toBe('SLU_RERUN_CHANGED')
    const headers = { 'idempotency-key': 'again-1' }
    const confirmed = await server.ask('POST', url, { confirm: true, shown: preview.shown, reason: 'twice' }, headers)
    expect(confirmed.statusCode).toBe(201)
    const repeated = await server.ask('POST', url, { confirm: true, shown: preview.shown, reason: 'twice' }, headers)
    expect(repeated.json()).toEqual(confirmed.json())
    const made = confirmed.json().run
    expect((await server.ask('GET', runUrl(made))).json()).toMatchObject({
      state: 'succeeded',
      output: 42,
      rerunOf: { run, node: 'shape' },
      event: { data: { amount: 21 } },
    })
    expect((await server.ask('GET', runUrl(run))).json().reruns).toEqual([{ run: made, node: 'shape' }])
    expect((await server.ask('POST', url, { confirm: true, shown: preview.shown })).json().code).toBe('SLU_RERUN_CHANGED')
  })

  test('whoever started a run stays its author when somebody else takes it up again, also when it has ended', async () => {
    const analyst = await signedIn(server, 'analyst')
    const sent = await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.again', data: { amount: 3 } }), analyst)
    const [{ run }] = sent.json().runs
    const { run: made } = (await server.ask('POST', runUrl(run, '/rerun-from/shape'), { confirm: true })).json()
    const [first] = (await server.ask('GET', runUrl(made, '/journal'))).json().items
    const { user } = (await server.ask('GET', '/api/v1/session', undefined, analyst)).json()
    expect(first).toMatchObject({ kind: 'run.forked', entry: { authors: [user.id] } })
  })

  test('at a step the run never came to, or of a run that is none, is refused', async () => {
    const run = await send('com.example.again', { amount: 1 })
    expect((await server.ask('POST', runUrl(run, '/rerun-from/nowhere'))).json().code).toBe('SLU_RERUN_NODE')
    expect((await server.ask('POST', runUrl('none', '/rerun-from/shape'))).json().code).toBe('SLU_RUN_UNKNOWN')
  })
})

describe('another version', () => {
  test('takes a run over only when asked, shown and confirmed; publishing alone moves nothing', async () => {
    await publish(server, checking('mover', 'old'))
    const run = await send('com.example.mover', { amount: 1 })
    await publish(server, checking('mover', 'new'))
    expect((await server.ask('GET', runUrl(run))).json().version).toBe(1)
    const preview = (await server.ask('POST', runUrl(run, '/move'), { version: 2 })).json()
    expect(preview).toMatchObject({ can: true, obstacles: [], from: 1, to: 2 })
    const stale = await server.ask('POST', runUrl(run, '/move'), { version: 2, confirm: true, shown: 'sha256:0' })
    expect(stale.json().code).toBe('SLU_MOVE_CHANGED')
    const moved = await server.ask('POST', runUrl(run, '/move'), { version: 2, confirm: true, shown: preview.shown })
    expect(moved.json()).toMatchObject({ version: 2, state: 'waiting' })
    const same = await server.ask('POST', runUrl(run, '/move'), { version: 2 })
    expect(same.json()).toMatchObject({ can: false, obstacles: [{ kind: 'same-version' }] })
    const { shown } = same.json()
    expect((await server.ask('POST', runUrl(run, '/move'), { version: 2, confirm: true, shown })).json().code).toBe('SLU_MOVE_REFUSED')
    expect((await server.ask('POST', runUrl(run, '/skip'), { node: 'pause', data: null, reason: 'on' })).json().output).toBe('new')
  })
})

describe('in bulk', () => {
  const bulk = (body: unknown) => server.ask('POST', '/api/v1/runs/bulk', body)

  test('runs of a filter are counted and shown first, then each gets its own result', async () => {
    await publish(server, checking('many'))
    const runs = [
      await send('com.example.many', { amount: 'x' }),
      await send('com.example.many', { amount: 'y' }),
      await send('com.example.many', { amount: 3 }),
    ]
    const filter = { flow: 'many', state: ['incident'] }
    const preview = (await bulk({ action: 'retry', filter })).json()
    expect(preview).toMatchObject({ confirm: false, count: 2, can: 2, more: false })
    expect(await state(runs[0] ?? '')).toBe('incident')
    const all = (await bulk({ action: 'cancel', filter: { flow: 'many' } })).json()
    expect(all.count).toBe(3)
    await server.ask('POST', runUrl(runs[2] ?? '', '/cancel'))
    const stale = await bulk({ action: 'cancel', filter: { flow: 'many' }, confirm: true, shown: all.shown })
    expect(stale.json().code).toBe('SLU_BULK_CHANGED')
    const done = (await bulk({ action: 'retry', filter, confirm: true, shown: preview.shown, reason: 'mended' })).json()
    expect(done).toMatchObject({ confirm: true, count: 2, done: 2, failed: 0 })
    expect(done.results.map(({ run }: { run: string }) => run).sort()).toEqual(runs.slice(0, 2).sort())
    expect((await server.ask('GET', '/api/v1/audit?kind=runs.bulk')).json().items).toHaveLength(1)
  })

  test('each run is moved that can be, and the others are named', async () => {
    await publish(server, checking('shift', 'old'))
    const waiting = await send('com.example.shift', { amount: 1 })
    const stuck = await send('com.example.shift', { amount: 'x' })
    const next = checking('shift', 'new') as { nodes: { id: string }[]; edges: { from: string; to: string }[] }
    const nodes = next.nodes.filter(({ id }) => id !== 'check')
    await publish(server, {
      ...next,
      nodes,
      edges: [
        { from: 'start.out', to: 'pause.in' },
        { from: 'pause.out', to: 'end.in' },
      ],
    })
    const order = { action: 'move', filter: { flow: 'shift' }, version: 2 }
    const preview = (await bulk(order)).json()
    expect(preview).toMatchObject({ count: 2, can: 1 })
    const done = (await bulk({ ...order, confirm: true, shown: preview.shown })).json()
    expect(done.results).toContainEqual({ run: waiting, ok: true, code: null })
    expect(done.results).toContainEqual({ run: stuck, ok: false, code: 'SLU_MOVE_REFUSED' })
    expect((await server.ask('GET', runUrl(stuck))).json().version).toBe(1)
  })

  test('runs that are cancelled may undo what their steps did, and only a cancel may ask for it', async () => {
    const trip = {
      format: 'sluice/flow@1',
      key: 'trip',
      name: 'Trip',
      nodes: [
        { id: 'start', type: 'core.event', config: { type: 'com.example.trip' } },
        { id: 'book', type: 'core.transform', config: { value: 'seat' } },
        { id: 'later', type: 'core.wait', config: { for: 'P1D' } },
        { id: 'unbook', type: 'core.transform', config: { value: '{% input.output %}' } },
      ],
      edges: [
        { from: 'start.out', to: 'book.in' },
        { from: 'book.out', to: 'later.in' },
        { from: 'book.undo', to: 'unbook.in' },
      ],
    }
    await publish(server, trip)
    const runs = [await send('com.example.trip', {}), await send('com.example.trip', {})]
    const order = { action: 'cancel', filter: { flow: 'trip' }, compensate: true }
    const { shown } = (await bulk(order)).json()
    const plain = { action: 'cancel', filter: { flow: 'trip' } }
    expect((await bulk({ ...plain, confirm: true, shown })).json().code).toBe('SLU_BULK_CHANGED')
    expect((await bulk({ ...order, confirm: true, shown })).json()).toMatchObject({ done: 2, failed: 0 })
    for (const run of runs) {
      await expect.poll(() => state(run)).toBe('cancelled')
      const kinds = (await server.ask('GET', runUrl(run, '/journal'))).json().items.map(({ kind }: { kind: string }) => kind)
      expect(kinds).toContain('undo.step-done')
    }
    const wrong = await bulk({ action: 'retry', filter: { flow: 'trip' }, compensate: true })
    expect(wrong.json()).toMatchObject({ code: 'SLU_BODY_INVALID', errors: [{ path: '/compensate' }] })
  })

  test('nothing happens without a filter, or to a move without its flow', async () => {
    expect((await bulk({ action: 'cancel', filter: {} })).json().code).toBe('SLU_BULK_FILTER')
    expect((await bulk({ action: 'move', filter: { state: ['waiting'] }, version: 2 })).json().code).toBe('SLU_BULK_FILTER')
  })
})

describe('a paused flow', () => {
  test('holds new runs before their first step, says so, refuses a start by hand, and goes on', async () => {
    await publish(server, listeningFlow('slow', 'com.example.slow'))
    const paused = await server.ask('POST', '/api/v1/flows/slow/pause', { reason: 'stocktaking' })
    expect(paused.json()).toMatchObject({ paused: { mode: 'hold', reason: 'stocktaking', held: 0 } })
    const run = await send('com.example.slow', { amount: 1 })
    expect(await state(run)).toBe('running')
    expect((await server.ask('GET', '/api/v1/flows/slow/status')).json().paused).toMatchObject({ held: 1 })
    expect((await server.ask('POST', '/api/v1/flows/slow/runs', { trigger: 'start' })).json().code).toBe('SLU_FLOW_PAUSED')
    expect((await server.ask('POST', '/api/v1/flows/slow/resume')).json()).toEqual({ paused: null, released: 1 })
    await expect.poll(() => state(run), { timeout: 10_000 }).toBe('succeeded')
  })

  test('that refuses keeps its events; they are delivered again on the version that is active then', async () => {
    await publish(server, listeningFlow('shut', 'com.example.shut'))
    await server.ask('POST', '/api/v1/flows/shut/pause', { mode: 'refuse' })
    expect(await send('com.example.shut', { amount: 4 })).toBe('')
    const [letter] = (await server.ask('GET', '/api/v1/dead-letters?reason=paused')).json().items
    expect(letter).toMatchObject({ flow: 'shut', type: 'com.example.shut', state: 'open', content: { data: { amount: 4 } } })
    const again = () => server.ask('POST', `/api/v1/dead-letters/${letter.id}/redeliver`)
    expect((await again()).json().code).toBe('SLU_FLOW_PAUSED')
    await server.ask('POST', '/api/v1/flows/shut/resume')
    const run = (await again()).json().runs[0].run
    expect((await server.ask('GET', runUrl(run))).json()).toMatchObject({ state: 'succeeded', output: 8 })
    expect((await again()).json().code).toBe('SLU_LETTER_CLOSED')
  })
})

test('an event nobody listens to is kept, named as such, and can be put away', async () => {
  await send('com.example.unheard', { amount: 1 })
  const [letter] = (await server.ask('GET', '/api/v1/dead-letters?type=com.example.unheard')).json().items
  expect(letter).toMatchObject({ reason: 'nobody', flow: null })
  const url = `/api/v1/dead-letters/${letter.id}`
  expect((await server.ask('POST', `${url}/redeliver`)).json().code).toBe('SLU_LETTER_UNWANTED')
  expect((await server.ask('POST', `${url}/dismiss`, { reason: 'a test' })).json().state).toBe('dismissed')
  expect((await server.ask('GET', '/api/v1/dead-letters?type=com.example.unheard')).json().items).toEqual([])
  expect((await server.ask('POST', '/api/v1/dead-letters/none/redeliver')).json().code).toBe('SLU_LETTER_UNKNOWN')
})

test('the histogram counts the runs of a filter by when they began', async () => {
  await publish(server, listeningFlow('counted', 'com.example.counted'))
  await send('com.example.counted', { amount: 1 })
  await send('com.example.counted', { amount: 2 })
  const from = new Date(Date.now() - 3_600_000).toISOString()
  const to = new Date(Date.now() + 60_000).toISOString()
  const { items } = (await server.ask('GET', `/api/v1/runs/histogram?flow=counted&from=${from}&to=${to}&slots=10`)).json()
  expect(items).toHaveLength(10)
  expect(items.reduce((sum: number, slot: { succeeded: number }) => sum + slot.succeeded, 0)).toBe(2)
  expect(items.at(-1)).toMatchObject({ succeeded: 2, live: 0, troubled: 0 })
})

test('each act of an operator stands in the audit log, with who did it', async () => {
  await publish(server, checking('told'))
  await server.ask('POST', runUrl(await send('com.example.told', { amount: 'x' }), '/retry'))
  await server.ask('POST', runUrl(await send('com.example.told', { amount: 1 }), '/cancel'))
  const acts = ['step-skipped', 'rerun', 'moved', 'retried', 'cancelled'].map((act) => `run.${act}`)
  const all = [...acts, 'runs.bulk', 'flow.paused', 'flow.resumed', 'event.redelivered', 'event.dismissed']
  const found = await Promise.all(all.map(async (kind) => (await server.ask('GET', `/api/v1/audit?kind=${kind}`)).json().items[0]))
  expect(found.map((entry) => [entry?.kind, entry?.actor.kind])).toEqual(all.map((kind) => [kind, 'token']))
})

test('who may only look cannot operate', async () => {
  const headers = await tokenFor(server, 'director')
  const run = await send('com.example.again', { amount: 1 })
  for (const [url, body] of [
    [runUrl(run, '/rerun-from/shape'), undefined],
    [runUrl(run, '/skip'), { node: 'shape', data: 1, reason: 'x' }],
    ['/api/v1/runs/bulk', { action: 'cancel', filter: { flow: 'again' } }],
    ['/api/v1/flows/again/pause', undefined],
  ] as const)
    expect((await server.ask('POST', url, body, headers)).statusCode).toBe(403)
})

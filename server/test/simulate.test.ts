import { beforeAll, describe, expect, test } from 'vitest'
import { simulationPool } from '../src/simulation/pool.ts'
import { tokenFor } from './helpers/people.ts'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

interface Line {
  readonly kind: string
  readonly outcome?: {
    readonly run: string | null
    readonly replayed: boolean
    readonly why: string | null
    readonly changes: string[]
    readonly after: { readonly output: unknown } | null
  }
  readonly totals?: {
    readonly events: number
    readonly replayed: number
    readonly changed: number
    readonly notReplayed: Record<string, number>
    readonly acts: Record<string, { before: number; after: number }>
  }
}

/** Asks a person before it goes on, and tells the customer when it may. */
const asking = {
  format: 'sluice/flow@1',
  key: 'asking',
  name: { en: 'Ask', 'zh-CN': '询问' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.ask' } },
    { id: 'may', type: 'consent.check', config: { customer: '{% event.subject %}', purpose: 'recommendation', scene: 'quote_push' } },
    { id: 'wait', type: 'core.wait', config: { for: 'P2D' } },
    { id: 'yes', type: 'core.transform', config: { value: 'may do' } },
    { id: 'no', type: 'core.transform', config: { value: 'may not' } },
  ],
  edges: [
    { from: 'start.out', to: 'may.in' },
    { from: 'may.granted', to: 'wait.in' },
    { from: 'wait.out', to: 'yes.in' },
    { from: 'may.denied', to: 'no.in' },
  ],
}

describe('simulating a draft', () => {
  const simulate = (body: unknown, key = 'asking', headers = {}) => server.ask('POST', `/api/v1/flows/${key}/simulate`, body, headers)
  const event = { type: 'com.example.ask', subject: 'c-sim', data: {} }
  beforeAll(async () => {
    await server.ask('PUT', '/api/v1/flows/asking', asking)
  })

  test('gives its timeline on a virtual clock, with consent as it is given, and stores nothing', async () => {
    const denied = (await simulate({ events: [event] })).json()
    expect(denied.runs).toMatchObject([{ state: 'succeeded', output: 'may not' }])
    const consents = [{ customer: 'c-sim', purpose: 'recommendation', scene: 'quote_push' }]
    const granted = (await simulate({ events: [event], consents, startAt: '2026-03-01T00:00:00Z' })).json()
    expect(granted.runs).toMatchObject([{ state: 'succeeded', output: 'may do' }])
    expect(granted.endedAt).toBe('2026-03-03T00:00:00.000Z')
    expect(granted.timeline.map((item: { kind: string; node: string }) => item.node ?? item.kind)).toContain('yes')
    expect(granted.timeline[0]).toMatchObject({ seq: 1, kind: 'run.started', node: 'start' })
    expect((await server.ask('GET', '/api/v1/runs?flow=asking')).json().items).toEqual([])
    expect((await server.ask('GET', '/api/v1/customers/c-sim')).statusCode).toBe(404)
  })

  test('an approval about money leads on with what was put, and the money step takes its receipt', async () => {
    const flow = {
      format: 'sluice/flow@1',
      key: 'spending',
      name: 'Spending',
      nodes: [
        { id: 'start', type: 'core.event', config: { type: 'com.example.ask' } },
        {
          id: 'veto',
          type: 'approvals.veto',
          config: { value: '{% {"customer": event.subject, "amount": 5000, "currency": "CNY"} %}', approver: 'role:director' },
        },
        {
          id: 'pay',
          type: 'crm.apply-discount',
          config: {
            customer: '{% nodes.veto.value.customer %}',
            amount: '{% nodes.veto.value.amount %}',
            currency: '{% nodes.veto.value.currency %}',
            receipt: '{% nodes.veto.receipt %}',
          },
        },
      ],
      edges: [
        { from: 'start.out', to: 'veto.in' },
        { from: 'veto.approved', to: 'pay.in' },
      ],
    }
    const asked = { flow, events: [event], answers: [{ node: 'veto', action: 'approved', data: {} }] }
    const approved = (await simulate(asked, 'spending')).json()
    expect(approved.runs).toMatchObject([{ state: 'succeeded', error: null }])
    // Data that somebody wrote says otherwise: a receipt that nobody issued is refused.
    const forged = { ...asked, answers: [{ node: 'veto', action: 'approved', data: { receipt: 'made-up' } }] }
    expect((await simulate(forged, 'spending')).json().runs).toMatchObject([{ error: { code: 'SLU_RECEIPT_UNKNOWN' } }])
  })

  test('takes mocks and answers, ends at until, and tries a flow that is not saved', async () => {
    const mocked = (await simulate({ events: [event], mocks: { may: { port: 'granted', data: { mocked: true } } }, until: 'P1D' })).json()
    expect(mocked.runs).toMatchObject([{ state: 'waiting', waits: [{ node: 'wait', kind: 'timer' }] }])
    const nodes = asking.nodes.map((node) => (node.id === 'no' ? { ...node, config: { value: 'changed' } } : node))
    expect((await simulate({ events: [event], flow: { ...asking, nodes } })).json().runs[0].output).toBe('changed')
    expect((await server.ask('GET', '/api/v1/flows/asking')).json().nodes).toMatchObject(asking.nodes)
  })

  test('begins by hand, and a mock that is real from the second time on', async () => {
    const flow = {
      format: 'sluice/flow@1',
      key: 'by-hand',
      name: { en: 'By hand', 'zh-CN': '手动' },
      nodes: [
        { id: 'start', type: 'core.manual', config: {} },
        { id: 'wait', type: 'core.wait', config: { for: 'PT1H' } },
        { id: 'done', type: 'core.transform', config: { value: '{% input.n + 1 %}' } },
      ],
      edges: [
        { from: 'start.out', to: 'wait.in' },
        { from: 'wait.out', to: 'done.in' },
      ],
    }
    const told = { events: [], start: { trigger: 'start', input: { n: 1 } }, flow }
    expect((await simulate(told, 'by-hand')).json().runs).toMatchObject([{ state: 'succeeded', output: 2 }])
    const mocks = { done: [{ data: 'first' }, { real: true }] }
    expect((await simulate({ ...told, mocks }, 'by-hand')).json().runs[0].output).toBe('first')
    expect((await simulate({ ...told, mocks: { done: [{ real: true }] } }, 'by-hand')).json().runs[0].output).toBe(2)
    expect((await simulate({ ...told, start: { trigger: 'gone' } }, 'by-hand')).statusCode).toBe(404)
  })

  const ticking = (trigger: object) => ({
    ...asking,
    nodes: [
      { id: 'start', ...trigger },
      { id: 'end', type: 'core.stop', config: { output: '{% now %}' } },
    ],
    edges: [{ from: 'start.out', to: 'end.in' }],
  })
  const outputs = async (body: object) => (await simulate(body)).json().runs.map(({ output }: { output: unknown }) => output)

  test('when nothing else begins it, its schedule does, in virtual time and its own zone', async () => {
    const flow = ticking({ type: 'core.schedule', config: { cron: '30 2 * * *', timeZone: 'Europe/Berlin' } })
    const days = { flow, startAt: '2027-03-26T12:00:00Z', until: '2027-03-30T00:00:00Z' }
    expect(await outputs(days)).toEqual(['2027-03-27T01:30:00.000Z', '2027-03-28T01:00:00.000Z', '2027-03-29T00:30:00.000Z'])
    expect(await outputs({ ...days, start: { input: null } })).toHaveLength(1)
  })

  test('a date of a given customer begins it too', async () => {
    const flow = ticking({
      type: 'crm.date-field',
      config: { field: 'contract_end', when: 'before', days: 3, at: '09:00', timeZone: 'UTC' },
    })
    const customers = [{ id: 'c-ends', fields: { contract_end: '2026-03-10' } }]
    const year = { flow, customers, startAt: '2026-03-01T00:00:00Z' }
    expect(await outputs({ ...year, until: 'P10D' })).toEqual(['2026-03-07T09:00:00.000Z'])
  })

  test('an event may say all that CloudEvents lets it say of its data', async () => {
    const said = { specversion: '1.0', id: 'e-1', source: '/s', datacontenttype: 'application/json', dataschema: 'https://example.com/s' }
    expect(await outputs({ events: [{ ...event, ...said }] })).toEqual(['may not'])
  })

  test('refuses what it cannot read or play, and who may not write flows', async () => {
    expect((await simulate({ events: [{ ...event, after: 'PX' }] })).statusCode).toBe(422)
    expect((await simulate({ events: [event], surprise: 1 })).statusCode).toBe(422)
    expect((await simulate({ events: [event], flow: { ...asking, edges: [{ from: 'start.out', to: 'gone.in' }] } })).json().code).toBe(
      'SLU_FLOW_PROBLEMS',
    )
    const consents = [{ customer: 'c-sim', purpose: 'world_domination', scene: 'quote_push' }]
    expect((await simulate({ events: [event], consents })).statusCode).toBe(422)
    expect((await simulate({ events: [event] }, 'asking', await tokenFor(server, 'director'))).statusCode).toBe(403)
  })

  test('a simulation that takes too long is ended, and the next one runs', async () => {
    const pool = simulationPool({ timeMs: 1 })
    const flow = {
      key: 'f',
      version: 0,
      digest: 'd',
      nodes: {},
      triggers: [],
      onError: 'incident',
      timeoutMs: null,
      settings: { dedupe: null },
    } as const
    const order = {
      kind: 'simulate',
      flow,
      others: [],
      start: null,
      events: [],
      answers: [],
      mocks: {},
      customers: [],
      consents: [],
      startAt: 0,
      until: null,
    } as const
    const many = { ...order, customers: Array.from({ length: 3_000 }, (_, index) => ({ id: `c-${index}` })) }
    await expect(pool.run(many)).rejects.toMatchObject({ code: 'SLU_SIMULATION_TOO_LONG' })
    const crowd = await Promise.allSettled(Array.from({ length: 20 }, () => pool.run(order)))
    const codes = crowd.map((one) => (one.status === 'rejected' ? one.reason.code : 'done'))
    expect(codes).toContain('SLU_SIMULATION_BUSY')
    await pool.close()
  })
})

describe('replaying real events against a draft', () => {
  const replay = async (key: string, body: unknown = {}): Promise<readonly Line[]> => {
    const answer = await server.ask('POST', `/api/v1/flows/${key}/replay`, body)
    return answer.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  }

  test('an unchanged flow would have done the same; a changed one says for each run what differs', async () => {
    const flow = listeningFlow('past', 'com.example.past') as { nodes: { id: string; config: object }[] }
    await publish(server, flow as never)
    const runs: string[] = []
    for (const amount of [1, 2, 3]) {
      const answer = await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.past', data: { amount } }))
      runs.push(answer.json().runs[0].run)
    }
    const same = await replay('past')
    expect(same.map(({ kind }) => kind)).toEqual(['begin', 'outcome', 'outcome', 'outcome', 'progress', 'end'])
    expect(same.at(-1)?.totals).toMatchObject({ events: 3, replayed: 3, changed: 0, notReplayed: {} })
    const nodes = flow.nodes.map((node) =>
      node.id === 'shape' ? { ...node, config: { value: '{% event.data.amount > 2 ? 0 : event.data.amount * 2 %}' } } : node,
    )
    const changed = await replay('past', { flow: { ...flow, nodes } })
    expect(changed.at(-1)?.totals).toMatchObject({ replayed: 3, changed: 1 })
    const [different] = changed.flatMap(({ outcome }) => (outcome !== undefined && outcome.changes.length > 0 ? [outcome] : []))
    expect(different).toMatchObject({ run: runs[2], changes: ['output'], after: { output: 0 } })
    expect((await server.ask('GET', '/api/v1/runs?flow=past')).json().items).toHaveLength(3)
  })

  test('consent counts as it stood at the time of the event, not as it stands now', async () => {
    await publish(server, {
      ...asking,
      key: 'then',
      nodes: asking.nodes.filter(({ id }) => id !== 'wait'),
      edges: [
        { from: 'start.out', to: 'may.in' },
        { from: 'may.granted', to: 'yes.in' },
        { from: 'may.denied', to: 'no.in' },
      ],
    })
    await server.ask('POST', '/api/v1/customers', { id: 'c-then', name: 'Then', fields: {} })
    const cell = { customer: 'c-then', purpose: 'recommendation', scene: 'quote_push' }
    const send = async () =>
      (await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.ask', subject: 'c-then', data: {} }))).json().runs[0].run
    const before = await send()
    await server.ask('POST', '/api/v1/consents', { ...cell, scope: 'standing', session: null, act: 'button', language: 'en' })
    const between = await send()
    await server.ask('POST', '/api/v1/consents/withdraw', { customer: 'c-then', all: true, channel: 'preference_page' })
    const afterwards = await send()
    const draft = (await server.ask('GET', '/api/v1/flows/then')).json()
    // The check is a new step to the replay, so that nothing recorded answers for it.
    const text = JSON.stringify(draft).replaceAll('"may"', '"asks"').replaceAll('"may.', '"asks.')
    const lines = await replay('then', { flow: JSON.parse(text) })
    const outputs = new Map(lines.flatMap(({ outcome }) => (outcome?.run == null ? [] : [[outcome.run, outcome.after?.output]])))
    expect([outputs.get(before), outputs.get(between), outputs.get(afterwards)]).toEqual(['may not', 'may do', 'may not'])
  })

  test('a run that cannot be replayed says why', async () => {
    await publish(server, {
      ...listeningFlow('byhand', 'com.example.byhand'),
      nodes: [
        { id: 'start', type: 'core.manual' },
        { id: 'heard', type: 'core.event', config: { type: 'com.example.byhand' } },
        { id: 'shape', type: 'core.wait', config: { for: 'P1D' } },
        { id: 'end', type: 'core.stop', config: {} },
      ],
      edges: [
        { from: 'start.out', to: 'shape.in' },
        { from: 'heard.out', to: 'shape.in' },
        { from: 'shape.out', to: 'end.in' },
      ],
    })
    await server.ask('POST', '/api/v1/flows/byhand/runs', { input: null })
    await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.byhand', data: {} }))
    const lines = await replay('byhand')
    expect(lines.at(-1)?.totals).toMatchObject({ events: 2, replayed: 0, notReplayed: { 'by-hand': 1, 'still-running': 1 } })
  })

  test('what a sender added to an event is there when it is played again', async () => {
    const flow = listeningFlow('added', 'com.example.added')
    const nodes = [
      { id: 'start', type: 'core.event', config: { type: 'com.example.added' } },
      { id: 'shape', type: 'core.transform', config: { value: '{% event.partitionkey %}' } },
      { id: 'end', type: 'core.stop', config: { output: '{% nodes.shape %}' } },
    ]
    await publish(server, { ...flow, nodes })
    await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.added', partitionkey: 'k-1' }))
    expect((await replay('added')).at(-1)?.totals).toMatchObject({ events: 1, replayed: 1, changed: 0 })
  })

  test('only who may publish can look back at real events', async () => {
    const headers = await tokenFor(server, 'developer')
    expect((await server.ask('POST', '/api/v1/flows/past/replay', {}, headers)).statusCode).toBe(403)
  })
})

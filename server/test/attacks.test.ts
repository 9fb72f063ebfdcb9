import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from './helpers/people.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

/** Asks a director for the amount of the event, then books exactly what was approved; what is vetoed ends. */
const paying = (key: string, veto: object = {}) => ({
  format: 'sluice/flow@1',
  key,
  name: key,
  nodes: [
    { id: 'start', type: 'core.event', config: { type: `com.example.${key}` } },
    {
      id: 'ask',
      type: 'approvals.veto',
      config: {
        value: '{% {"customer": event.subject, "amount": event.data.amount, "currency": "CNY"} %}',
        approver: 'role:director',
        validFor: 'PT1H',
        ...veto,
      },
    },
    {
      id: 'pay',
      type: 'crm.apply-discount',
      config: {
        customer: '{% input.value.customer %}',
        amount: '{% input.value.amount %}',
        currency: '{% input.value.currency %}',
        receipt: '{% input.receipt %}',
      },
    },
    { id: 'no', type: 'core.stop', config: { output: 'vetoed' } },
    { id: 'late', type: 'core.stop', config: { output: 'expired' } },
  ],
  edges: [
    { from: 'start.out', to: 'ask.in' },
    { from: 'ask.approved', to: 'pay.in' },
    { from: 'ask.vetoed', to: 'no.in' },
    { from: 'ask.expired', to: 'late.in' },
  ],
})

let server: TestServer
let directors: readonly Record<string, string>[]

beforeAll(async () => {
  server = await startServer()
  const one = async () => ({ ...(await signedIn(server, 'director')), origin: 'http://localhost' })
  directors = [await one(), await one(), await one()]
  await server.ask('POST', '/api/v1/customers', { id: 'c-pay', name: 'Pay', fields: {} })
  await publish(server, paying('pay'))
  await publish(server, paying('hold', { hold: 'PT2S' }))
})

async function begin(key: string): Promise<{ readonly run: string; readonly task: { readonly id: string; readonly shownHash: string } }> {
  const event = cloudEvent({ type: `com.example.${key}`, subject: 'c-pay', data: { amount: 5_000 } })
  const { run } = (await server.ask('POST', '/api/v1/events', event)).json().runs[0]
  const { items } = (await server.ask('GET', '/api/v1/tasks?state=open', undefined, directors[0])).json()
  return { run, task: items.find((task: { run: string }) => task.run === run) }
}

const answer = (task: { readonly id: string; readonly shownHash: string }, action: string, who: Record<string, string> | undefined) =>
  server.ask('POST', `/api/v1/tasks/${task.id}/answer`, { action, data: {}, shownHash: task.shownHash }, who)
const stateOf = async (run: string) => (await server.ask('GET', `/api/v1/runs/${run}`)).json()
const paid = async (run: string) =>
  (await server.ask('GET', `/api/v1/runs/${run}/journal`))
    .json()
    .items.filter(
      (item: { kind: string; node: string; port: string }) => item.kind === 'node.completed' && item.node === 'pay' && item.port === 'out',
    ).length

describe('one approval of money', () => {
  test('of a hundred answers at once exactly one decides, and it is paid once or never', async () => {
    const { run, task } = await begin('pay')
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) => answer(task, index % 2 === 0 ? 'approve' : 'veto', directors[index % 3])),
    )
    const codes = answers.map((one) => one.statusCode)
    expect(new Set(codes)).toEqual(new Set([200, 409]))
    const decided = answers.filter((one) => one.statusCode === 200)
    expect(decided).toHaveLength(1)
    await expect.poll(async () => (await stateOf(run)).state).toBe('succeeded')
    expect(await paid(run)).toBe(decided[0]?.json().action === 'approve' ? 1 : 0)
  })

  test('a veto beside an approval wins, whichever came first', async () => {
    for (const order of [
      ['approve', 'veto'],
      ['veto', 'approve'],
    ] as const) {
      const { run, task } = await begin('hold')
      await Promise.all(order.map((action, index) => answer(task, action, directors[index])))
      await expect.poll(async () => (await stateOf(run)).state).toBe('succeeded')
      expect((await stateOf(run)).output).toBe('vetoed')
      expect(await paid(run)).toBe(0)
    }
  })

  test('an answer to another picture, a made-up action and a made-up receipt decide nothing', async () => {
    const { run, task } = await begin('pay')
    expect((await answer({ ...task, shownHash: `sha256:${'0'.repeat(64)}` }, 'approve', directors[0])).statusCode).toBe(409)
    for (const action of ['out', '__proto__', '']) expect((await answer(task, action, directors[0])).statusCode).toBe(422)
    const skip = { node: 'ask', port: 'approved', data: { value: { amount: 1 }, receipt: { id: 'x' } }, reason: 'in a hurry' }
    expect((await server.ask('POST', `/api/v1/runs/${run}/skip`, skip)).statusCode).toBeGreaterThanOrEqual(400)
    expect((await stateOf(run)).state).toBe('waiting')
    expect(await paid(run)).toBe(0)
  })
})

describe('a hostile flow file', () => {
  const base = { format: 'sluice/flow@1', key: 'bad', name: 'Bad' }
  const node = (id: string, more: object = {}) => ({ id, type: 'core.transform', config: { value: 1 }, ...more })
  const files: readonly [string, string][] = [
    ['50,000 steps', JSON.stringify({ ...base, nodes: Array.from({ length: 50_000 }, (_, n) => node(`n${n}`)), edges: [] })],
    [
      '200,000 wires',
      JSON.stringify({ ...base, nodes: [node('a')], edges: Array.from({ length: 200_000 }, () => ({ from: 'a.out', to: 'a.in' })) }),
    ],
    [
      'a position that is no number',
      JSON.stringify({ ...base, nodes: [node('a')], edges: [] }).replace('"id":"a"', '"id":"a","at":[NaN,0]'),
    ],
    [
      'a position beyond all numbers',
      JSON.stringify({ ...base, nodes: [node('a')], edges: [] }).replace('"id":"a"', '"id":"a","at":[1e999,0]'),
    ],
    ['two steps of one id', JSON.stringify({ ...base, nodes: [node('a'), node('a')], edges: [] })],
    ['an id that is a prototype', JSON.stringify({ ...base, nodes: [node('__proto__')], edges: [] })],
    [
      'a tower of lists',
      `{"format":"sluice/flow@1","key":"bad","name":"Bad","nodes":${'['.repeat(100_000)}${']'.repeat(100_000)},"edges":[]}`,
    ],
    [
      'a config as deep as a well',
      JSON.stringify({ ...base, nodes: [node('a')], edges: [] }).replace(
        '"value":1',
        `"value":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
      ),
    ],
  ]

  test.each(files)('with %s is refused by name, stores nothing, and the server lives', async (_what, text) => {
    const saved = await server.ask('PUT', '/api/v1/flows/bad', text)
    expect(saved.statusCode).toBeGreaterThanOrEqual(400)
    expect(saved.statusCode).toBeLessThan(500)
    expect(saved.json().code).toMatch(/^SLU_/)
    expect((await server.ask('GET', '/api/v1/flows/bad')).statusCode).toBe(404)
    expect((await server.ask('GET', '/health/ready')).statusCode).toBe(200)
  })

  test('an unknown step is kept as a draft that says so, and cannot go live', async () => {
    const draft = {
      ...base,
      key: 'odd',
      nodes: [{ id: 'a', type: 'core.event', config: { type: 'x.y' } }, node('b', { type: 'evil.run-anything' })],
      edges: [{ from: 'a.out', to: 'b.in' }],
    }
    expect((await server.ask('PUT', '/api/v1/flows/odd', draft)).statusCode).toBeLessThan(300)
    const published = await server.ask('POST', '/api/v1/flows/odd/publish')
    expect(published.statusCode).toBe(422)
    expect(published.body).toContain('evil.run-anything')
  })
})

describe('an expression without end', () => {
  const endless = '($f := function($n) { $f($n + 1) }; $f(0))'
  const step = (type: string, config: object, ...ways: readonly string[]) => ({
    nodes: [{ id: 'it', type, config }, ...(ways.length === 0 ? [] : [{ id: 'end', type: 'core.transform', config: { value: 1 } }])],
    edges: [{ from: 'start.out', to: 'it.in' }, ...ways.map((way) => ({ from: `it.${way}`, to: 'end.in' }))],
  })
  const table = (value: string, cell: string) =>
    step('core.decision', { inputs: [{ name: 'x', value }], outputs: [{ name: 'y' }], rows: [{ when: [cell], give: [1] }] }, 'out', 'none')
  const body = { nodes: [{ id: 'in-it', type: 'core.transform', config: { value: 1 } }] }
  const places: {
    readonly [place: string]: {
      readonly settings?: object
      readonly filter?: string
      readonly ends?: string
      readonly nodes?: readonly object[]
      readonly edges?: readonly object[]
      readonly groups?: readonly object[]
    }
  } = {
    'as the filter of a trigger': { filter: endless },
    'as what makes two events one': { settings: { dedupe: endless } },
    'as the key of a concurrency limit': { settings: { concurrency: { limit: 1, key: endless } } },
    'as the key of a rate': { settings: { rate: { limit: 1, per: 'PT1M', key: endless } } },
    'as the key of a debounce': { settings: { debounce: { for: 'PT1S', key: endless } } },
    'as a value': step('core.transform', { value: `{% ${endless} %}` }),
    'as a condition': step('core.branch', { when: `{% ${endless} = 1 %}` }, 'true', 'false'),
    'as a rule of a switch': step('core.switch', { rules: [{ when: `{% ${endless} = 1 %}`, port: 'a' }] }, 'a', 'else'),
    'as the input of a decision table': table(`{% ${endless} %}`, '1'),
    // A cell is a comparison or a text of its own small grammar and never evaluated: this text is simply not the input.
    'as the cell of a decision table': { ...table('{% 1 %}', endless), ends: 'succeeded' },
    'as the list of a for-each': {
      nodes: [{ id: 'it', type: 'core.for-each', config: { items: `{% ${endless} %}`, group: 'g' } }, ...body.nodes],
      edges: [{ from: 'start.out', to: 'it.in' }],
      groups: [{ id: 'g', nodes: ['in-it'], at: [0, 0], size: [10, 10] }],
    },
    'as what stops a for-each': {
      nodes: [
        { id: 'it', type: 'core.for-each', config: { items: '{% [1,2] %}', group: 'g', stopWhen: `{% ${endless} = 1 %}` } },
        ...body.nodes,
      ],
      edges: [{ from: 'start.out', to: 'it.in' }],
      groups: [{ id: 'g', nodes: ['in-it'], at: [0, 0], size: [10, 10] }],
    },
    'as the key of a wait': step('core.wait-event', { type: 'a.b', key: `{% ${endless} %}`, match: 'event.subject' }),
    'as what an event is matched by': step('core.wait-event', { type: 'com.example.endless', key: '{% "k" %}', match: endless }),
    'as the key of a lock': step('core.lock', { key: `{% ${endless} %}` }),
    'as the title of a task': step('approvals.task', { title: `{{ ${endless} }}`, assignee: 'role:director', actions: ['done'] }),
    'as a message': step('core.fail', { code: 'X', message: `{{ ${endless} }}` }),
  }

  test.each(Object.entries(places))(
    '%s is refused before it goes live, or ends that step alone',
    async (_place, { settings, filter, nodes = [], edges = [], groups, ends }) => {
      const key = `endless-${Math.random().toString(36).slice(2)}`
      const start = { id: 'start', type: 'core.event', config: { type: `com.example.${key}`, ...(filter === undefined ? {} : { filter }) } }
      const flow = {
        format: 'sluice/flow@1',
        key,
        name: key,
        nodes: [start, ...nodes],
        edges,
        ...(groups === undefined ? {} : { groups }),
        ...(settings === undefined ? {} : { settings }),
      }
      const saved = await server.ask('PUT', `/api/v1/flows/${key}`, flow)
      const published = saved.statusCode < 300 ? await server.ask('POST', `/api/v1/flows/${key}/publish`) : saved
      if (published.statusCode >= 300) {
        expect(published.statusCode).toBe(422)
        expect(published.body).toMatch(/SLU_FLOW_EXPRESSION_NOT_TOTAL|SLU_DECISION_CELL/)
        return
      }
      const sent = await server.ask('POST', '/api/v1/events', cloudEvent({ type: `com.example.${key}`, subject: 'c-pay', data: {} }))
      expect(sent.statusCode).toBeLessThan(300)
      const run = sent.json().runs[0]?.run
      // Where the expression decides whether a run starts at all, none does.
      if (run === undefined) return
      await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.endless', data: {} }))
      await expect
        .poll(async () => (await stateOf(run)).error?.code ?? (await stateOf(run)).state, { timeout: 15_000 })
        .toMatch(ends ?? /^SLU_EXPRESSION/)
      expect((await server.ask('GET', '/health/ready')).statusCode).toBe(200)
    },
  )
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from './helpers/people.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

/**
 * The acceptance examples of the sales specification (X…) whose capability exists, over HTTP. Consent examples that both documents give (X45, X47)
 * are in `consent-acceptance.test.ts`.
 */
interface Model {
  readonly url: string
  readonly asked: string[]
  answers: (string | null)[]
}

const model: Model = { url: '', asked: [], answers: [] }
const provider = createServer((request, reply) => {
  let body = ''
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString('utf8')
  })
  request.on('end', () => {
    model.asked.push(body)
    const content = model.answers.shift() ?? '{"text":"hello"}'
    reply.setHeader('content-type', 'application/json').end(JSON.stringify({ choices: [{ message: { content } }] }))
  })
})

let server: TestServer
let smart: TestServer
beforeAll(async () => {
  server = await startServer()
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  const { port } = provider.address() as AddressInfo
  smart = await startServer({
    environment: {
      SLUICE_MODEL_URL: `http://127.0.0.1:${port}/v1`,
      SLUICE_MODEL: 'test-model',
      SLUICE_MODEL_KEY: 'k',
      SLUICE_ALLOW_HOSTS: `private:127.0.0.1:${port}`,
    },
  })
})
afterAll(() => provider.close())

const ask = async (on: TestServer, method: 'GET' | 'POST', url: string, body?: unknown, headers?: Record<string, string>) => {
  const answer = await on.ask(method, `/api/v1${url}`, body, headers)
  return { status: answer.statusCode, body: answer.json() }
}

let count = 0
async function customer(on: TestServer, scenes: readonly string[], fields: object): Promise<string> {
  count += 1
  const id = `x-${count}`
  expect((await ask(on, 'POST', '/customers', { id, name: '张伟', fields, owner: 'r-7' })).status).toBe(201)
  for (const scene of scenes)
    await ask(on, 'POST', '/consents', {
      customer: id,
      purpose: 'recommendation',
      scene,
      scope: 'standing',
      act: 'button',
      language: 'zh-CN',
    })
  return id
}

function flow(key: string, nodes: readonly object[], wires: readonly string[]): Record<string, unknown> {
  const edges = wires.map((wire) => {
    const [from, to] = wire.split(' → ')
    return { from, to }
  })
  return { format: 'sluice/flow@1', key, name: key, nodes, edges }
}
const on = (type: string) => ({ id: 'start', type: 'core.event', config: { type } })

async function ended(at: TestServer, type: string, subject: string, data: object = {}) {
  const [started] = (await ask(at, 'POST', '/events', cloudEvent({ type, subject, data }))).body.runs
  await expect.poll(async () => (await ask(at, 'GET', `/runs/${started.run}`)).body.endedAt, { timeout: 10_000 }).not.toBeNull()
  return (await ask(at, 'GET', `/runs/${started.run}`)).body
}

describe('strategies', () => {
  const plan = (signal: string) => ({
    id: 'plan',
    type: 'ai.strategy',
    config: { customer: '{% event.subject %}', prompt: 'plan', signal },
  })
  beforeAll(async () => {
    for (const signal of ['price_objection', 'competitor'])
      await publish(server, flow(`plan-${signal.replace('_', '-')}`, [on(`s.${signal}`), plan(signal)], ['start.out → plan.in']))
  })
  const live = async (id: string) => (await ask(server, 'GET', `/customers/${id}/strategies`)).body.items

  test('X13: without a key 价格太高 gets a strategy that says rules wrote it', async () => {
    const id = await customer(server, ['quote_push'], { model: 'Aurora L', budget: 300_000 })
    const run = await ended(server, 's.price_objection', id, { text: '价格太高' })
    expect(run).toMatchObject({ state: 'succeeded', output: { origin: { kind: 'rules' }, originLabel: { en: 'rules, no model' } } })
    expect((await live(id))[0]).toMatchObject({ state: 'live', actions: [{ scene: 'quote_push' }, { scene: 'quote_push' }] })
  })

  test('X15: without the grant to compare, no action speaks of a competitor and the strategy says what is missing', async () => {
    const id = await customer(server, ['quote_push', 'test_drive'], { model: 'Aurora L', competitor: 'Vento GT', budget: 300_000 })
    const { output } = await ended(server, 's.competitor', id)
    expect(JSON.stringify(output)).not.toContain('Vento')
    expect(output.actions.map((it: { scene: string }) => it.scene)).not.toContain('competitor_compare')
    expect(JSON.stringify([output.risks, output.askHuman])).toMatch(/Competitor comparison.*竞品对比/)
  })

  test('X17: when consent changes the strategy before is superseded, and a new one stands beside it', async () => {
    const id = await customer(server, ['quote_push', 'test_drive'], { model: 'Aurora L', budget: 300_000 })
    await ended(server, 's.price_objection', id)
    await ask(server, 'POST', '/consents/withdraw', { customer: id, scenes: ['quote_push'], channel: 'preference_page' })
    await expect.poll(async () => (await live(id)).map((it: { state: string }) => it.state)).toEqual(['live', 'superseded'])
  })
})

describe('a model', () => {
  const judge = (more: object = {}) => ({
    id: 'ask',
    type: 'ai.generate',
    config: {
      customer: '{% event.subject %}',
      prompt: 'Grade this: {{ event.data.text }}',
      purpose: 'recommendation',
      scene: 'quote_push',
      schema: { type: 'object', required: ['grade', 'score'], properties: { grade: { type: 'string' }, score: { type: 'number' } } },
      ...more,
    },
  })
  beforeAll(async () => {
    const nodes = [on('m.grade'), judge(), { id: 'no', type: 'core.stop', config: { output: 'denied' } }]
    await publish(smart, flow('grade', nodes, ['start.out → ask.in', 'ask.denied → no.in']))
  })

  test('X02: without the grant not a byte reaches it', async () => {
    const id = await customer(smart, ['test_drive'], {})
    const before = model.asked.length
    expect(await ended(smart, 'm.grade', id, { text: 'x' })).toMatchObject({ state: 'succeeded', output: 'denied' })
    expect(model.asked).toHaveLength(before)
  })

  test('X05: an answer of the wrong shape is asked for once more, and never delivered', async () => {
    const id = await customer(smart, ['quote_push'], {})
    model.answers = ['{"grade":"A","score":"x"}', '{"grade":"A","score":"x"}']
    const before = model.asked.length
    const [started] = (await ask(smart, 'POST', '/events', cloudEvent({ type: 'm.grade', subject: id, data: { text: 'x' } }))).body.runs
    await expect.poll(async () => (await ask(smart, 'GET', `/runs/${started.run}`)).body.state, { timeout: 10_000 }).toBe('incident')
    const run = (await ask(smart, 'GET', `/runs/${started.run}`)).body
    expect(run).toMatchObject({ error: { code: 'SLU_AI_ANSWER_INVALID', node: 'ask' }, output: null })
    expect(model.asked).toHaveLength(before + 2)
    model.answers = ['{"grade":"A","score":"x"}', '{"grade":"A","score":0.7}']
    expect(await ended(smart, 'm.grade', id, { text: 'x' })).toMatchObject({ output: { grade: 'A', score: 0.7 } })
  })

  test('X06: neither a phone number, a name nor an ID card reaches it; the answer has them again', async () => {
    const id = await customer(smart, ['quote_push'], { mobile: '13812345678' })
    model.answers = ['{"grade":"[CUSTOMER_1] [CN_MOBILE_1] [CN_RESIDENT_ID_1]","score":1}']
    const before = model.asked.length
    const { output } = await ended(smart, 'm.grade', id, { text: '客户张伟，手机13812345678，身份证11010519491231002X' })
    expect(model.asked.slice(before).join()).not.toMatch(/13812345678|张伟|11010519491231002X/)
    expect(output.grade).toBe('张伟 13812345678 11010519491231002X')
  })
})

describe('money', () => {
  const use = { purpose: 'recommendation', scene: 'quote_push' }
  const pays = {
    customer: '{% event.subject %}',
    amount: '{% nodes.veto.value.amount %}',
    currency: 'CNY',
    receipt: '{% nodes.veto.receipt %}',
  }
  const veto = {
    id: 'veto',
    type: 'approvals.veto',
    config: {
      value: '{% {"customer": event.subject, "amount": nodes.rate.amount, "currency": "CNY"} %}',
      approver: 'role:director',
      validFor: 'PT4H',
    },
  }
  const rate = { id: 'rate', type: 'ai.generate', config: { customer: '{% event.subject %}', prompt: 'rate', ...use } }

  test('X23: what a model made reaches no money without a person', async () => {
    const pay = {
      id: 'pay',
      type: 'crm.apply-discount',
      config: { ...pays, amount: '{% nodes.rate.amount %}', receipt: '{% nodes.rate.receipt %}' },
    }
    const draft = flow('unvetoed', [on('p.x'), rate, pay], ['start.out → rate.in', 'rate.out → pay.in'])
    await server.ask('PUT', '/api/v1/flows/unvetoed', draft)
    const refused = await ask(server, 'POST', '/flows/unvetoed/publish')
    expect(refused.status).toBe(422)
    expect(refused.body.problems).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'SLU_MONEY_WITHOUT_HUMAN',
          severity: 'error',
          node: 'pay',
          way: { nodes: ['rate', 'pay'], edges: [1] },
        }),
      ]),
    )
  })

  test('X22: of 200 ratings, 37 of them wrong, none reaches the money without a person, and the 37 never', async () => {
    const planted = { id: 'rate', type: 'core.transform', config: { value: '{% event.data %}' } }
    const pay = { id: 'pay', type: 'crm.apply-discount', config: pays }
    const draft = flow(
      'credit',
      [on('p.credit'), planted, veto, pay],
      ['start.out → rate.in', 'rate.out → veto.in', 'veto.approved → pay.in'],
    )
    await publish(server, draft)
    const director = { ...(await signedIn(server, 'director')), origin: 'http://localhost' }
    const id = await customer(server, ['quote_push'], {})
    const wrong = (no: number) => no % 5 === 0 && no < 185
    const events = Array.from({ length: 200 }, (_, no) =>
      cloudEvent({ type: 'p.credit', subject: id, data: { amount: no + 1, wrong: wrong(no) } }),
    )
    const { items } = (await ask(server, 'POST', '/events', events)).body
    const runs: string[] = items.map((it: { runs: { run: string }[] }) => it.runs[0]?.run)
    expect(items.filter((_: unknown, no: number) => wrong(no))).toHaveLength(37)
    let tasks: { id: string; run: string; shownHash: string; shown: { value: { amount: number } } }[] = []
    await expect
      .poll(async () => {
        tasks = (await ask(server, 'GET', '/tasks?limit=200', undefined, director)).body.items
        return tasks.length
      })
      .toBe(200)
    const waiting = async () => (await ask(server, 'GET', '/runs?flow=credit&state=waiting&limit=200')).body.items.length
    expect(await waiting()).toBe(200)
    const answers = tasks.map(({ id, shown, shownHash }) => {
      const action = wrong(shown.value.amount - 1) ? 'veto' : 'approve'
      return ask(server, 'POST', `/tasks/${id}/answer`, { action, data: {}, shownHash }, director)
    })
    expect((await Promise.all(answers)).filter(({ status }) => status !== 200)).toEqual([])
    await expect.poll(waiting, { timeout: 20_000 }).toBe(0)
    const paid: string[] = []
    for (const run of runs) {
      const { output } = (await ask(server, 'GET', `/runs/${run}`)).body
      if (output?.discount !== undefined) paid.push(run)
    }
    expect(paid).toEqual(runs.filter((_, no) => !wrong(no)))
  })

  test('X25: four hours of silence are a no, nothing is sent, and the way it took is on record', async () => {
    const review = {
      id: 'look',
      type: 'approvals.review',
      config: { content: '{% event.data %}', reviewer: 'role:director', due: 'PT4H' },
    }
    const send = { id: 'send', type: 'notify.customer', config: { customer: '{% event.subject %}', channel: 'email', text: 'x', ...use } }
    const nodes = [on('r.look'), review, send, { id: 'tell', type: 'notify.rep', config: { to: 'role:admin', text: 'late' } }]
    const draft = flow('look', nodes, ['start.out → look.in', 'look.approved → send.in', 'look.expired → tell.in'])
    await server.ask('PUT', '/api/v1/flows/look', draft)
    const id = await customer(server, ['quote_push'], {})
    const at = (until: string) =>
      ask(server, 'POST', '/flows/look/simulate', {
        events: [{ type: 'r.look', subject: id, data: {} }],
        startAt: '2026-03-02T03:00:00Z',
        until,
      })
    const before = (await at('2026-03-02T06:59:59Z')).body
    expect(before.runs).toMatchObject([{ state: 'waiting' }])
    const after = (await at('2026-03-02T07:00:00Z')).body
    expect(after.runs).toMatchObject([{ state: 'succeeded' }])
  })

  test('X27: who asked for it does not approve it', async () => {
    const start = { id: 'start', type: 'core.manual', config: {} }
    const look = { id: 'look', type: 'approvals.review', config: { content: '{% input %}', reviewer: 'role:director' } }
    await publish(server, flow('own', [start, look], ['start.out → look.in']))
    const director = { ...(await signedIn(server, 'admin')), origin: 'http://localhost' }
    const { run } = (await ask(server, 'POST', '/flows/own/runs', { input: 'an insight' }, director)).body
    const waits = async () => (await ask(server, 'GET', `/runs/${run}`)).body.waits
    await expect.poll(waits).toMatchObject([{ node: 'look', kind: 'task' }])
    const [{ id }] = await waits()
    const mine = (await ask(server, 'GET', `/tasks/${id}`, undefined, director)).body
    const answer = await ask(
      server,
      'POST',
      `/tasks/${mine.id}/answer`,
      { action: 'approve', data: {}, shownHash: mine.shownHash },
      director,
    )
    expect([answer.status, answer.body.code]).toEqual([403, 'SLU_TASK_OWN'])
  })
})

import { beforeAll, describe, expect, test } from 'vitest'
import { roleNames } from '../src/policy/roles.ts'
import { signedIn, tokenFor } from './helpers/people.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

const mobile = '13800138000'
const income = 345_678
const flow = {
  format: 'sluice/flow@1',
  key: 'call-back',
  name: { en: 'Call back', 'zh-CN': '回电' },
  nodes: [
    { id: 'asked', type: 'core.event', config: { type: 'com.example.call' } },
    {
      id: 'copy',
      type: 'core.transform',
      config: { value: { told: '{% "ring " & event.data.mobile %}', sum: '{% event.data.income %}' } },
    },
    { id: 'ends', type: 'core.fail', config: { code: 'LINE_BUSY', message: 'No answer at {{ event.data.mobile }}' } },
  ],
  edges: [
    { from: 'asked.out', to: 'copy.in' },
    { from: 'copy.out', to: 'ends.in' },
  ],
}

/** Everywhere a run's data can be read. */
const views = (run: string) => [
  `/api/v1/runs/${run}`,
  `/api/v1/runs/${run}/journal`,
  '/api/v1/runs?subject=c-sight',
  '/api/v1/events/samples?type=com.example.call',
]

let server: TestServer
let run: string

async function readAll(headers?: Record<string, string>): Promise<string> {
  const answers = await Promise.all(views(run).map((url) => server.ask('GET', url, undefined, headers)))
  return answers
    .filter((answer) => answer.statusCode === 200)
    .map((answer) => answer.body)
    .join('\n')
}

beforeAll(async () => {
  server = await startServer()
  await server.ask('POST', '/api/v1/customers', { id: 'c-sight', name: '李雷', fields: { mobile, income } })
  for (const purpose of ['recommendation', 'risk_modelling'])
    await server.ask('POST', '/api/v1/consents', { customer: 'c-sight', purpose, scene: 'finance_plan', scope: 'standing', session: null })
  await publish(server, flow)
  const event = cloudEvent({ type: 'com.example.call', subject: 'c-sight', data: { mobile, income, name: '李雷' } })
  const answer = await server.ask('POST', '/api/v1/events', event, { 'content-type': 'application/cloudevents+json' })
  run = answer.json().runs[0].run
})

describe('customer data that a run carries', () => {
  test('is seen by an admin while it is granted', async () => {
    const text = await readAll()
    expect(text).toContain(mobile)
    expect(text).toContain(String(income))
  })

  test.each(roleNames.filter((role) => role !== 'admin'))('is hidden from the role %s', async (role) => {
    const text = await readAll(await tokenFor(server, role))
    expect(text).not.toContain(mobile)
    expect(text).not.toContain(String(income))
    expect(text).not.toContain('李雷')
  })

  test('is hidden from everybody once it is frozen, also in what was written before', async () => {
    const asked = { customer: 'c-sight', all: true, channel: 'preference_page' }
    expect((await server.ask('POST', '/api/v1/consents/withdraw', asked)).statusCode).toBe(202)
    for (const headers of [undefined, await tokenFor(server, 'analyst'), await tokenFor(server, 'operator')]) {
      const text = await readAll(headers)
      expect(text).not.toContain(mobile)
      expect(text).not.toContain(String(income))
      expect(text).toContain('{"$masked":"frozen"}')
      expect(text).toContain('LINE_BUSY')
    }
  })
})

test('a rep hears of no message to a customer of somebody else', async () => {
  const tell = {
    ...flow,
    key: 'tell',
    nodes: [
      { id: 'asked', type: 'core.event', config: { type: 'com.example.tell' } },
      {
        id: 'tell',
        type: 'notify.customer',
        config: { customer: '{% event.subject %}', channel: 'sms', text: 'Hello', purpose: 'recommendation', scene: 'quote_push' },
      },
    ],
    edges: [{ from: 'asked.out', to: 'tell.in' }],
  }
  await publish(server, tell)
  for (const [id, owner] of [
    ['c-mine', 'r-mine'],
    ['c-other', 'r-other'],
  ]) {
    await server.ask('POST', '/api/v1/customers', { id, name: id, fields: {}, owner })
    await server.ask('POST', '/api/v1/consents', {
      customer: id,
      purpose: 'recommendation',
      scene: 'quote_push',
      scope: 'standing',
      session: null,
    })
    await server.ask('POST', '/api/v1/events', cloudEvent({ id, type: 'com.example.tell', subject: id, data: {} }))
  }
  const told = async (headers?: Record<string, string>) =>
    (await server.ask('GET', '/api/v1/messages', undefined, headers)).json().items.map((item: { customer: string }) => item.customer)
  await expect.poll(async () => (await told()).toSorted()).toEqual(['c-mine', 'c-other'])
  expect(await told(await signedIn(server, 'rep', 'r-mine'))).toEqual(['c-mine'])
})

test('a run that stands still says why', async () => {
  const stuck = {
    ...flow,
    key: 'stuck',
    nodes: [
      { id: 'asked', type: 'core.manual' },
      { id: 'copy', type: 'core.transform', config: { value: '{% $number("x") %}' } },
    ],
    edges: [flow.edges[0]],
  }
  await publish(server, stuck)
  const started = (await server.ask('POST', '/api/v1/flows/stuck/runs', { wait: 2_000 })).json()
  await expect.poll(async () => (await server.ask('GET', `/api/v1/runs/${started.run}`)).json().state).toBe('incident')
  const { error } = (await server.ask('GET', `/api/v1/runs/${started.run}`)).json()
  expect(error).toMatchObject({ node: 'copy', code: expect.stringMatching(/^SLU_/) })
})

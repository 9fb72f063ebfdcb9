import { beforeAll, expect, test } from 'vitest'
import { roleNames } from '../src/policy/roles.ts'
import { tokenFor } from './helpers/people.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

const customer = 'c-leak'
const mobile = '13812345678'
const email = 'leak.marker@example.com'
const income = 7_654_321
const markers = [mobile, email, String(income), '李雷雷']

/** Carries the customer's data by every way a run has: keys, locks, correlation, items, called flows, tasks, errors. */
const carrier = {
  format: 'sluice/flow@1',
  key: 'carrier',
  name: 'Carrier',
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.leak' } },
    { id: 'lock', type: 'core.lock', config: { key: '{% event.data.mobile %}' } },
    {
      id: 'by',
      type: 'core.transform',
      config: { value: '{% {event.data.mobile: event.data, "tel" & event.data.mobile: [event.data.income]} %}' },
    },
    { id: 'each', type: 'core.for-each', config: { items: '{% [event.data.email, event.data] %}', group: 'one' } },
    { id: 'say', type: 'core.transform', config: { value: '{% "to " & event.data.email & event.sentby & event.mobile %}' } },
    { id: 'call', type: 'core.call', config: { flow: 'called', input: '{% event.data %}' } },
    { id: 'free', type: 'core.unlock' },
    { id: 'more', type: 'core.wait-event', config: { type: 'never', key: '{% event.data.mobile %}', match: 'event.data.mobile' } },
    {
      id: 'ask',
      type: 'approvals.task',
      config: { title: 'Ring {{ event.data.mobile }}', assignee: 'user:nobody', show: '{% event.data %}', actions: ['done'] },
    },
    { id: 'queue', type: 'core.lock', config: { key: '{% event.data.mobile %}' } },
    { id: 'out', type: 'core.unlock' },
  ],
  edges: [
    ['start.out', 'lock.in'],
    ['lock.out', 'by.in'],
    ['by.out', 'each.in'],
    ['each.out', 'call.in'],
    ['call.error', 'more.in'],
    ['more.out', 'free.in'],
    ['by.out', 'ask.in'],
    ['start.out', 'queue.in'],
    ['queue.out', 'out.in'],
  ].map(([from, to]) => ({ from, to })),
  groups: [{ id: 'one', nodes: ['say'], at: [0, 0], size: [100, 100] }],
}
const called = {
  format: 'sluice/flow@1',
  key: 'called',
  name: 'Called',
  nodes: [
    { id: 'start', type: 'core.manual' },
    { id: 'fails', type: 'core.fail', config: { code: 'NO_LINE', message: 'No answer at {{ input.mobile }}, {{ input.name }}' } },
  ],
  edges: [{ from: 'start.out', to: 'fails.in' }],
}

const simple = {
  format: 'sluice/flow@1',
  key: 'plain',
  name: 'Plain',
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.plain' } },
    { id: 'shape', type: 'core.transform', config: { value: '{% {"copy": event.data.mobile, "whole": event.data} %}' } },
    { id: 'end', type: 'core.transform', config: { value: '{% input.copy %}' } },
  ],
  edges: [
    { from: 'start.out', to: 'shape.in' },
    { from: 'shape.out', to: 'end.in' },
  ],
}

let server: TestServer
let routes: readonly string[]

beforeAll(async () => {
  server = await startServer()
  const fields = { mobile, email, income }
  await server.ask('POST', '/api/v1/customers', { id: customer, name: '李雷雷', fields })
  for (const purpose of ['recommendation', 'risk_modelling'])
    await server.ask('POST', '/api/v1/consents', { customer, purpose, scene: 'finance_plan', scope: 'standing', session: null })
  await publish(server, called)
  await publish(server, carrier)
  await publish(server, simple)
  const send = (type: string) =>
    server.ask(
      'POST',
      '/api/v1/events',
      cloudEvent({ type, subject: customer, data: { ...fields, name: '李雷雷' }, mobile, sentby: `李雷雷 <${email}>` }),
      {
        'content-type': 'application/cloudevents+json',
      },
    )
  const { run } = (await send('com.example.leak')).json().runs[0]
  await send('com.example.nobody-listens')
  const plain = (await send('com.example.plain')).json().runs[0].run
  const again = await server.ask('POST', `/api/v1/runs/${plain}/rerun-from/end`, { confirm: true })
  expect(again.statusCode, again.body).toBeLessThan(300)
  routes = await everyAddress(run)
})

/** Each GET of the API, with the ids of what this customer's run made. */
async function everyAddress(run: string): Promise<readonly string[]> {
  const { paths } = (await server.ask('GET', '/openapi.json')).json() as { paths: Record<string, Record<string, unknown>> }
  const first = async (url: string) => (await server.ask('GET', url)).json().items[0]?.id as string
  const runs: string[] = (await server.ask('GET', '/api/v1/runs')).json().items.map((one: { id: string }) => one.id)
  expect(runs.length).toBeGreaterThanOrEqual(4)
  expect(runs).toContain(run)
  const task = await first('/api/v1/tasks')
  const values: Record<string, readonly string[]> = {
    key: ['carrier', 'called', 'plain'],
    version: ['1'],
    seq: ['1'],
    code: ['SLU_RUN_UNKNOWN'],
  }
  const idsOf = (path: string) => (path.includes('/runs/') ? runs : path.includes('/tasks/') ? [task] : [customer])
  const found = Object.entries(paths).flatMap(([path, methods]) => {
    if (methods.get === undefined || path.includes('stream')) return []
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    return names.reduce<readonly string[]>(
      (made, name) => made.flatMap((one) => (values[name] ?? idsOf(path)).map((value) => one.replace(`{${name}}`, value))),
      [path],
    )
  })
  const asked = [
    '/api/v1/events/samples?type=com.example.leak',
    '/api/v1/runs?state=waiting',
    '/api/v1/tasks?mine=false',
    '/api/v1/customers?q=138',
  ]
  return [...found, ...asked]
}

async function leaksOf(headers?: Record<string, string>): Promise<readonly string[]> {
  const leaks: string[] = []
  let read = 0
  for (const url of routes) {
    const answer = await server.ask('GET', url, undefined, headers)
    if (answer.statusCode !== 200) continue
    read += 1
    for (const marker of markers) if (answer.body.includes(marker)) leaks.push(`${url}: …${around(answer.body, marker)}…`)
  }
  expect(read).toBeGreaterThan(5)
  return leaks
}

function around(body: string, marker: string): string {
  const at = body.indexOf(marker)
  return body.slice(Math.max(0, at - 60), at + 40)
}

test('an admin sees the data of the run on its pages, so there is something to leak', async () => {
  expect((await leaksOf()).length).toBeGreaterThan(5)
})

test.each(roleNames.filter((role) => role !== 'admin'))(
  'no page of the API tells a token of the role %s a value they may not see',
  async (role) => {
    expect(await leaksOf(await tokenFor(server, role))).toEqual([])
  },
)

test('after a withdrawal no page tells anybody, and no log line ever did', async () => {
  expect((await server.ask('POST', '/api/v1/consents/withdraw', { customer, all: true, channel: 'preference_page' })).statusCode).toBe(202)
  const left = (await leaksOf()).filter((leak) => !leak.includes('李雷雷'))
  expect(left).toEqual([])
  for (const marker of markers) expect(server.logged.join('\n')).not.toContain(marker)
})

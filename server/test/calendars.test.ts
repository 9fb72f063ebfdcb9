import { afterWorking, type WorkingCalendar } from '@sluice/sdk'
import { beforeAll, describe, expect, test } from 'vitest'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

/** Work around the clock but for one hour in the night, in a zone of its own: whenever the test runs, it is mostly open. */
const shop = {
  label: { en: 'Shop', 'zh-CN': '门店' },
  timeZone: 'Pacific/Auckland',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  hours: [[60, 1_440]],
  holidays: [],
  shifted: [],
}

let server: TestServer
let calendar: WorkingCalendar

beforeAll(async () => {
  server = await startServer()
  const saved = await server.ask('PUT', '/api/v1/calendars/shop', shop)
  expect(saved.statusCode, saved.body).toBe(200)
  calendar = saved.json()
})

const due = (from: number, duration: string) => new Date(afterWorking(calendar, from, duration) ?? 0).toISOString()

const asking = {
  format: 'sluice/flow@1',
  key: 'asks',
  name: { en: 'Asks', 'zh-CN': '询问' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.asks' } },
    {
      id: 'ask',
      type: 'approvals.task',
      config: { title: 'Look', assignee: 'role:director', due: 'P2DT30H', calendar: 'shop', form: { type: 'object' } },
    },
    { id: 'end', type: 'core.transform', config: { value: 'done' } },
  ],
  edges: [
    { from: 'start.out', to: 'ask.in' },
    { from: 'ask.approve', to: 'end.in' },
    { from: 'ask.reject', to: 'end.in' },
    { from: 'ask.expired', to: 'end.in' },
  ],
}

describe('with a calendar of the workspace', () => {
  test('the due date of a task counts by it', async () => {
    await publish(server, asking)
    const event = cloudEvent({ type: 'com.example.asks', data: {} })
    const { run } = (await server.ask('POST', '/api/v1/events', event)).json().runs[0]
    const { items } = (await server.ask('GET', `/api/v1/runs/${run}/journal`)).json()
    const asked = items.find((item: { kind: string; node: string }) => item.kind === 'node.waiting' && item.node === 'ask')
    const [task] = (await server.ask('GET', '/api/v1/tasks')).json().items
    expect(task).toMatchObject({ run, dueAt: due(Date.parse(asked.at), 'P2DT30H') })
    // It is not what the clock on the wall says: a night at least has its closed hour.
    expect(Date.parse(task.dueAt) - Date.parse(asked.at)).toBeGreaterThan((48 + 30) * 3_600_000)
    expect((await server.ask('GET', `/api/v1/runs/${run}`)).json().waits).toMatchObject([{ kind: 'task', dueAt: task.dueAt }])
  })

  test('a simulation counts by it, and by what it is when it is asked', async () => {
    const ask = { events: [{ type: 'com.example.asks', data: {} }], startAt: '2026-03-01T00:00:00Z', until: 'PT1H' }
    const simulated = async () => (await server.ask('POST', '/api/v1/flows/asks/simulate', ask)).json().runs[0].waits
    expect(await simulated()).toMatchObject([{ node: 'ask', dueAt: due(Date.parse('2026-03-01T00:00:00Z'), 'P2DT30H') }])
    await server.ask('PUT', '/api/v1/calendars/shop', { ...shop, hours: [[600, 1_140]] })
    expect(await simulated()).not.toMatchObject([{ dueAt: due(Date.parse('2026-03-01T00:00:00Z'), 'P2DT30H') }])
    await server.ask('PUT', '/api/v1/calendars/shop', shop)
  })

  test('a replay of real events counts by it; without it the run fails by name', async () => {
    const flow = listeningFlow('waits', 'com.example.waits') as { nodes: object[]; edges: object[] }
    await publish(server, flow as never)
    const answer = await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.waits', data: { amount: 1 } }))
    const { run } = answer.json().runs[0]
    const draft = {
      ...flow,
      nodes: [
        { id: 'start', type: 'core.event', config: { type: 'com.example.waits' } },
        { id: 'rest', type: 'core.wait', config: { for: 'P1DT2H', calendar: 'shop' } },
        { id: 'when', type: 'core.transform', config: { value: '{% now %}' } },
      ],
      edges: [
        { from: 'start.out', to: 'rest.in' },
        { from: 'rest.out', to: 'when.in' },
      ],
    }
    const replayed = async () => {
      const { body } = await server.ask('POST', '/api/v1/flows/waits/replay', { flow: draft })
      const lines = body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      return lines.find(({ outcome }) => outcome?.run === run).outcome
    }
    const { items } = (await server.ask('GET', `/api/v1/runs/${run}/journal`)).json()
    const outcome = await replayed()
    expect(outcome).toMatchObject({ replayed: true, after: { state: 'succeeded' } })
    const at = Date.parse(outcome.after.output)
    expect(new Date(at).toISOString()).toBe(due(Date.parse(items[0].at), 'P1DT2H'))
    expect((await server.ask('DELETE', '/api/v1/calendars/shop')).statusCode).toBe(204)
    expect(await replayed()).toMatchObject({ replayed: true, after: { state: 'incident' } })
  })
})

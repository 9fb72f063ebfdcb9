import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn, tokenFor } from './helpers/people.ts'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

type Headers = Record<string, string>
const customersOf = { 'c-mine': 'r-1', 'c-team': 'r-2', 'c-other': 'r-3' } as const

let server: TestServer
let rep: Headers
let manager: Headers
const runs = new Map<string, string>()

async function send(subject: string | null): Promise<string> {
  const { subject: _none, ...event } = cloudEvent({ type: 'com.example.lead' })
  const sent = subject === null ? event : { ...event, subject }
  const answer = await server.ask('POST', '/api/v1/events', sent, { 'content-type': 'application/cloudevents+json' })
  return answer.json().runs[0].run
}
const runOf = (subject: string) => runs.get(subject) ?? ''
const subjects = async (who: Headers, query = ''): Promise<string[]> => {
  const { items } = (await server.ask('GET', `/api/v1/runs${query}`, undefined, who)).json()
  return items.map((run: { subject: string | null }) => run.subject).sort()
}

beforeAll(async () => {
  server = await startServer()
  // r-1 leads r-2; nobody leads r-3.
  await server.ask('POST', '/api/v1/reps', { id: 'r-1', name: 'Wang Fang' })
  await server.ask('POST', '/api/v1/reps', { id: 'r-2', name: 'Li Na', manager: 'r-1' })
  for (const [id, owner] of Object.entries(customersOf)) await server.ask('POST', '/api/v1/customers', { id, name: id, owner })
  await publish(server, { ...listeningFlow('leads'), name: { en: 'Leads', 'zh-CN': '线索' } })
  for (const subject of Object.keys(customersOf)) runs.set(subject, await send(subject))
  runs.set('', await send(null))
  rep = await signedIn(server, 'rep', 'r-2')
  manager = await signedIn(server, 'manager', 'r-1')
})

describe('runs about the customers one knows', () => {
  test('are the only ones a rep finds; a manager finds those of the reps they lead as well', async () => {
    expect(await subjects(rep)).toEqual(['c-team'])
    expect(await subjects(rep, '?subject=c-team')).toEqual(['c-team'])
    expect(await subjects(rep, '?subject=c-other')).toEqual([])
    expect(await subjects(manager)).toEqual(['c-mine', 'c-team'])
  })

  test('are what the histogram counts', async () => {
    const counted = async (who: Headers) => {
      const { items } = (await server.ask('GET', '/api/v1/runs/histogram', undefined, who)).json()
      return items.reduce((sum: number, slot: Record<string, number>) => sum + (slot.live ?? 0) + (slot.succeeded ?? 0), 0)
    }
    expect([await counted(rep), await counted(manager)]).toEqual([1, 2])
  })

  test.each(['', '/journal', '/flow'])('are open with their %s; of others not even that they exist is told', async (part) => {
    const open = async (who: Headers, subject: string) =>
      (await server.ask('GET', `/api/v1/runs/${runOf(subject)}${part}`, undefined, who)).statusCode
    expect(await Promise.all(['c-team', 'c-mine', 'c-other', ''].map((subject) => open(rep, subject)))).toEqual([200, 404, 404, 404])
    expect(await Promise.all(['c-team', 'c-mine', 'c-other', ''].map((subject) => open(manager, subject)))).toEqual([200, 200, 404, 404])
  })

  test('bring the drawing of their version along, and the name of their flow', async () => {
    const { body } = await server.ask('GET', `/api/v1/runs/${runOf('c-team')}/flow`, undefined, rep)
    expect(JSON.parse(body)).toMatchObject({ format: 'sluice/flow@1', key: 'leads' })
    const names = await server.ask('GET', '/api/v1/flow-names?keys=leads,nowhere', undefined, rep)
    expect(names.json().items).toEqual([{ key: 'leads', name: { en: 'Leads', 'zh-CN': '线索' } }])
  })

  test('are streamed to them one by one, never all and never those of others', async () => {
    const refused = async (query: string) => (await server.ask('GET', `/api/v1/stream?${query}`, undefined, rep)).statusCode
    expect([await refused('flow=leads'), await refused(`run=${runOf('c-other')}`)]).toEqual([403, 404])
  })

  test('open neither flows nor incidents nor the acts of an operator', async () => {
    const asked = ['GET /flows', 'GET /flows/leads', 'GET /incidents', 'GET /dead-letters', `POST /runs/${runOf('c-team')}/cancel`]
    const answers = asked.map(async (one) => {
      const [method = '', path = ''] = one.split(' ')
      return (await server.ask(method as 'GET', `/api/v1${path}`, undefined, rep)).statusCode
    })
    expect(await Promise.all(answers)).toEqual(asked.map(() => 403))
  })
})

test('a manager sees the customers of the team and enters new ones for it, and for nobody else', async () => {
  const listed = async (query = '') => {
    const { items } = (await server.ask('GET', `/api/v1/customers${query}`, undefined, manager)).json()
    return items.map(({ id }: { id: string }) => id)
  }
  expect(await listed()).toEqual(['c-mine', 'c-team'])
  expect(await listed('?owner=r-2')).toEqual(['c-team'])
  expect(await listed('?owner=r-3')).toEqual([])
  expect((await server.ask('GET', '/api/v1/customers/c-other', undefined, manager)).statusCode).toBe(404)
  const entered = async (owner: string) => (await server.ask('POST', '/api/v1/customers', { name: 'New', owner }, manager)).json().owner
  expect([await entered('r-2'), await entered('r-3')]).toEqual(['r-2', 'r-1'])
})

test('whoever sees all runs still does', async () => {
  expect(await subjects(await tokenFor(server, 'legal'))).toHaveLength(4)
})

test('the runs that a withdrawal ended are found by it, those whose timers ended with them as well', async () => {
  const waiting = {
    ...listeningFlow('waits-for-consent', 'com.example.waits'),
    nodes: [
      { id: 'start', type: 'core.event', config: { type: 'com.example.waits' } },
      { id: 'pause', type: 'core.wait', config: { for: 'P1D' } },
      {
        id: 'say',
        type: 'notify.customer',
        config: { customer: '{% event.subject %}', channel: 'sms', text: 'Hello', purpose: 'recommendation', scene: 'quote_push' },
      },
    ],
    edges: [
      { from: 'start.out', to: 'pause.in' },
      { from: 'pause.out', to: 'say.in' },
    ],
  }
  await publish(server, waiting)
  const grant = { purpose: 'recommendation', scene: 'quote_push', scope: 'standing', session: null, act: 'button', language: 'en' }
  await server.ask('POST', '/api/v1/consents', { customer: 'c-team', ...grant })
  const { runs: begun } = (await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.waits', subject: 'c-team' }))).json()
  const withdraw = { customer: 'c-team', all: true, channel: 'preference_page' }
  const { withdrawal } = (await server.ask('POST', '/api/v1/consents/withdraw', withdraw)).json()
  const { stopped } = (await server.ask('GET', `/api/v1/withdrawals/${withdrawal}`)).json()
  const listed = async (query: string, who?: Headers) =>
    (await server.ask('GET', `/api/v1/runs?${query}`, undefined, who)).json().items.map(({ id }: { id: string }) => id)
  expect(stopped).toMatchObject({ runs: 1, timers: 1, tasks: 0 })
  expect(await listed(`withdrawal=${withdrawal}`)).toEqual([begun[0].run])
  expect(await listed(`withdrawal=${withdrawal}&ended=timers`)).toEqual([begun[0].run])
  expect(await listed(`withdrawal=${withdrawal}&ended=tasks`)).toEqual([])
  expect(await listed('withdrawal=none')).toEqual([])
  // A rep sees of them what is about their own customers.
  expect(await listed(`withdrawal=${withdrawal}`, rep)).toEqual([begun[0].run])
})

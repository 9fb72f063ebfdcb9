import { Webhook } from 'standardwebhooks'
import { beforeAll, describe, expect, test } from 'vitest'
import { signedIn } from './helpers/people.ts'
import { publish, startServer, type TestServer } from './helpers/start.ts'

const hookFlow = (key: string, config: Record<string, unknown> = {}) => ({
  format: 'sluice/flow@1',
  key,
  name: 'Hook',
  nodes: [
    { id: 'hook', type: 'core.webhook', config },
    { id: 'end', type: 'core.stop', config: { output: '{% input.body.amount %}' } },
  ],
  edges: [{ from: 'hook.out', to: 'end.in' }],
})

let server: TestServer
let secret = ''
beforeAll(async () => {
  server = await startServer({ environment: { SLUICE_SECRET_PARTNER: 'partner-secret-partner-secret-123' } })
  await publish(server, hookFlow('paid'))
  secret = (await server.ask('GET', '/api/v1/flows/paid/hooks')).json().items[0].secret
})

interface Call {
  readonly id?: string
  readonly at?: Date
  readonly body?: string
  readonly key?: string
  readonly headers?: Record<string, string>
  readonly url?: string
}

let count = 0
function call({
  id = `msg_${++count}`,
  at = new Date(),
  body = '{"amount":5}',
  key = secret,
  headers = {},
  url = '/api/v1/hooks/paid/hook',
}: Call = {}) {
  const signature = new Webhook(key).sign(id, at, body)
  const signed = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': signature }
  return server.ask('POST', url, body, { authorization: '', ...signed, ...headers })
}

describe('a webhook', () => {
  test('signed with its secret starts its flow', async () => {
    const answer = await call()
    expect(answer.statusCode).toBe(202)
    const run = (await server.ask('GET', `/api/v1/runs/${answer.json().run}`)).json()
    expect(run).toMatchObject({ flow: 'paid', trigger: 'hook', state: 'succeeded', output: 5 })
  })

  test('repeated gives the same run and starts none', async () => {
    const [first, again] = [await call({ id: 'msg_same' }), await call({ id: 'msg_same' })]
    expect([first.statusCode, again.statusCode]).toEqual([202, 200])
    expect(again.json()).toEqual(first.json())
  })

  test('never shows the flow its signature or the caller’s credentials', async () => {
    const answer = await call({ headers: { cookie: 'sluice_session=stolen', 'x-partner': 'p-1' } })
    const journal = (await server.ask('GET', `/api/v1/runs/${answer.json().run}/journal`)).body
    expect(journal).toContain('p-1')
    expect(journal).not.toContain('stolen')
    expect(journal).not.toContain('webhook-signature')
  })
})

describe('is refused', () => {
  const minutes = (n: number) => new Date(Date.now() + n * 60_000)
  test.each([
    ['unsigned', () => server.ask('POST', '/api/v1/hooks/paid/hook', '{"amount":5}', { authorization: '' })],
    ['signed with another secret', () => call({ key: `whsec_${Buffer.alloc(32, 7).toString('base64')}` })],
    ['with a changed body', () => call({ headers: {}, body: '{"amount":5}' }).then(() => tampered())],
    ['recorded and replayed ten minutes later', () => call({ at: minutes(-10) })],
    ['from the future', () => call({ at: minutes(10) })],
    ['with an empty signature', () => call({ headers: { 'webhook-signature': 'v1,' } })],
    ['with a signature of another version', () => call({ headers: { 'webhook-signature': 'v0,abc' } })],
    ['with a broken time', () => call({ headers: { 'webhook-timestamp': 'now' } })],
    ['even for an admin without a signature', () => server.ask('POST', '/api/v1/hooks/paid/hook', '{"amount":5}')],
  ])('%s', async (_name, send) => {
    const answer = await send()
    expect(answer.json()).toMatchObject({ status: 401, code: 'SLU_WEBHOOK_SIGNATURE' })
  })

  function tampered() {
    const at = new Date()
    const signature = new Webhook(secret).sign('msg_tampered', at, '{"amount":5}')
    const signed = {
      'webhook-id': 'msg_tampered',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': signature,
    }
    return server.ask('POST', '/api/v1/hooks/paid/hook', '{"amount":5000000}', { authorization: '', ...signed })
  }

  test.each(['/api/v1/hooks/paid/end', '/api/v1/hooks/nobody/hook'])('%s is no webhook', async (url) => {
    expect((await call({ url })).json()).toMatchObject({ status: 404, code: 'SLU_WEBHOOK_ADDRESS' })
  })
})

test('an answer that waits for the run gives the flow’s own output', async () => {
  await publish(server, hookFlow('asked', { respond: 'run-end' }))
  const own = (await server.ask('GET', '/api/v1/flows/asked/hooks')).json().items[0].secret
  const answer = await call({ key: own, url: '/api/v1/hooks/asked/hook' })
  expect([answer.statusCode, answer.json()]).toEqual([200, 5])
})

test('in a file `respond: true` is enough, and the call is an event like any other', async () => {
  const short = hookFlow('short', { respond: true })
  const [, end] = short.nodes
  await publish(server, { ...short, nodes: [short.nodes[0], { ...end, config: { output: '{% event.data.amount + 1 %}' } }] })
  const own = (await server.ask('GET', '/api/v1/flows/short/hooks')).json().items[0].secret
  const answer = await call({ key: own, url: '/api/v1/hooks/short/hook' })
  expect([answer.statusCode, answer.json()]).toEqual([200, 6])
})

test('after a rotation the new secret works, and the old one for a while', async () => {
  const { secret: fresh, previousUntil } = (await server.ask('POST', '/api/v1/flows/paid/hooks/hook/rotate')).json()
  expect(fresh).toMatch(/^whsec_/)
  expect(Date.parse(previousUntil)).toBeGreaterThan(Date.now())
  expect((await call({ key: fresh })).statusCode).toBe(202)
  expect((await call({ key: secret })).statusCode).toBe(202)
})

test('publishing again keeps the secret its senders know', async () => {
  const before = (await server.ask('GET', '/api/v1/flows/asked/hooks')).json().items[0].secret
  await publish(server, hookFlow('asked'))
  expect((await server.ask('GET', '/api/v1/flows/asked/hooks')).json().items[0].secret).toBe(before)
})

test('a webhook that names a secret this server lacks is not publishable', async () => {
  await server.ask('PUT', '/api/v1/flows/unsigned', hookFlow('unsigned', { secret: 'nobody-has-it' }))
  const answer = await server.ask('POST', '/api/v1/flows/unsigned/publish')
  expect(answer.json()).toMatchObject({
    status: 422,
    code: 'SLU_FLOW_PROBLEMS',
    problems: [{ code: 'SLU_WEBHOOK_SECRET_UNKNOWN', node: 'hook' }],
  })
})

test('a webhook can be signed with a secret of the environment', async () => {
  await publish(server, hookFlow('partner', { secret: 'partner' }))
  const at = new Date()
  const signature = new Webhook('partner-secret-partner-secret-123', { format: 'raw' }).sign('p1', at, '{"amount":1}')
  const signed = { 'webhook-id': 'p1', 'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)), 'webhook-signature': signature }
  expect((await server.ask('POST', '/api/v1/hooks/partner/hook', '{"amount":1}', { authorization: '', ...signed })).statusCode).toBe(202)
})

test('the secret is nowhere in the database in clear', async () => {
  const { readFileSync } = await import('node:fs')
  const current = (await server.ask('GET', '/api/v1/flows/paid/hooks')).json().items[0].secret as string
  for (const file of ['sluice.db', 'sluice.db-wal']) expect(readFileSync(`${server.data}/${file}`).includes(current)).toBe(false)
})

test('whoever draws a flow finds secrets by their names, and nobody their values', async () => {
  const answer = await server.ask('GET', '/api/v1/secret-names')
  expect(answer.json()).toEqual({ items: [{ name: 'partner' }], next: null })
  expect((await server.ask('GET', '/api/v1/secret-names', undefined, await signedIn(server, 'director'))).statusCode).toBe(403)
})

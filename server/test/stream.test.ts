import { type ClientRequest, get } from 'node:http'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { signedIn, tokenFor } from './helpers/people.ts'
import { adminToken, cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
let port = 0
beforeAll(async () => {
  server = await startServer()
  await publish(server, listeningFlow('lead'))
  await publish(server, listeningFlow('other', 'com.example.other'))
  await server.fastify.listen({ port: 0, host: '127.0.0.1' })
  const address = server.fastify.server.address()
  port = typeof address === 'object' && address !== null ? address.port : 0
})

const open: ClientRequest[] = []
afterEach(() => {
  for (const request of open.splice(0)) request.destroy()
})

interface Listening {
  readonly status: number
  readonly text: () => string
  /** Waits until this has come. */
  until(part: string | RegExp): Promise<void>
  readonly ended: Promise<void>
}

function listen(query = '', headers: Record<string, string> = { authorization: `Bearer ${adminToken}` }): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const request = get({ port, host: '127.0.0.1', path: `/api/v1/stream${query}`, headers }, (answer) => {
      let got = ''
      const ended = new Promise<void>((done) => {
        answer.on('end', done)
        answer.on('close', done)
      })
      answer.setEncoding('utf8')
      answer.on('data', (chunk) => {
        got += chunk
      })
      answer.on('error', () => {})
      const until = async (part: string | RegExp) => {
        for (let tries = 0; tries < 500; tries++) {
          if (typeof part === 'string' ? got.includes(part) : part.test(got)) return
          await new Promise((again) => setTimeout(again, 10))
        }
        throw new Error(`never came: ${String(part)}\n${got}`)
      }
      resolve({ status: answer.statusCode ?? 0, text: () => got, until, ended })
    })
    request.on('error', reject)
    open.push(request)
  })
}

const send = (changes: Record<string, unknown> = {}) =>
  server.ask('POST', '/api/v1/events', cloudEvent(changes), { 'content-type': 'application/cloudevents+json' })

test('a run that is nowhere is told at once, instead of a stream in which nothing ever comes', async () => {
  const answer = await server.ask('GET', '/api/v1/stream?run=no-such-run')
  expect(answer.statusCode).toBe(404)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ code: 'SLU_RUN_UNKNOWN' })
  const { run } = (await send({ id: 'known-run' })).json().runs[0]
  expect((await listen(`?run=${run}`)).status).toBe(200)
})

test('a listener sees a run with the entries of its journal', async () => {
  const stream = await listen()
  const { runs } = (await send()).json()
  await stream.until(runs[0].run)
  const data = JSON.parse(/event: run\ndata: (.*)\n/.exec(stream.text())?.[1] ?? '{}')
  expect(data).toMatchObject({ run: runs[0].run, flow: 'lead', version: 1, status: 'succeeded', seq: 1 })
  expect(data.entries.map((entry: { kind: string }) => entry.kind)).toEqual([
    'run.started',
    'node.completed',
    'node.completed',
    'run.succeeded',
  ])
})

test('each listener hears customer data as they may see it, and what froze since is not told again', async () => {
  const mobile = '13800138000'
  await server.ask('POST', '/api/v1/customers', { id: 'c-heard', name: '李雷', fields: { mobile } })
  await server.ask('POST', '/api/v1/consents', { customer: 'c-heard', purpose: 'recommendation', scene: 'quote_push', scope: 'standing' })
  const [whole, masked] = [await listen('?flow=lead'), await listen('?flow=lead', await tokenFor(server, 'analyst'))]
  const { run } = (await send({ subject: 'c-heard', data: { amount: 1, mobile } })).json().runs[0]
  await Promise.all([whole.until(run), masked.until(run)])
  expect(whole.text()).toContain(mobile)
  expect(masked.text()).not.toContain(mobile)

  const before = /id: (\S+)-(\d+)\nevent: run/.exec(whole.text())
  await server.ask('POST', '/api/v1/consents/withdraw', { customer: 'c-heard', all: true, channel: 'preference_page' })
  const lastId = `${before?.[1]}-${Number(before?.[2]) - 1}`
  const again = await listen('?flow=lead', { authorization: `Bearer ${adminToken}`, 'last-event-id': lastId })
  await again.until(run)
  expect(again.text()).not.toContain(mobile)
  expect(again.text()).toContain('{"$masked":"frozen"}')
})

test('what happens between a first answer and the first line is told by the line', async () => {
  const browser = await signedIn(server, 'operator')
  const session = { cookie: browser.cookie, 'sec-fetch-site': 'same-origin' }
  const answer = await server.ask('GET', '/api/v1/runs', undefined, browser)
  const position = String(answer.headers['sluice-position'])
  const { run } = (await send()).json().runs[0]
  const stream = await listen(`?flow=lead&after=${position}`, session)
  await stream.until(run)
  const late = await listen('?flow=lead&after=gone-3', session)
  await late.until('event: reset')
})

test('of one flow hears only that flow', async () => {
  const stream = await listen('?flow=other')
  const lead = (await send()).json().runs[0].run
  const other = (await send({ type: 'com.example.other' })).json().runs[0].run
  await stream.until(other)
  expect(stream.text()).not.toContain(lead)
})

test('of topics hears those topics', async () => {
  const stream = await listen('?topics=flows')
  await send()
  await server.ask('PUT', '/api/v1/flows/fresh', listeningFlow('fresh'))
  await stream.until('event: topic')
  expect(stream.text()).toContain('"topic":"flows"')
  expect(stream.text()).not.toContain('event: run')
})

test('who may not read runs hears none, and may not ask for them', async () => {
  const rep = await tokenFor(server, 'rep')
  const stream = await listen('', rep)
  expect(stream.status).toBe(200)
  await send()
  await server.ask('PUT', '/api/v1/flows/secret-flow', listeningFlow('secret-flow'))
  await new Promise((wait) => setTimeout(wait, 100))
  expect(stream.text()).not.toMatch(/event: (run|topic)/)
  expect((await listen('?flow=lead', rep)).status).toBe(403)
  expect((await listen('?topics=flows', rep)).status).toBe(403)
})

test('nobody listens without signing in', async () => {
  expect((await listen('', {})).status).toBe(401)
})

test('an unknown topic or query is refused', async () => {
  expect((await listen('?topics=everything')).status).toBe(400)
  expect((await listen('?since=1')).status).toBe(400)
})

test('a screen that comes back gets what it missed', async () => {
  const first = await listen('?flow=lead')
  const seen = (await send()).json().runs[0].run
  await first.until(seen)
  const keeper = await listen()
  const lastId = /id: (\S+)/.exec(first.text())?.[1] ?? ''
  const missed = (await send()).json().runs[0].run
  await keeper.until(missed)
  const again = await listen('?flow=lead', { authorization: `Bearer ${adminToken}`, 'last-event-id': lastId })
  await again.until(missed)
  expect(again.text()).not.toContain(seen)
})

test('a screen that was the only one gets what it missed as well', async () => {
  const first = await listen('?flow=lead')
  const seen = (await send()).json().runs[0].run
  await first.until(seen)
  for (const request of open.splice(0)) request.destroy()
  await first.ended
  const missed = (await send()).json().runs[0].run
  const lastId = /id: (\S+)/.exec(first.text())?.[1] ?? ''
  const again = await listen('?flow=lead', { authorization: `Bearer ${adminToken}`, 'last-event-id': lastId })
  await again.until(missed)
  expect(again.text()).not.toContain('event: reset')
})

test('a screen that missed too much is told to read anew', async () => {
  const stream = await listen('', { authorization: `Bearer ${adminToken}`, 'last-event-id': 'before-the-restart-1' })
  await stream.until('event: reset')
})

test('a caller has a bound of streams, and gets room again when one closes', async () => {
  const rep = await tokenFor(server, 'rep')
  for (let count = 0; count < 20; count++) expect((await listen('', rep)).status).toBe(200)
  expect((await listen('', rep)).status).toBe(429)
  open[0]?.destroy()
  await new Promise((wait) => setTimeout(wait, 100))
  expect((await listen('', rep)).status).toBe(200)
})

test('whoever may look at their own runs alone hears of those, with the same data hidden, and of no others', async () => {
  await server.ask('POST', '/api/v1/reps', { id: 'r-live', name: 'Li Na' })
  await server.ask('POST', '/api/v1/customers', { id: 'c-live', name: 'Own', owner: 'r-live' })
  await server.ask('POST', '/api/v1/customers', { id: 'c-strange', name: 'Strange', owner: 'nobody' })
  const rep = await signedIn(server, 'rep', 'r-live')
  const heard = await listen('', { cookie: rep.cookie })
  expect(heard.status).toBe(200)
  const strange = (await send({ subject: 'c-strange' })).json().runs[0].run
  const nobodys = (await send()).json().runs[0].run
  const own = (await send({ subject: 'c-live' })).json().runs[0].run
  await heard.until(own)
  const owned = JSON.parse(/^data: (.*"run":.*)$/m.exec(heard.text())?.[1] ?? '{}')
  expect(owned).toMatchObject({ run: own, flow: 'lead' })
  expect(heard.text()).not.toContain(strange)
  expect(heard.text()).not.toContain(nobodys)

  // Given to somebody else it is theirs no more, from the next piece of news on.
  await server.ask('PATCH', '/api/v1/customers/c-live', { owner: 'nobody' })
  const later = (await send({ subject: 'c-live' })).json().runs[0].run
  await server.ask('POST', '/api/v1/customers', { id: 'c-live-2', name: 'Own too', owner: 'r-live' })
  const after = (await send({ subject: 'c-live-2' })).json().runs[0].run
  await heard.until(after)
  expect(heard.text()).not.toContain(later)
})

test('a graceful stop ends the streams and takes no more work', async () => {
  const own = await startServer()
  await own.fastify.listen({ port: 0, host: '127.0.0.1' })
  own.door.stopping = true
  expect((await own.ask('POST', '/api/v1/events', cloudEvent())).json()).toMatchObject({ status: 503, code: 'SLU_STOPPING' })
  expect((await own.ask('GET', '/health/ready')).statusCode).toBe(503)
  expect((await own.ask('GET', '/health/live')).statusCode).toBe(200)
  const stream = await listen()
  await server.fastify.close()
  await stream.ended
  await own.stop()
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { pushKeys, pushSubscriptions } from '../src/commands/push-tables.ts'
import { knownServices, pushLimits } from '../src/push/limits.ts'
import { oncePerWaiting, rateOfPeople } from '../src/push/memory.ts'
import { signedIn, tokenFor } from './helpers/people.ts'
import { claimsOf, type PushService, startPushService } from './helpers/push-service.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

type Headers = Record<string, string>

let service: PushService
let server: TestServer
let ann: { readonly id: string; readonly headers: Headers }
let bo: { readonly id: string; readonly headers: Headers }

async function person() {
  const headers = { ...(await signedIn(server, 'director')), origin: 'http://localhost' }
  const { user } = (await server.ask('GET', '/api/v1/session', undefined, headers)).json()
  return { id: user.id as string, headers }
}

const asks = {
  format: 'sluice/flow@1',
  key: 'asks',
  name: { en: 'Asks', 'zh-CN': '询问' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: 'com.example.asks' } },
    {
      id: 'ask',
      type: 'approvals.task',
      config: { title: 'Discount for {{ event.data.who }}', assignee: '{% event.data.to %}', due: 'P2D', form: { type: 'object' } },
    },
    { id: 'end', type: 'core.transform', config: { value: 1 } },
  ],
  edges: [
    { from: 'start.out', to: 'ask.in' },
    { from: 'ask.approve', to: 'end.in' },
    { from: 'ask.reject', to: 'end.in' },
    { from: 'ask.expired', to: 'end.in' },
  ],
}

beforeAll(async () => {
  service = await startPushService()
  server = await startServer({ environment: { SLUICE_ALLOW_HOSTS: `private:${service.host}` } })
  ;[ann, bo] = [await person(), await person()]
  await publish(server, asks)
})
beforeEach(async () => {
  service.answers = 201
  service.arrived.length = 0
  await server.ask('PUT', '/api/v1/settings/push', { on: false })
  await server.ask('PUT', '/api/v1/settings/push', switchedOn())
})

const switchedOn = () => ({ on: true, hosts: [service.host], contact: 'ops@example.com' })
const begin = (to: string) =>
  server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.asks', data: { to, who: 'Wang Fang 13812345678' } }))
const subscribe = (subscription: object, who = ann) => server.ask('POST', '/api/v1/push/subscriptions', subscription, who.headers)
const records = () => server.door.engine.reader.records
const taskOf = async (who: typeof ann) =>
  (await server.ask('GET', '/api/v1/tasks?mine=true&state=open', undefined, who.headers)).json().items[0]

test('a person is told of their task on each of their devices, encrypted for it, signed as this workspace, and without a word of what it is about', async () => {
  const [phone, desk] = [service.newBrowser(), service.newBrowser()]
  await subscribe(phone.subscription)
  await subscribe(desk.subscription)
  await subscribe(service.newBrowser().subscription, bo)
  await begin(`user:${ann.id}`)
  await expect.poll(() => service.arrived.length).toBe(2)
  const task = await taskOf(ann)
  const said = { kind: 'task', task: task.id, dueAt: Date.parse(task.dueAt), language: 'en' }
  expect([...phone.read(), ...desk.read()].map((text) => JSON.parse(text))).toEqual([said, said])
  const [first] = service.arrived
  if (first === undefined) throw new Error('Nothing arrived')
  const { key } = (await server.ask('GET', '/api/v1/push', undefined, ann.headers)).json()
  const claims = claimsOf(first)
  expect(claims).toMatchObject({ aud: `http://${service.host}`, sub: 'mailto:ops@example.com', key })
  expect(claims.exp * 1_000).toBeLessThan(Date.now() + 25 * 3_600_000)
  expect(first.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: String(pushLimits.keptSecondsMax), urgency: 'normal' })
  expect(first.headers.topic).toMatch(/^[A-Za-z0-9_-]{1,32}$/)
})

test('a task is told once to whoever it is given to, not again when it is claimed or talked about, and anew to whoever it is passed on to', async () => {
  const [hers, his] = [service.newBrowser(), service.newBrowser()]
  await subscribe(hers.subscription)
  await subscribe(his.subscription, bo)
  await begin(`user:${ann.id}`)
  await expect.poll(() => hers.read().length).toBe(1)
  const task = await taskOf(ann)
  await server.ask('POST', `/api/v1/tasks/${task.id}/comment`, { text: 'Hm.' }, ann.headers)
  await server.ask('POST', `/api/v1/tasks/${task.id}/transfer`, { to: `user:${bo.id}` }, ann.headers)
  await expect.poll(() => his.read().length).toBe(1)
  expect(hers.read()).toHaveLength(1)
})

test('a browser that its push service knows no more is forgotten, and so is one that takes nothing for long', async () => {
  await subscribe(service.newBrowser().subscription)
  service.answers = 410
  await begin(`user:${ann.id}`)
  await expect.poll(() => records().count(pushSubscriptions)).toBe(0)

  const { id } = (await subscribe(service.newBrowser().subscription, bo)).json()
  service.answers = 500
  await begin(`user:${bo.id}`)
  await expect.poll(() => records().find(pushSubscriptions, { id })?.failures).toBe(1)
  for (let more = 2; more < pushLimits.failuresMax; more += 1)
    await server.door.command('push.count', { id, taken: false }, { kind: 'system', id: 'push' })
  expect(records().find(pushSubscriptions, { id })?.failures).toBe(pushLimits.failuresMax - 1)
  await server.door.command('push.count', { id, taken: false }, { kind: 'system', id: 'push' })
  expect(records().count(pushSubscriptions)).toBe(0)
})

test('nothing is pushed before an admin says so, only to named services, and switching off forgets every browser', async () => {
  const fresh = await startServer()
  expect((await fresh.ask('GET', '/api/v1/settings/push')).json()).toEqual({
    on: false,
    hosts: knownServices,
    contact: null,
    known: knownServices,
    devices: 0,
  })
  const someone = await signedIn(fresh, 'rep')
  const google = { ...service.newBrowser().subscription, endpoint: 'https://fcm.googleapis.com/fcm/send/abc' }
  const ask = (subscription: object) =>
    fresh.ask('POST', '/api/v1/push/subscriptions', subscription, { ...someone, origin: 'http://localhost' })
  expect((await ask(google)).json().code).toBe('SLU_PUSH_OFF')
  await fresh.ask('PUT', '/api/v1/settings/push', { on: true, hosts: knownServices, contact: 'ops@example.com' })
  expect((await ask(google)).statusCode).toBe(201)
  for (const endpoint of [
    'https://evil.example/fcm.googleapis.com',
    'http://fcm.googleapis.com/send/abc',
    'https://fcm.googleapis.com:8443/send/abc',
    'https://ann@fcm.googleapis.com/send/abc',
    service.newBrowser().subscription.endpoint,
  ])
    expect((await ask({ ...google, endpoint })).json().code, endpoint).toBe('SLU_PUSH_HOST')
  // An admin alone does not open the own network: that takes the operator's list as well.
  await fresh.ask('PUT', '/api/v1/settings/push', { on: true, hosts: [service.host], contact: 'ops@example.com' })
  expect((await ask(service.newBrowser().subscription)).json().code).toBe('SLU_PUSH_HOST')
  await fresh.ask('PUT', '/api/v1/settings/push', { on: false })
  expect(fresh.door.engine.reader.records.count(pushSubscriptions)).toBe(0)
})

test('bodies are strict, a token has no device, a person has so many and takes away only their own', async () => {
  const { subscription } = service.newBrowser()
  for (const wrong of [
    { ...subscription, more: 1 },
    { ...subscription, keys: { ...subscription.keys, auth: 'short' } },
    { ...subscription, keys: { p256dh: 'A'.repeat(87), auth: subscription.keys.auth } },
    { ...subscription, endpoint: 'javascript:alert(1)' },
    { endpoint: subscription.endpoint },
  ])
    expect((await subscribe(wrong)).statusCode).toBe(422)
  for (const wrong of [
    { on: true, hosts: [service.host] },
    { ...switchedOn(), hosts: ['*'] },
    { ...switchedOn(), hosts: ['private:10.0.0.5:1'] },
    { ...switchedOn(), contact: 'nobody' },
  ])
    expect((await server.ask('PUT', '/api/v1/settings/push', wrong)).statusCode).toBe(422)
  const token = await tokenFor(server, 'director')
  expect((await server.ask('POST', '/api/v1/push/subscriptions', subscription, token)).json().code).toBe('SLU_PUSH_PERSON')

  const { id } = (await subscribe(subscription)).json()
  expect((await subscribe(subscription)).json()).toEqual({ id })
  for (let more = 1; more < pushLimits.devicesPerPersonMax; more += 1) await subscribe(service.newBrowser().subscription)
  expect((await subscribe(service.newBrowser().subscription)).json().code).toBe('SLU_PUSH_LIMIT')
  await server.ask('DELETE', `/api/v1/push/subscriptions/${id}`, undefined, bo.headers)
  const devices = async () => (await server.ask('GET', '/api/v1/push', undefined, ann.headers)).json().devices
  expect(await devices()).toHaveLength(pushLimits.devicesPerPersonMax)
  await server.ask('DELETE', `/api/v1/push/subscriptions/${id}`, undefined, ann.headers)
  expect(await devices()).toHaveLength(pushLimits.devicesPerPersonMax - 1)
})

test('the key is made once and stays over a restart; neither its private half nor the address of a browser is readable in the file', async () => {
  const { subscription } = service.newBrowser()
  await subscribe(subscription)
  const row = records().find(pushKeys, { id: 'vapid' })
  if (row === null) throw new Error('There is no key')
  const secret = server.door.keyring.open(row.sealed)
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
  const file = [readFileSync(join(server.data, 'sluice.db')), readFileSync(join(server.data, 'sluice.db-wal'))]
  for (const bytes of file)
    for (const hidden of [secret, new URL(subscription.endpoint).pathname, subscription.keys.auth])
      expect(bytes.includes(hidden)).toBe(false)
  await server.door.command('push.keep-keys', { publicKey: 'other', sealed: 'other' }, { kind: 'system', id: 'push' })
  expect(records().find(pushKeys, { id: 'vapid' })).toEqual(row)
})

test('what was open before the start is told only when it has changed hands, and each person only so often a minute', () => {
  const isFirst = oncePerWaiting(1_000)
  const waiting = { kind: 'task', assignee: 'role:rep', dueAt: null, createdAt: 500, isHandedOver: false, people: [] } as const
  expect(isFirst('old', waiting)).toBe(false)
  expect(isFirst('old', { ...waiting, assignee: 'user:u', isHandedOver: true })).toBe(true)
  expect(isFirst('new', { ...waiting, createdAt: 1_000 })).toBe(true)
  expect(isFirst('new', { ...waiting, createdAt: 1_000 })).toBe(false)

  const mayPush = rateOfPeople()
  const told = Array.from({ length: pushLimits.perPersonMinuteMax + 2 }, () => mayPush('u', 60_000)).filter(Boolean)
  expect(told).toHaveLength(pushLimits.perPersonMinuteMax)
  expect([mayPush('other', 60_001), mayPush('u', 120_000)]).toEqual([true, true])
})

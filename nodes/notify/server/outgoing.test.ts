import { createHmac } from 'node:crypto'
import type { JsonObject } from '@sluice/sdk'
import { memoryStore, nobodyPermit, personPermit, testHost } from '@sluice/sdk/testing'
import { expect, test } from 'vitest'
import { type AlertRow, alerts, channels } from '../domain/tables.ts'
import { sendAlert, sendMessage } from './outgoing.ts'

const permit = personPermit({ subject: 'c-1', purpose: 'recommendation', scene: 'quote_push', session: null, effectKind: 'message' })
const order = (request: JsonObject) => ({ id: 'e-1', run: 'r', node: 'n', attempt: 1, request, idempotencyKey: 'r:t1:n', permit })
const message = { message: 'm-1', customer: 'c-1', channel: 'sms', text: 'Your quote' }
const secret = `whsec_${Buffer.from('0123456789abcdef').toString('base64')}`

function connected(answer: { status: number; headers?: { [name: string]: string } } | Error) {
  const store = memoryStore()
  store.transaction(() => store.records.insert(channels, { channel: 'sms', url: 'https://sms.example.com/', secret: 'sms', updatedAt: 0 }))
  const sent: { url: string; headers: { readonly [name: string]: string }; body: string }[] = []
  const host = testHost({
    store,
    now: 1_700_000_000_000,
    host: {
      secret: (_permit, name) => (name === 'sms' ? secret : null),
      fetch: async (_permit, url, { headers = {}, body = '' }) => {
        sent.push({ url, headers, body })
        if (answer instanceof Error) throw answer
        return { headers: {}, text: '', ...answer }
      },
    },
  })
  return { host, sent }
}

test('without a channel nothing leaves, and the record says so', async () => {
  expect(await sendMessage(order(message), testHost({}))).toMatchObject({ port: 'out', data: { delivery: 'recorded' } })
})

test('what leaves is signed as Standard Webhooks asks', async () => {
  const { host, sent } = connected({ status: 202, headers: { 'x-message-id': 'p-1' } })
  expect(await sendMessage(order(message), host)).toMatchObject({ data: { delivery: 'sent', providerRef: 'p-1' } })
  const [call] = sent
  const signed = createHmac('sha256', '0123456789abcdef').update(`r:t1:n.1700000000.${call?.body}`).digest('base64')
  expect(call?.headers).toMatchObject({
    'webhook-id': 'r:t1:n',
    'webhook-timestamp': '1700000000',
    'webhook-signature': `v1,${signed}`,
    'idempotency-key': 'r:t1:n',
  })
  expect(JSON.parse(call?.body ?? '')).toMatchObject({ type: 'sluice.message', message: 'm-1', text: 'Your quote' })
})

test.each<[{ status: number } | Error, boolean]>([
  [{ status: 400 }, true],
  [{ status: 302 }, true],
  [{ status: 429 }, false],
  [{ status: 500 }, false],
  [new Error('reset'), false],
])('after %j another try is hopeless: %s', async (answer, terminal) => {
  expect(await sendMessage(order(message), connected(answer).host)).toMatchObject({ error: { code: 'SLU_CHANNEL_REFUSED', terminal } })
})

test('a channel whose secret is gone sends nothing unsigned', async () => {
  const { host, sent } = connected({ status: 200 })
  expect(await sendMessage(order(message), { ...host, secret: () => null })).toMatchObject({
    error: { code: 'SLU_CHANNEL_SECRET', terminal: true },
  })
  expect(sent).toEqual([])
})

test('the webhook of alerts tells that there is one and for whom; its words and the customer stay here', async () => {
  const store = memoryStore()
  const row: AlertRow = {
    id: 'a-1',
    to: 'rep:r-1',
    customer: 'c-1001',
    title: '李雷',
    text: 'Li Lei, 13800138000, withdrew',
    kind: 'flow',
    withdrawal: null,
    run: null,
    node: null,
    token: null,
    state: 'open',
    createdAt: 1_700_000_000_000,
    dueAt: null,
    escalatedTo: null,
    escalatedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    webhook: 'queued',
  }
  store.transaction(() => {
    store.records.insert(channels, { channel: 'rep-alerts', url: 'https://chat.example.com/', secret: null, updatedAt: 0 })
    store.records.insert(alerts, row)
  })
  const bodies: string[] = []
  const host = testHost({
    store,
    now: 1_700_000_000_000,
    host: {
      fetch: async (_permit, _url, { body = '' }) => {
        bodies.push(body)
        return { headers: {}, text: '', status: 200 }
      },
    },
  })
  const sent = await sendAlert({ ...order({ alert: 'a-1' }), permit: nobodyPermit() }, host)
  expect(sent).toMatchObject({ data: { delivery: 'sent' } })
  expect(JSON.parse(bodies[0] ?? '')).toEqual({
    type: 'sluice.alert',
    alert: 'a-1',
    to: 'rep:r-1',
    kind: 'flow',
    createdAt: '2023-11-14T22:13:20.000Z',
    dueAt: null,
  })
})

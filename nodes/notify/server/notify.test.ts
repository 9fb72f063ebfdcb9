import { type JsonObject, output, type Use } from '@sluice/sdk'
import { definePackServer, type Gate } from '@sluice/sdk/server'
import { callRoute, flow, testCaller, testWorld } from '@sluice/sdk/testing'
import { describe, expect, test } from 'vitest'
import { corePack } from '../../core/index.ts'
import { coreServer } from '../../core/server/index.ts'
import { alerts, channels, messages } from '../domain/tables.ts'
import { notifyPack } from '../index.ts'
import { notifyServer } from './index.ts'

const mei = testCaller('u-mei', ['rep'], { rep: 'r-7' })
const boss = testCaller('u-boss', ['rep'], { rep: 'r-1' })
const stranger = testCaller('u-x', ['rep'], { rep: 'r-9' })

/** Stands for the CRM: c-1 is Mei's, whose manager is r-1; c-2 has no owner. */
const crm = definePackServer({
  id: 'crm-stand-in',
  tables: [],
  commands: {
    'crm.find-customer': (_context, { id }: { readonly id: string }) => ({
      id,
      name: 'Li Lei',
      language: id === 'c-zh' ? 'zh-CN' : 'en',
      owner: id === 'c-1' ? 'r-7' : null,
    }),
    'crm.find-rep': (_context, { id }: { readonly id: string }) => ({ id, manager: id === 'r-7' ? 'r-1' : null }),
  },
})

function world(type: string, config: object, ports: readonly string[], gates: readonly Gate[] = []) {
  const drawing = flow('case')
    .node('start', 'core.event', { type: 'go' })
    .node('tell', type, { ...config })
    .wire('start', 'tell')
  for (const port of ports) drawing.node(`to-${port}`, 'core.stop').wire(`tell.${port}`, `to-${port}`)
  const gateServer = definePackServer({ id: 'gates', tables: [], gates })
  return testWorld({ packs: [corePack, notifyPack], servers: [coreServer, notifyServer, crm, gateServer], flows: [drawing.build()] })
}

describe('an alert', () => {
  test('falls to the customer’s owner and is in the inbox at once', async () => {
    const it = world('notify.rep', { text: 'Consent withdrawn' }, ['out'])
    const [run = ''] = it.send('go', null, 'c-1')
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: { to: 'rep:r-7' } })
    expect((await callRoute(it, notifyServer, 'GET /alerts', mei)).body.items).toMatchObject([
      { to: 'rep:r-7', customer: 'c-1', text: 'Consent withdrawn', state: 'open', run, webhook: 'none', mayAcknowledge: true },
    ])
    expect((await callRoute(it, notifyServer, 'GET /alerts', stranger)).body.items).toEqual([])
  })

  test('written in both languages is read by each in their own', async () => {
    const it = world(
      'notify.rep',
      { title: { en: 'Call', 'zh-CN': '致电' }, text: { en: 'Call {{ event.subject }}', 'zh-CN': '请致电 {{ event.subject }}' } },
      ['out'],
    )
    it.send('go', null, 'c-1')
    const { items } = (await callRoute(it, notifyServer, 'GET /alerts', mei)).body
    expect(items).toMatchObject([
      {
        title: 'Call · 致电',
        titles: { en: 'Call', 'zh-CN': '致电' },
        text: 'Call c-1 · 请致电 c-1',
        texts: { en: 'Call c-1', 'zh-CN': '请致电 c-1' },
      },
    ])
  })

  test('reaches an admin when the customer has no owner', () => {
    const it = world('notify.rep', { text: 'x' }, ['out'])
    const [run = ''] = it.send('go', null, 'c-2')
    expect(it.run(run).output).toMatchObject({ to: 'role:admin' })
  })

  test('with a time limit waits until somebody acknowledges', async () => {
    const it = world('notify.rep', { text: 'x', ackWithin: 'PT5M' }, ['out', 'unacknowledged'])
    const [run = ''] = it.send('go', null, 'c-1')
    expect(it.run(run).status).toBe('waiting')
    const id = it.store.records.list(alerts)[0]?.id ?? ''
    await expect(callRoute(it, notifyServer, `POST /alerts/${id}/acknowledge`, stranger)).rejects.toMatchObject({
      code: 'SLU_ALERT_NOT_YOURS',
      status: 403,
    })
    const { body } = await callRoute(it, notifyServer, `POST /alerts/${id}/acknowledge`, mei)
    expect(body).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'u-mei' })
    expect(it.run(run)).toMatchObject({ status: 'succeeded', output: { acknowledgedBy: 'u-mei' } })
    await expect(callRoute(it, notifyServer, `POST /alerts/${id}/acknowledge`, mei)).rejects.toMatchObject({ status: 409 })
    it.advance(600_000)
    expect(it.store.records.find(alerts, { id })?.escalatedTo).toBeNull()
  })

  test('that nobody reads goes on to the manager, and the run leaves by unacknowledged', async () => {
    const it = world('notify.rep', { text: 'x', ackWithin: 'PT5M' }, ['out', 'unacknowledged'])
    const [run = ''] = it.send('go', null, 'c-1')
    it.advance(300_000)
    expect(it.run(run).status).toBe('succeeded')
    const [alert] = it.store.records.list(alerts)
    expect(alert).toMatchObject({ escalatedTo: 'rep:r-1', state: 'open' })
    expect((await callRoute(it, notifyServer, 'GET /alerts', boss)).body.items).toMatchObject([{ id: alert?.id, mayAcknowledge: true }])
    await callRoute(it, notifyServer, `POST /alerts/${alert?.id}/acknowledge`, boss)
    expect(it.store.records.find(alerts, { id: alert?.id ?? '' })?.state).toBe('acknowledged')
  })

  test('also leaves by the webhook when one is connected, masked, and a dead webhook fails no run', async () => {
    const it = world('notify.rep', { text: 'Call 13800138000' }, ['out'])
    it.command('notify.connect', { channel: 'rep-alerts', url: 'https://im.example.com/hook', secret: null })
    const [run = ''] = it.send('go', null, 'c-1')
    expect(it.run(run).status).toBe('succeeded')
    expect(it.acts).toMatchObject([{ handler: 'notify.alert-webhook', use: null }])
    it.answer({ kind: 'failure', error: { code: 'SLU_CHANNEL_REFUSED', message: '', terminal: true } })
    expect(it.store.records.list(alerts)[0]).toMatchObject({ webhook: 'failed', state: 'open' })
  })

  test('an empty text is refused', () => {
    const it = world('notify.rep', { text: 'x' }, ['out'])
    expect(() => it.command('alerts.raise', { to: 'r-7', text: '' })).toThrowError(expect.objectContaining({ code: 'SLU_ALERT_TEXT' }))
  })
})

describe('a message to a customer', () => {
  const config = { customer: 'c-1', channel: 'sms', text: 'Your quote', purpose: 'recommendation', scene: 'quote_push' }
  const no: Gate = { name: 'no', check: () => ({ allowed: false, code: 'SLU_CONSENT_MISSING', reason: 'no grant', why: {} }) }
  const state = (it: ReturnType<typeof world>) => it.store.records.list(messages)[0]

  test.each([
    ['c-1', 'Your Aurora'],
    ['c-zh', '您的 Aurora'],
  ])('written in both languages goes to %s in their own', (customer, text) => {
    const both = { en: 'Your {{ event.data.model }}', 'zh-CN': '您的 {{ event.data.model }}' }
    const it = world('notify.customer', { ...config, customer, text: both }, ['out', 'blocked'])
    it.send('go', { model: 'Aurora' })
    expect(state(it)).toMatchObject({ customer, text })
    expect(it.acts[0]?.request).toMatchObject({ text })
  })

  test('leaves with its use, and is sent when the channel took it', () => {
    const it = world('notify.customer', config, ['out', 'blocked'])
    const [run = ''] = it.send('go')
    expect(state(it)).toMatchObject({ state: 'queued', customer: 'c-1', channel: 'sms' })
    expect(it.acts[0]?.use).toEqual({
      subject: 'c-1',
      purpose: 'recommendation',
      scene: 'quote_push',
      session: null,
      effectKind: 'message',
      channel: 'sms',
    })
    it.answer(output({ message: state(it)?.id ?? '', delivery: 'sent', providerRef: 'p-1' }))
    expect(state(it)).toMatchObject({ state: 'sent', providerRef: 'p-1' })
    expect(it.run(run).status).toBe('succeeded')
  })

  test('without consent is blocked, says so, and the run leaves by blocked', () => {
    const it = world('notify.customer', config, ['out', 'blocked'], [no])
    const [run = ''] = it.send('go')
    expect(it.acts).toEqual([])
    expect(state(it)).toMatchObject({ state: 'blocked', reason: 'SLU_CONSENT_MISSING' })
    expect(it.run(run).output).toMatchObject({ code: 'SLU_CONSENT_MISSING' })
  })

  test('for tomorrow leaves tomorrow, and consent is asked then', () => {
    let allowed = true
    const gate: Gate = { name: 'moody', check: (...asked) => (allowed ? { allowed: true } : no.check(...asked)) }
    const it = world('notify.customer', { ...config, sendAt: '2026-03-03T03:00:00.000Z' }, ['out', 'blocked'], [gate])
    it.send('go')
    expect(it.acts).toEqual([])
    it.advance(86_399_000)
    expect(it.acts).toEqual([])
    allowed = false
    it.advance(2_000)
    expect(it.acts).toEqual([])
    expect(state(it)).toMatchObject({ state: 'blocked' })
  })

  test('queued messages that a withdrawal covers are suppressed, others stay', () => {
    const it = world('notify.customer', { ...config, sendAt: '2026-03-03T03:00:00.000Z' }, ['out', 'blocked'])
    it.send('go')
    expect(it.command('messages.suppress', { customer: 'c-1', covers: [{ purpose: 'recommendation', scene: 'test_drive' }] })).toEqual({
      suppressed: 0,
    })
    expect(it.command('messages.suppress', { customer: 'c-1', covers: (use: Use) => use.scene === 'quote_push' })).toEqual({
      suppressed: 1,
    })
    expect(state(it)).toMatchObject({ state: 'suppressed', reason: 'consent_withdrawn' })
  })

  test('taken back with its run it is suppressed', () => {
    const it = world('notify.customer', { ...config, sendAt: '2026-03-03T03:00:00.000Z' }, ['out', 'blocked'])
    const [run = ''] = it.send('go')
    it.command('engine.run.cancel', { run })
    it.advance(2 * 86_400_000)
    expect(it.acts).toEqual([])
    expect(state(it)).toMatchObject({ state: 'suppressed' })
  })

  test('the list hides nothing but our inner names', async () => {
    const it = world('notify.customer', config, ['out', 'blocked'])
    it.send('go')
    const { items } = (await callRoute(it, notifyServer, 'GET /messages', testCaller('u-admin', ['admin']), { query: { customer: 'c-1' } }))
      .body
    expect(items).toMatchObject([{ customer: 'c-1', channel: 'sms', state: 'queued', createdAt: '2026-03-02T03:00:00.000Z' }])
    expect((items as readonly JsonObject[])[0]).not.toHaveProperty('token')
  })
})

describe('channels', () => {
  test('only https addresses without a name in them are taken', () => {
    const it = world('notify.rep', { text: 'x' }, ['out'])
    for (const url of ['http://im.example.com', 'https://user@im.example.com', 'ftp://x', 'https://']) {
      expect(() => it.command('notify.connect', { channel: 'sms', url, secret: null })).toThrowError(
        expect.objectContaining({ code: 'SLU_CHANNEL_URL' }),
      )
    }
    it.command('notify.connect', { channel: 'sms', url: 'https://sms.example.com/send', secret: 'sms' })
    expect(it.store.records.list(channels)).toMatchObject([{ channel: 'sms', secret: 'sms' }])
    it.command('notify.disconnect', { channel: 'sms' })
    expect(() => it.command('notify.disconnect', { channel: 'sms' })).toThrowError(expect.objectContaining({ code: 'SLU_CHANNEL_UNKNOWN' }))
  })
})

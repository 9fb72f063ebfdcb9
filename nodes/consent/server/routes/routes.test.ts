import { beforeEach, expect, test } from 'vitest'
import { permits } from '../tables.ts'
import { message, senderServer } from '../testing/sender.ts'
import { caller, T0, world } from '../testing/world.ts'
import { routes } from './index.ts'

let it: ReturnType<typeof world>
beforeEach(() => {
  it = world([senderServer])
  it.customer('c-1', ['recommendation/quote_push'])
})

const rep = (id: string) => caller({ roles: ['rep'], rep: id })
const post = (path: string, body: object, over: object = {}) => it.route(routes, 'POST', path, { body, ...over })
const cell = { customer: 'c-1', purpose: 'recommendation', scene: 'test_drive' }

test('a grant answers 201 with its record and the epoch; the same id again 200 with the same', async () => {
  const first = await post('/consents', { ...cell, id: 'form-1', act: 'button' })
  expect(first).toMatchObject({ status: 201, body: { epoch: 2, consent: expect.any(String) } })
  expect(await post('/consents', { ...cell, id: 'form-1', act: 'button' })).toEqual({ status: 200, body: first.body })
  expect(await post('/consents', { ...cell, scene: 'community' }, { headers: { 'idempotency-key': 'k' } })).toMatchObject({ status: 201 })
})

test('a check says yes or no with the reason, for people nobody knows too', async () => {
  expect((await post('/consents/check', { ...cell, scene: 'quote_push' })).body).toMatchObject({
    allowed: true,
    reason: 'granted',
    epoch: 1,
  })
  expect((await post('/consents/check', { ...cell, customer: 'c-404' })).body).toEqual({
    allowed: false,
    reason: 'no_grant',
    consent: null,
    epoch: 0,
  })
})

test('a withdrawal answers 202 with the fence already up, and its clock starts when the door had the request', async () => {
  it.advance(300)
  const reply = await post(
    '/consents/withdraw',
    { customer: 'c-1', all: true, channel: 'preference_page', occurredAt: '2026-03-02T02:59:59.400Z' },
    { receivedAt: T0 },
  )
  expect(reply).toMatchObject({ status: 202, body: { epoch: 2 } })
  expect((await post('/consents/check', { ...cell, scene: 'quote_push' })).body).toMatchObject({ allowed: false, reason: 'withdrawn' })
  const { withdrawal } = reply.body as { withdrawal: string }
  const view = (await it.route(routes, 'GET', '/withdrawals/:id', { params: { id: withdrawal } })).body
  expect(view).toMatchObject({
    id: withdrawal,
    customer: 'c-1',
    state: 'completed',
    receivedAt: '2026-03-02T03:00:00.000Z',
    occurredAt: '2026-03-02T02:59:59.400Z',
    deadlineAt: '2026-03-02T03:01:30.000Z',
    fenceMs: 300,
    stopped: { runs: 0, timers: 0, messages: 0, tasks: 0 },
    escaped: [],
    receipt: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    card: { youMay: [], youMustNot: expect.arrayContaining(['Quote push · Sales recommendation']) },
  })
})

test('the sheet of a customer shows all 28 squares, none of them a guess', async () => {
  const sheet = (await it.route(routes, 'GET', '/customers/:id/consents', { params: { id: 'c-1' } })).body as {
    grid: { state: string }[]
    items: unknown[]
  }
  expect(sheet.grid).toHaveLength(28)
  expect(sheet.grid.filter((square) => square.state === 'given')).toHaveLength(1)
  expect(sheet.grid.filter((square) => square.state === 'none')).toHaveLength(27)
  expect(sheet.items).toHaveLength(1)
})

test('an instant without a zone, or on no day of the calendar, is refused with its path', async () => {
  await expect(post('/consents', { ...cell, validUntil: '2027-02-30T00:00:00Z' })).rejects.toMatchObject({
    details: [{ path: '/validUntil' }],
  })
  await expect(post('/consents', { ...cell, validUntil: '2027-01-01T00:00:00' })).rejects.toMatchObject({
    status: 422,
    details: [{ path: '/validUntil' }],
  })
})

test.each([
  ['GET', '/customers/:id/consents', { params: { id: 'c-1' } }],
  ['POST', '/consents', { body: cell }],
  ['POST', '/consents/check', { body: cell }],
  ['POST', '/consents/withdraw', { body: { customer: 'c-1', all: true } }],
] as const)('a rep reaches only their own customers: %s %s', async (method, path, request) => {
  await expect(it.route(routes, method, path, { ...request, caller: rep('r-2') })).rejects.toMatchObject({
    code: 'SLU_CUSTOMER_UNKNOWN',
    status: 404,
  })
  await expect(it.route(routes, method, path, { ...request, caller: rep('r-1') })).resolves.toBeDefined()
})

test('a rep’s list holds their own withdrawals, page by page, newest first', async () => {
  it.customer('c-2', ['recommendation/quote_push'])
  it.command('crm.change-customer', { id: 'c-2', change: { owner: 'r-2' } })
  for (const customer of ['c-1', 'c-2']) await post('/consents/withdraw', { customer, all: true })
  const list = async (as: ReturnType<typeof rep>, query: { readonly [name: string]: string } = {}) =>
    (await it.route(routes, 'GET', '/withdrawals', { caller: as, query })).body as { items: { customer: string }[]; next: string | null }
  expect((await list(rep('r-2'))).items.map((row) => row.customer)).toEqual(['c-2'])
  const first = await list(caller(), { limit: '1' })
  expect(first.items.map((row) => row.customer)).toEqual(['c-2'])
  expect((await list(caller(), { limit: '1', cursor: first.next ?? '' })).items.map((row) => row.customer)).toEqual(['c-1'])
})

test('permits tell what was allowed to begin for a customer or in a run; after a withdrawal there are none', async () => {
  it.customer('c-2', ['recommendation/quote_push'])
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  it.command('sender.send', { use: message('c-2'), key: 'm-2' })
  const list = (query: object, over: object = {}) => it.route(routes, 'GET', '/permits', { query: query as never, ...over })
  const row = it.records.list(permits, { where: { customer: 'c-1' } })[0]
  expect((await list({ customer: 'c-1' })).body).toMatchObject({
    items: [
      {
        id: row?.id,
        customer: 'c-1',
        channel: 'email',
        recipient: null,
        categories: ['contact.email'],
        policyHash: row?.policyHash,
        state: 'issued',
        issuedAt: '2026-03-02T03:00:00.000Z',
      },
    ],
  })
  it.advance(1_000)
  it.command('consent.withdraw', { customer: 'c-1', all: true, channel: 'app', receivedAt: it.now() })
  it.advance(1)
  it.command('sender.send', { use: message('c-1'), key: 'm-3' })
  expect((await list({ customer: 'c-1', since: '2026-03-02T03:00:00.500Z' })).body).toMatchObject({ items: [] })
  await expect(list({})).rejects.toMatchObject({ code: 'SLU_CONSENT_INPUT_INVALID' })
  expect((await list({ customer: 'c-1' }, { caller: rep('r-2') })).body).toMatchObject({ items: [] })
  expect((await list({ customer: 'c-1' }, { caller: rep('r-1') })).body).toMatchObject({ items: [{ id: row?.id }] })
})

test('a receipt says under which leave an act had begun that could not be called back', async () => {
  it.command('sender.send', { use: message('c-1', { recipient: 'mail.example' }), key: 'm-1' })
  const reply = await post('/consents/withdraw', { customer: 'c-1', all: true, channel: 'preference_page' }, { receivedAt: T0 })
  it.advance(90_000)
  const { withdrawal } = reply.body as { withdrawal: string }
  const view = (await it.route(routes, 'GET', '/withdrawals/:id', { params: { id: withdrawal } })).body as {
    receipt: string
    escaped: object[]
  }
  const told = {
    recipient: 'mail.example',
    categories: ['contact.email'],
    policyHash: expect.stringMatching(/^sha256:/),
    permit: expect.any(String),
  }
  expect(view.escaped).toMatchObject([told])
  const sealed = JSON.parse(Buffer.from(view.receipt.split('.')[1] ?? '', 'base64url').toString())
  expect(sealed.escaped).toMatchObject([told])
})

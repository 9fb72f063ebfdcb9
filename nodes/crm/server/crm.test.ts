import { beforeEach, expect, test } from 'vitest'
import { caller, world } from '../../consent/server/testing/world.ts'
import { ApplyDiscountConfig } from '../nodes/apply-discount.ts'
import { frozenFields } from './freeze.ts'
import { routes } from './routes/index.ts'
import { customers, reps } from './tables.ts'
import type { CustomerView } from './view.ts'

let it: ReturnType<typeof world>
beforeEach(() => {
  it = world()
})

const rep = caller({ roles: ['rep'], rep: 'r-1' })
const otherRep = caller({ roles: ['rep'], rep: 'r-2' })
const analyst = caller({ roles: ['analyst'] })
const get = async (id: string, as = caller()) =>
  (await it.route(routes, 'GET', '/customers/:id', { params: { id }, caller: as })).body as CustomerView
const patch = (id: string, body: object, headers: { readonly [name: string]: string } = {}) =>
  it.route(routes, 'PATCH', '/customers/:id', { params: { id }, body, headers })
const post = (body: object) => it.route(routes, 'POST', '/customers', { body })

test('a customer is entered, read back, and their owner gets a card', async () => {
  const reply = await post({ id: 'c-1', name: '李雷', fields: { mobile: '13800138000' }, owner: 'r-1' })
  expect(reply).toMatchObject({ status: 201, body: { id: 'c-1', fields: { mobile: '13800138000' }, owner: 'r-1', version: 1 } })
  expect(it.records.list(reps)).toMatchObject([{ id: 'r-1' }])
  await expect(post({ id: 'c-1', name: 'twice', fields: {} })).rejects.toMatchObject({ code: 'SLU_CRM_CUSTOMER_EXISTS', status: 409 })
})

test('after a withdrawal the field reads as frozen for admin and rep, never as null or stars', async () => {
  it.customer('c-1', ['recommendation/quote_push'])
  expect((await get('c-1', rep)).fields).toMatchObject({ mobile: '13800138000', income: { $masked: 'no_consent' } })
  it.command('consent.withdraw', { customer: 'c-1', all: true, channel: 'app', receivedAt: it.now() })
  for (const as of [caller(), rep, analyst])
    expect((await get('c-1', as)).fields).toMatchObject({ mobile: { $masked: 'frozen' }, budget: { $masked: 'frozen' } })
})

test('a rep knows nothing of another rep’s customer, not even that there is one', async () => {
  it.customer('c-1', ['recommendation/quote_push'])
  await expect(get('c-1', otherRep)).rejects.toMatchObject({ code: 'SLU_CUSTOMER_UNKNOWN', status: 404 })
  const list = (await it.route(routes, 'GET', '/customers', { caller: otherRep })).body as { items: unknown[] }
  expect(list.items).toEqual([])
})

test('an analyst sees partial names and masked fields, and cannot find people by guessing names', async () => {
  it.customer('c-1', ['recommendation/quote_push'])
  expect(await get('c-1', analyst)).toMatchObject({ name: '李*', fields: { mobile: { $masked: 'policy' } } })
  const list = (await it.route(routes, 'GET', '/customers', { caller: analyst, query: { query: '雷' } })).body as { items: unknown[] }
  expect(list.items).toEqual([])
})

test('writing into a frozen field answers 423 and keeps nothing of the change', async () => {
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('consent.withdraw', { customer: 'c-1', all: true, channel: 'app', receivedAt: it.now() })
  await expect(patch('c-1', { name: 'New', fields: { mobile: '1' } })).rejects.toMatchObject({
    code: 'SLU_CRM_FIELD_FROZEN',
    status: 423,
    details: [{ path: '/fields/mobile' }],
  })
  expect((await get('c-1')).name).toBe('李雷')
})

test('a new grant opens what it covers, with the value that was kept', async () => {
  it.customer('c-1', ['recommendation/quote_push'])
  it.command('consent.withdraw', { customer: 'c-1', all: true, channel: 'app', receivedAt: it.now() })
  it.command('consent.grant', { customer: 'c-1', purpose: 'recommendation', scene: 'quote_push', act: 'button', language: 'en' })
  expect((await get('c-1')).fields).toMatchObject({ budget: 300_000, mobile: '13800138000', income: { $masked: 'frozen' } })
})

test('frozen lists what we hold and what was withdrawn by name, one by one and in the list', async () => {
  const names = (view: unknown) => (view as { frozen: { field: string }[] }).frozen.map(({ field }) => field).toSorted()
  it.customer('c-1', ['recommendation/quote_push'], { mobile: '13800138000', budget: 300_000 })
  it.command('consent.withdraw', { customer: 'c-1', all: true, channel: 'app', receivedAt: it.now() })
  expect(names(await get('c-1'))).toEqual(['budget', 'mobile'])
  it.customer('c-2', ['recommendation/quote_push'], { budget: 300_000 })
  it.command('consent.withdraw', { customer: 'c-2', categories: ['contact.mobile'], channel: 'app', receivedAt: it.now() })
  const second = await get('c-2')
  expect(second.frozen).toMatchObject([{ field: 'mobile', reason: 'category', held: false }])
  const list = (await it.route(routes, 'GET', '/customers')).body as { items: unknown[] }
  expect(list.items.map(names)).toEqual([['budget', 'mobile'], ['mobile']])
})

test('a stale edit is refused', async () => {
  it.customer('c-1')
  expect(await patch('c-1', { fields: { city: '上海', email: null } }, { 'if-match': '"v1"' })).toMatchObject({ headers: { etag: '"v2"' } })
  expect(Object.keys((await get('c-1')).fields)).not.toContain('email')
  await expect(patch('c-1', { name: 'x' }, { 'if-match': '"v1"' })).rejects.toMatchObject({ code: 'SLU_CRM_CHANGED', status: 412 })
})

test('a stale edit is answered with both versions: what stands, for this reader, and what was sent', async () => {
  it.customer('c-1', ['recommendation/quote_push'], { budget: 300_000 })
  await patch('c-1', { name: 'Second' }, { 'if-match': '"v1"' })
  await expect(patch('c-1', { name: 'Third' }, { 'if-match': '"v1"' })).rejects.toMatchObject({
    members: {
      versions: { stored: { etag: '"v2"', customer: { name: 'Second', version: 2 } }, sent: { customer: { name: 'Third' } } },
    },
  })
})

test.each(['"other"', 'v1', '"v1"x', '"v0", "v7"'])('an edit over a version that never was, %s, is refused', async (tag) => {
  it.customer('c-1')
  await expect(patch('c-1', { name: 'x' }, { 'if-match': tag })).rejects.toMatchObject({ status: 412 })
})

test.each(['*', '"v1"', 'W/"v1"', '"other", "v1"'])('an edit over %s goes through', async (tag) => {
  it.customer('c-1')
  expect(await patch('c-1', { name: 'x' }, { 'if-match': tag })).toMatchObject({ headers: { etag: '"v2"' } })
})

test('field names that reach into objects are refused with their path', async () => {
  const fields = JSON.parse('{"__proto__":"x","constructor":"y"}')
  await expect(post({ name: 'x', fields })).rejects.toMatchObject({ code: 'SLU_CRM_INPUT_INVALID', status: 422 })
  expect(it.records.count(customers)).toBe(0)
})

test('freezing by a flow is read back, and a grant of that use opens it again', () => {
  it.customer('c-1', ['recommendation/quote_push'])
  expect(it.command('crm.freeze-fields', { customer: 'c-1', fields: ['mobile'], cause: 'run-1' })).toEqual({
    fields: ['mobile'],
    readBack: true,
  })
  expect([...frozenFields(it.records, 'c-1')]).toEqual(['mobile'])
  it.command('consent.grant', { customer: 'c-1', purpose: 'recommendation', scene: 'test_drive', act: 'button', language: 'en' })
  expect([...frozenFields(it.records, 'c-1')]).toEqual([])
})

test('people are found by OpenID without the OpenID standing in an index', () => {
  it.customer('c-1', [], { wechat: 'oABC_def' })
  expect(it.command('crm.find-identity', { kind: 'wechat', value: 'oABC_def' })).toEqual({ customer: 'c-1' })
  expect(it.command('crm.find-identity', { kind: 'wechat', value: 'oabc_def' })).toBeNull()
})

test.each(['wechat_openid', 'openid'])('a person whose OpenID stands in %s is found as well', (name) => {
  it.customer('c-1', [], { [name]: 'oABC_def' })
  expect(it.command('crm.find-identity', { kind: 'wechat', value: 'oABC_def' })).toEqual({ customer: 'c-1' })
})

test('a field of this workspace that is described as WeChat identifies, also those who were there before', () => {
  const find = (value: string) => it.command('crm.find-identity', { kind: 'wechat', value })
  const field = { name: 'wx_id', label: { en: 'WeChat', 'zh-CN': '微信' }, type: 'text', pii: 'basic', purposes: [], scenes: [] }
  it.customer('c-1', [], { wx_id: 'o-1' })
  it.customer('c-2', [], { wx_id: 'o-2' })
  expect(find('o-1')).toBeNull()
  it.command('crm.save-field', { ...field, category: 'contact.wechat' })
  it.customer('c-3', [], { wx_id: 'o-3' })
  expect(['o-1', 'o-2', 'o-3'].map(find)).toEqual([{ customer: 'c-1' }, { customer: 'c-2' }, { customer: 'c-3' }])
  it.command('crm.save-field', { ...field, category: 'identity.profile' })
  expect(find('o-1')).toBeNull()
})

test('the receipt of a discount is taken from the run’s data, so it is an expression', () => {
  expect(ApplyDiscountConfig.properties.receipt).toMatchObject({ format: 'expression' })
})

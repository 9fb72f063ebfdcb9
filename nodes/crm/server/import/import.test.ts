import { beforeEach, expect, test } from 'vitest'
import { caller, world } from '../../../consent/server/testing/world.ts'
import { routes } from '../routes/index.ts'
import { customers } from '../tables.ts'

let it: ReturnType<typeof world>
beforeEach(() => {
  it = world()
})

interface Report {
  readonly total: number
  readonly created: number
  readonly updated: number
  readonly grants: number
  readonly failed: number
  readonly errors: readonly { readonly line: number; readonly field: string; readonly code: string }[]
  readonly warnings: readonly { readonly line: number; readonly field: string; readonly code: string }[]
}
const load = async (text: string | Uint8Array, query: { readonly [name: string]: string } = {}) =>
  (
    await it.route(routes, 'POST', '/customers/import', {
      rawBody: typeof text === 'string' ? new TextEncoder().encode(text) : text,
      query,
    })
  ).body as Report

test('a file of a thousand people comes in with its grants', async () => {
  const lines = Array.from(
    { length: 1_000 },
    (_, at) => `c-${at},人${at},r-${at % 5},1380000${String(at).padStart(4, '0')},recommendation:quote_push|recommendation:test_drive`,
  )
  const report = await load(`id,name,owner,mobile,consents\n${lines.join('\n')}\n`)
  expect(report).toMatchObject({ total: 1_000, created: 1_000, updated: 0, grants: 2_000, failed: 0 })
  expect(it.command('consent.check', { customer: 'c-999', purpose: 'recommendation', scene: 'quote_push' })).toMatchObject({
    allowed: true,
  })
})

test('bad lines are named by number and the good ones are taken', async () => {
  const report = await load('id,name,income,consents\nc-1,Li,12,\nc-2,,13,\nc-3,Wang,viel,profit:x\n"c-4","two\nlines",14,\n')
  expect(report).toMatchObject({ total: 4, created: 2, failed: 2 })
  expect(report.errors.map((error) => `${error.line} ${error.field} ${error.code}`)).toEqual([
    '3 name missing',
    '4 income not_a_number',
    '4 consents unknown_consent',
  ])
})

test('the same file again updates, by id or by another key', async () => {
  await load('id,name,mobile\nc-1,Li,13800138000\n')
  expect(await load('id,name,mobile\nc-1,Li Lei,13800138000\n')).toMatchObject({ created: 0, updated: 1 })
  expect(await load('name,mobile,city\nLi L.,13800138000,Berlin\n', { key: 'mobile' })).toMatchObject({ created: 0, updated: 1 })
  expect(it.records.list(customers)).toMatchObject([{ id: 'c-1', name: 'Li L.', fields: { city: 'Berlin' } }])
})

test('a file cannot bring back what a customer withdrew, nor write into what is frozen', async () => {
  await load('id,name,mobile,consents\nc-1,Li,13800138000,recommendation:quote_push\n')
  it.command('consent.withdraw', { customer: 'c-1', all: true, channel: 'app', receivedAt: it.now() })
  const report = await load('id,name,mobile,consents\nc-1,Li,13900139000,recommendation:quote_push\n')
  expect(report.warnings.map((warning) => `${warning.field} ${warning.code}`)).toEqual(['mobile frozen', 'consents withdrawn'])
  expect(it.command('consent.check', { customer: 'c-1', purpose: 'recommendation', scene: 'quote_push' })).toMatchObject({
    reason: 'withdrawn',
  })
  expect(it.records.find(customers, { id: 'c-1' })?.fields.mobile).toBe('13800138000')
})

test('a dry run reports and writes nothing', async () => {
  expect(await load('id,name\nc-1,Li\nc-2,\n', { dryRun: 'true' })).toMatchObject({ total: 2, created: 0, failed: 1, dryRun: true })
  expect(it.records.count(customers)).toBe(0)
})

test('semicolons, a byte order mark and GB18030 are understood', async () => {
  expect(await load('\uFEFFname;city\nMüller;Köln\n')).toMatchObject({ created: 1 })
  // 姓名\n李雷\n in GB18030
  expect(await load(new Uint8Array([0xd0, 0xd5, 0xc3, 0xfb, 0x0a, 0xc0, 0xee, 0xc0, 0xd7, 0x0a]))).toMatchObject({ created: 1 })
  expect(
    it.records
      .list(customers)
      .map((row) => row.name)
      .sort(),
  ).toEqual(['Müller', '李雷'])
})

test.each(['', 'mobile\n1\n', 'name,name\na,b\n', 'name\n"open'])('a file that is no customer list is refused: %j', async (text) => {
  await expect(load(text)).rejects.toMatchObject({
    code: 'SLU_CRM_CSV_INVALID',
    status: 422,
    details: [{ path: expect.stringMatching(/^\/\d+\//), message: expect.stringMatching(/^[a-z_]+$/) }],
  })
})

test('an export is masked like every view and runs no formula', async () => {
  await load(`id,name,mobile,city\nc-1,"=HYPERLINK(""http://x"")",13800138000,Berlin\n`)
  it.command('consent.withdraw', { customer: 'c-1', categories: ['contact.mobile'], channel: 'wechat', receivedAt: it.now() })
  const reply = await it.route(routes, 'GET', '/customers/export')
  expect(reply.contentType).toContain('text/csv')
  expect(reply.body).toContain(`"'=HYPERLINK(""http://x"")"`)
  expect(reply.body).toContain('[frozen]')
  expect(reply.body).not.toContain('13800138000')
  const masked = await it.route(routes, 'GET', '/customers/export', { caller: caller({ roles: ['analyst'] }) })
  expect(masked.body).not.toContain('Berlin')
})

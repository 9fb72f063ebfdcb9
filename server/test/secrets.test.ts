import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startServer } from './helpers/start.ts'

const data = mkdtempSync(join(tmpdir(), 'sluice-secrets-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

const token = 'wxTokenOfTheShop42'
const encodingAesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG'
const mobile = '13800138000'
const openid = 'oAbCdEf_123'

/** Everything of the workspace that is not a key: the database, its journal files, logs. */
function stored(): string {
  return readdirSync(data, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(data, entry.name), 'latin1'))
    .join()
}

function signed(path: string): string {
  const [timestamp, nonce] = ['1772420399', 'n0nce']
  const signature = createHash('sha1').update([timestamp, nonce, token].sort().join('')).digest('hex')
  return `${path}?signature=${signature}&timestamp=${timestamp}&nonce=${nonce}&echostr=echo`
}

test('the secrets of a WeChat app work across a restart and stand nowhere in clear', async () => {
  const first = await startServer({ data })
  const path = '/api/v1/channels/wechat/wx13aa'
  expect((await first.ask('PUT', path, { token, encodingAesKey })).statusCode).toBe(200)
  expect((await first.ask('GET', signed(path))).body).toBe('echo')
  expect(stored()).toContain('wx13aa')
  expect(stored()).not.toMatch(new RegExp(`${token}|${encodingAesKey}`))
  await first.stop()
  expect(stored()).not.toMatch(new RegExp(`${token}|${encodingAesKey}`))

  const second = await startServer({ data })
  expect((await second.ask('GET', signed(path))).body).toBe('echo')
  expect((await second.ask('GET', '/api/v1/channels/wechat')).json().items).toMatchObject([{ appId: 'wx13aa', encrypted: true }])
  for (const file of readdirSync(join(data, 'keys'))) expect(statSync(join(data, 'keys', file)).mode & 0o077, file).toBe(0)
  await second.stop()
})

test('a person is found by mobile number and OpenID across a restart, by digests that cannot be tried out', async () => {
  const first = await startServer({ data })
  const customer = { id: 'c-1', name: '李雷', fields: { mobile, wechat: openid, email: 'Li.Lei@Example.com' } }
  expect((await first.ask('POST', '/api/v1/customers', customer)).statusCode).toBe(201)
  await first.stop()
  for (const [kind, value] of [
    ['mobile', mobile],
    ['wechat', openid],
    ['email', 'li.lei@example.com'],
  ])
    for (const form of ['hex', 'base64', 'base64url'] as const)
      for (const text of [value, `${kind}\u0000${value}`])
        expect(stored()).not.toContain(createHash('sha256').update(`${text}`).digest(form))

  const second = await startServer({ data })
  const csv = `name,mobile,city\n李雷,${mobile},上海\n`
  const imported = await second.ask('POST', '/api/v1/customers/import?key=mobile', csv, { 'content-type': 'text/csv' })
  expect(imported.json()).toMatchObject({ created: 0 })
  const push = JSON.stringify({
    ToUserName: 'gh_1',
    FromUserName: openid,
    CreateTime: '1772420399',
    MsgType: 'event',
    Event: 'user_authorization_revoke',
    OpenID: openid,
    AppID: 'wx13aa',
    RevokeInfo: '1',
  })
  const pushed = await second.ask('POST', signed('/api/v1/channels/wechat/wx13aa'), push)
  expect(pushed.body).toBe('success')
  expect((await second.ask('GET', '/api/v1/withdrawals')).json().items).toMatchObject([{ customer: 'c-1' }])
  await second.stop()
})

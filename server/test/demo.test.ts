import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadDemo } from '../src/demo/load-demo.ts'
import { openReader } from '../src/hosts/sqlite/connection.ts'
import { verifyDatabase } from '../src/hosts/sqlite/verify/index.ts'
import { cookieOf } from './helpers/people.ts'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

async function items(server: TestServer, url: string): Promise<readonly { readonly subject: string | null; readonly flow: string }[]> {
  return (await server.ask('GET', `/api/v1${url}`)).json().items
}

test('removing the demo takes its runs, journals and events along; what is ours stays, and the file verifies', async () => {
  const server = await startServer()
  await loadDemo(server.door, 'en')
  await publish(server, listeningFlow('ours'))
  const demoEvent = cloudEvent({ type: 'message.received', subject: 'd-1001', data: { text: 'Still too expensive, sorry.' } })
  expect((await server.ask('POST', '/api/v1/events', cloudEvent({ subject: 'c-own' }))).json().runs).toHaveLength(1)
  expect((await server.ask('POST', '/api/v1/events', demoEvent)).statusCode).toBe(202)
  expect((await items(server, '/runs?subject=d-1001')).length).toBeGreaterThan(0)
  const logged = (await items(server, '/audit?limit=200')).length

  expect((await server.ask('DELETE', '/api/v1/demo')).statusCode).toBe(204)
  const left = await items(server, '/runs?limit=200')
  expect(left.map(({ flow, subject }) => [flow, subject])).toEqual([['ours', 'c-own']])
  expect((await items(server, '/audit?limit=200')).length).toBeGreaterThan(logged)

  const file = join(server.data, 'sluice.db')
  expect(verifyDatabase(file).bad).toBeNull()
  const db = openReader(file)
  for (const table of ['runs', 'journal', 'inbox', 'waits', 'timers', 'outbox']) {
    const text = JSON.stringify(db.prepare(`SELECT * FROM ${table}`).all())
    expect(/"d-1\d{3}"|too expensive|李雷|alerts\.escalate/.exec(text)?.[0], table).toBeUndefined()
  }
  for (const table of ['flow_versions', 'pack_flow_publications', 'pack_flow_drafts'])
    expect(new Set(db.prepare(`SELECT key FROM ${table}`).pluck().all()), table).toEqual(new Set(['ours']))
  db.close()
})

test('the flows of the demo are copies of the templates, and the gallery says so until the demo is removed', async () => {
  const server = await startServer()
  const copies = async () =>
    (await server.ask('GET', '/api/v1/templates')).json().items.map((template: { readonly copies: number }) => template.copies)
  await loadDemo(server.door, 'en')
  expect(new Set(await copies())).toEqual(new Set([1]))
  const { items } = (await server.ask('GET', '/api/v1/templates')).json()
  for (const { key, version } of items)
    expect((await server.ask('GET', `/api/v1/flows/${key}/template`)).json()).toMatchObject({ template: key, version, newest: version })
  await server.ask('DELETE', '/api/v1/demo')
  expect(new Set(await copies())).toEqual(new Set([0]))
  await server.stop()
})

test('a template published after the demo is gone starts at version 1; a flow of the demo that ran for our own customer keeps its versions', async () => {
  const server = await startServer()
  await loadDemo(server.door, 'en')
  const complaint = cloudEvent({ type: 'complaint.received', subject: 'c-own', data: { text: 'Too loud.' } })
  expect((await server.ask('POST', '/api/v1/events', complaint)).json().runs).toHaveLength(1)
  await server.ask('DELETE', '/api/v1/demo')
  const db = openReader(join(server.data, 'sluice.db'))
  expect(db.prepare('SELECT key FROM pack_flow_publications').pluck().all()).toEqual(['complaint-escalation'])
  db.close()
  await publish(server, listeningFlow('price-too-high'))
  const { items } = (await server.ask('GET', '/api/v1/flows/price-too-high/versions')).json()
  expect(items).toMatchObject([{ version: 1 }])
  await server.stop()
})

test('the file of sign-ins names only whom the removal left', async () => {
  const server = await startServer()
  const people = await loadDemo(server.door, 'en')
  const file = join(server.data, 'demo-sign-in.txt')
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(people.length)
  const admin = people.find(({ role }) => role === 'admin')
  const door = { email: admin?.email, password: admin?.password }
  const cookie = cookieOf((await server.ask('POST', '/api/v1/session', door, { authorization: '' })).headers['set-cookie'])
  expect((await server.ask('DELETE', '/api/v1/demo', undefined, { authorization: '', cookie })).statusCode).toBe(204)
  expect(readFileSync(file, 'utf8')).toBe(`admin\t${admin?.email}\t${admin?.password}\n`)
  await server.stop()
})

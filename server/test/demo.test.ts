import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadDemo } from '../src/demo/load-demo.ts'
import { openReader } from '../src/hosts/sqlite/connection.ts'
import { verifyDatabase } from '../src/hosts/sqlite/verify/index.ts'
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
    expect(/"d-1\d{3}"|too expensive|李雷/.exec(text)?.[0], table).toBeUndefined()
  }
  db.close()
})

import { beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})
const url = '/api/v1/settings/retention'

test('ended runs are kept half a year and a million of them, unless told otherwise', async () => {
  expect((await server.ask('GET', url)).json()).toMatchObject({ runDays: 180, runsMax: 1_000_000, stored: { runs: expect.any(Number) } })
})

test('an admin sets how long, and the audit log says so', async () => {
  expect((await server.ask('PUT', url, { runDays: 30, runsMax: 50_000 })).statusCode).toBe(200)
  expect((await server.ask('GET', url)).json()).toMatchObject({ runDays: 30, runsMax: 50_000 })
  expect((await server.ask('GET', '/api/v1/audit')).json().items).toContainEqual(
    expect.objectContaining({ kind: 'setting.changed', refs: expect.objectContaining({ setting: 'retention' }) }),
  )
})

test.each([
  [{ runDays: 0, runsMax: 50_000 }, '/runDays'],
  [{ runDays: 30, runsMax: 5 }, '/runsMax'],
  [{ runDays: 30 }, '/runsMax'],
  [{ runDays: 30, runsMax: 50_000, forever: true }, '/forever'],
])('%j is refused with its place and changes nothing', async (body, path) => {
  const answer = await server.ask('PUT', url, body)
  expect(answer.statusCode).toBe(422)
  expect(answer.json().errors[0].path).toBe(path)
  expect((await server.ask('GET', url)).json()).toMatchObject({ runDays: 30, runsMax: 50_000 })
})

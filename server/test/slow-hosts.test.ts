import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { cloudEvent, publish, startServer } from './helpers/start.ts'

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const calls = (key: string, host: string) => ({
  format: 'sluice/flow@1',
  key,
  name: { en: 'Calls', 'zh-CN': '调用' },
  nodes: [
    { id: 'start', type: 'core.event', config: { type: `com.example.${key}` } },
    {
      id: 'call',
      type: 'core.http-request',
      config: { method: 'POST', url: `http://${host}/`, body: '{% event.data %}' },
      timeoutMs: 120_000,
    },
    { id: 'end', type: 'core.stop', config: { output: '{% input.status %}' } },
  ],
  edges: [
    { from: 'start.out', to: 'call.in' },
    { from: 'call.out', to: 'end.in' },
  ],
})

test('four hosts that never answer hold all they can get, and a call to a fifth leaves meanwhile', { timeout: 90_000 }, async () => {
  const asked = new Map<string, number>()
  const dead = await Promise.all(['a', 'b', 'c', 'd'].map((name) => listening(() => void asked.set(name, (asked.get(name) ?? 0) + 1))))
  const live = await listening((_request, response) => void response.end('{}'))
  const environment = { SLUICE_ALLOW_HOSTS: [...dead, live].map((host) => `private:${host}`).join(',') }
  const server = await startServer({ environment })
  for (const [index, host] of dead.entries()) await publish(server, calls(`dead-${index}`, host))
  await publish(server, calls('live', live))
  const events = dead.flatMap((_, index) => Array.from({ length: 40 }, () => cloudEvent({ type: `com.example.dead-${index}`, data: {} })))
  expect((await server.ask('POST', '/api/v1/events', events)).statusCode).toBe(202)
  await expect.poll(() => [...asked.values()], { timeout: 30_000 }).toEqual([32, 32, 32, 32])
  const { runs } = (await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.live', data: {} }))).json()
  const state = async () => (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
  await expect.poll(state, { timeout: 30_000 }).toMatchObject({ state: 'succeeded', output: 200 })
  expect([...asked.values()]).toEqual([32, 32, 32, 32])
})

test('a host that never answers holds every place it is given, and calls to another one go on', { timeout: 90_000 }, async () => {
  let asked = 0
  const dead = await listening(() => {
    asked += 1
  })
  const live = await listening((_request, response) => void response.end('{}'))
  const server = await startServer({ environment: { SLUICE_ALLOW_HOSTS: `private:${dead},private:${live}` } })
  await publish(server, calls('dead', dead))
  await publish(server, calls('live', live))
  const batch = (key: string, count: number) =>
    server.ask(
      'POST',
      '/api/v1/events',
      Array.from({ length: count }, () => cloudEvent({ type: `com.example.${key}`, data: {} })),
    )
  for (let sent = 0; sent < 1_500; sent += 100) expect((await batch('dead', 100)).statusCode).toBe(202)
  await expect.poll(() => asked, { timeout: 30_000 }).toBeGreaterThan(0)
  const { items } = (await batch('live', 5)).json()
  for (const { runs } of items) {
    const state = async () => (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
    await expect.poll(state, { timeout: 30_000 }).toMatchObject({ state: 'succeeded', output: 200 })
  }
})

test('two dozen hosts that never answer, each with a long line, do not keep calls to another one in', { timeout: 120_000 }, async () => {
  const dead = await Promise.all(Array.from({ length: 24 }, () => listening(() => undefined)))
  const live = await listening((_request, response) => void response.end('{}'))
  const environment = { SLUICE_ALLOW_HOSTS: [...dead, live].map((host) => `private:${host}`).join(',') }
  const server = await startServer({ environment })
  for (const [index, host] of dead.entries()) await publish(server, calls(`dead-${index}`, host))
  await publish(server, calls('live', live))
  const events = dead.flatMap((_, index) => Array.from({ length: 100 }, () => cloudEvent({ type: `com.example.dead-${index}`, data: {} })))
  for (let sent = 0; sent < events.length; sent += 100)
    expect((await server.ask('POST', '/api/v1/events', events.slice(sent, sent + 100))).statusCode).toBe(202)
  const { runs } = (await server.ask('POST', '/api/v1/events', cloudEvent({ type: 'com.example.live', data: {} }))).json()
  const state = async () => (await server.ask('GET', `/api/v1/runs/${runs[0].run}`)).json()
  await expect.poll(state, { timeout: 60_000, interval: 200 }).toMatchObject({ state: 'succeeded', output: 200 })
})

import { beforeAll, expect, test } from 'vitest'
import { publish, startServer, type TestServer } from './helpers/start.ts'

const flow = (key: string, source: string, more: Record<string, unknown> = {}) => ({
  format: 'sluice/flow@1',
  key,
  name: 'Code',
  nodes: [
    { id: 'start', type: 'core.manual' },
    { id: 'code', type: 'core.code', config: { source }, ...more },
    { id: 'end', type: 'core.stop', config: { output: '{% nodes.code %}' } },
    { id: 'broken', type: 'core.stop', config: { output: '{% input.code %}' } },
  ],
  edges: [
    { from: 'start.out', to: 'code.in' },
    { from: 'code.out', to: 'end.in' },
    { from: 'code.error', to: 'broken.in' },
  ],
})

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

async function run(key: string, source: string, input: unknown) {
  await publish(server, flow(key, source))
  return (await server.ask('POST', `/api/v1/flows/${key}/runs`, { input, wait: 20_000 })).json()
}

test('a step of JavaScript works out the next steps’ data', async () => {
  const source = '(input, context) => ({ total: input.items.reduce((sum, item) => sum + item.price * item.count, 0), node: context.node })'
  const answer = await run('sum', source, {
    items: [
      { price: 100, count: 2 },
      { price: 50, count: 1 },
    ],
  })
  expect(answer).toMatchObject({ state: 'succeeded', output: { total: 250, node: 'code' } })
})

test('code that never ends leaves by the error port, and other runs go on meanwhile', async () => {
  await publish(server, flow('fine', '() => 1'))
  const [bad, good] = await Promise.all([
    run('endless', '() => { for (;;) {} }', null),
    server.ask('POST', '/api/v1/flows/fine/runs', { input: null, wait: 20_000 }),
  ])
  expect(bad).toMatchObject({ state: 'succeeded', output: 'SLU_CODE_LIMIT' })
  expect(good.json()).toMatchObject({ state: 'succeeded', output: 1 })
})

test('code that fills the memory of its thread is stopped, and the next call finds a fresh one', async () => {
  const filler = '() => { let text = "x"; for (;;) text += text + text }'
  expect(await run('filler', filler, null)).toMatchObject({ output: 'SLU_CODE_LIMIT' })
  expect(await run('after', '() => "still here"', null)).toMatchObject({ output: 'still here' })
})

test('code cannot reach the process, its settings or the network', async () => {
  const source = `() => [typeof process, typeof fetch, typeof require, (() => {}).constructor('return typeof process')()]`
  expect(await run('escape', source, null)).toMatchObject({ output: ['undefined', 'undefined', 'undefined', 'undefined'] })
})

test('code that throws is tried again where the step says so, and sees the time of each attempt', async () => {
  const source = '(input, context) => { if (Date.parse(context.now) < input.from) throw new Error("too early"); return "in time" }'
  await publish(server, flow('again', source, { retry: { attempts: 50, backoff: 'fixed', delayMs: 50 } }))
  const input = { from: Date.now() + 400 }
  const { id, output } = (await server.ask('POST', '/api/v1/flows/again/runs', { input, wait: 20_000 })).json()
  expect(output).toBe('in time')
  const { items } = (await server.ask('GET', `/api/v1/runs/${id}/journal`)).json()
  expect(items.map(({ kind }: { kind: string }) => kind)).toContain('node.retry-scheduled')
})

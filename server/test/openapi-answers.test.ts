import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { beforeAll, expect, test } from 'vitest'
import { answersByRoute } from '../src/http/openapi/answers.ts'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

/** A working day of the API: each answer is held against what `/openapi.json` says about it, and none of those is left out. */
let server: TestServer
const checks = new Map<string, (answer: unknown) => readonly string[]>()
const open = new Set<string>()

beforeAll(async () => {
  server = await startServer()
  const { paths, components } = (await server.ask('GET', '/openapi.json')).json()
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  for (const [route, statuses] of Object.entries(answersByRoute)) {
    const [method = '', url = ''] = route.split(' ')
    for (const status of Object.keys(statuses)) {
      const told = paths[url.replace(/:(\w+)/g, '{$1}')][method.toLowerCase()].responses[status]
      const check = ajv.compile({ ...told.content['application/json'].schema, components })
      const found = () => (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
      checks.set(`${route} ${status}`, (answer) => (check(answer) ? [] : found()))
      open.add(`${route} ${status}`)
    }
  }
})

/** Asks, and gives the answer once it is what the description says. */
async function ask(method: 'GET' | 'POST', route: string, parts: Record<string, string>, body?: unknown) {
  const url = route.replace(/:(\w+)/g, (_whole, name: string) => parts[name] ?? '')
  const answer = await server.ask(method, url, body)
  const name = `${method} ${route.split('?')[0]} ${answer.statusCode}`
  const check = checks.get(name)
  expect(check, `${name} is not described: ${answer.body}`).toBeDefined()
  expect(check?.(answer.json()), name).toEqual([])
  open.delete(name)
  return answer.json()
}

const get = (route: string, parts: Record<string, string> = {}) => ask('GET', route, parts)
const post = (route: string, parts: Record<string, string>, body?: unknown) => ask('POST', route, parts, body)

const manual = (key: string, step: object, edges: readonly object[] = [{ from: 'm.out', to: 's.in' }], more: readonly object[] = []) => ({
  format: 'sluice/flow@1',
  key,
  name: key,
  nodes: [{ id: 'm', type: 'core.manual' }, { id: 's', ...step }, ...more],
  edges,
})

test('every answer that others rely on is what the description says', async () => {
  await server.ask('PUT', '/api/v1/flows/lead', listeningFlow('lead'))
  await post('/api/v1/flows/:key/validate', { key: 'lead' })
  await post('/api/v1/flows/:key/publish', { key: 'lead' })
  await get('/api/v1/flows/:key/versions', { key: 'lead' })
  await post('/api/v1/flows/:key/simulate', { key: 'lead' }, { events: [{ type: 'com.example.lead', data: { amount: 1 } }] })
  await post('/api/v1/flows/:key/validate', { key: 'lead' }, { ...listeningFlow('lead'), nodes: [], edges: [] })

  const [single, first, second] = [cloudEvent({ subject: 'c-1' }), cloudEvent(), cloudEvent()]
  const { runs } = await post('/api/v1/events', {}, single)
  await post('/api/v1/events', {}, single)
  await post('/api/v1/events', {}, [first, second])
  await post('/api/v1/events', {}, [first, second])
  const { run } = runs[0]
  await get('/api/v1/runs')
  await get('/api/v1/runs/:id', { id: run })
  await get('/api/v1/runs/:id/journal', { id: run })
  await post('/api/v1/runs/:id/rerun-from/:node', { id: run, node: 'shape' })

  await publish(server, manual('wait', { type: 'core.wait', config: { for: '{% input %}' } }))
  await post('/api/v1/flows/:key/runs', { key: 'wait' }, { input: 'PT0S', wait: 5_000 })
  const waiting = await post('/api/v1/flows/:key/runs', { key: 'wait' }, { input: 'P1D', wait: 1 })
  await post('/api/v1/flows/:key/runs', { key: 'wait' }, { input: 'P1D' })
  await get('/api/v1/runs/:id', { id: waiting.run })
  await post('/api/v1/runs/:id/rerun-from/:node', { id: waiting.run, node: 's' })
  await post('/api/v1/runs/:id/cancel', { id: waiting.run })
  await publish(server, manual('stuck', { type: 'core.transform', config: { value: '{% $error("no") %}' } }))
  const stuck = await post('/api/v1/flows/:key/runs', { key: 'stuck' }, { wait: 5_000 })
  await post('/api/v1/runs/:id/retry', { id: stuck.run })

  await post('/api/v1/customers', {}, { id: 'c-1', name: 'Li Lei', fields: { mobile: '13800138000' }, owner: 'r-1' })
  await get('/api/v1/customers')
  const cell = { customer: 'c-1', purpose: 'recommendation', scene: 'quote_push' }
  await post('/api/v1/consents', {}, { ...cell, scope: 'standing', session: null, act: 'button', language: 'zh-CN' })
  await post('/api/v1/consents/check', {}, cell)
  const { withdrawal } = await post('/api/v1/consents/withdraw', {}, { customer: 'c-1', all: true, channel: 'preference_page' })
  await post('/api/v1/consents/check', {}, cell)
  await get('/api/v1/customers/:id/consents', { id: 'c-1' })
  await get('/api/v1/customers/:id', { id: 'c-1' })
  await get('/api/v1/withdrawals')
  await expect.poll(async () => (await get('/api/v1/withdrawals/:id', { id: withdrawal })).state, { timeout: 20_000 }).toBe('completed')

  const ask = { type: 'approvals.task', config: { title: 'Sign?', assignee: 'director', next: ['legal'] } }
  await publish(
    server,
    manual(
      'task',
      ask,
      [
        { from: 'm.out', to: 's.in' },
        { from: 's.approve', to: 'z.in' },
        { from: 's.reject', to: 'z.in' },
        { from: 's.expired', to: 'z.in' },
      ],
      [{ id: 'z', type: 'core.stop' }],
    ),
  )
  await server.ask('POST', '/api/v1/flows/task/runs')
  const one = (await get('/api/v1/tasks')).items[0]
  await get('/api/v1/tasks/:id', { id: one.id })
  await post('/api/v1/tasks/:id/claim', { id: one.id })
  await post('/api/v1/tasks/:id/answer', { id: one.id }, { action: 'approve', data: {}, shownHash: one.shownHash })
  const next = (await get('/api/v1/tasks?state=open')).items[0]
  await post('/api/v1/tasks/:id/return', { id: next.id }, {})
  const again = (await get('/api/v1/tasks?state=open')).items[0]
  await post('/api/v1/tasks/:id/add-signer', { id: again.id }, { to: 'role:admin', place: 'with' })
  await post('/api/v1/tasks/:id/transfer', { id: again.id }, { to: 'role:legal' })

  await get('/api/v1/audit')
  await get('/api/v1/audit/verify')
  await get('/api/v1/audit/proof/:seq', { seq: '1' })
  await get('/health/live')
  await get('/health/ready')
  expect([...open]).toEqual([])
})

import { beforeAll, describe, expect, test } from 'vitest'
import { tokenFor } from './helpers/people.ts'
import { cloudEvent, listeningFlow, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
})

function source(due: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    format: 'sluice/flow@1',
    key: 'source',
    name: 'Source',
    nodes: [
      { id: 'start', type: 'core.event', config: { type: 'com.example.template' } },
      { id: 'pause', type: 'core.wait', config: { for: due } },
      { id: 'say', type: 'core.transform', config: { value: 'Hello', ...more } },
    ],
    edges: [
      { from: 'start.out', to: 'pause.in' },
      { from: 'pause.out', to: 'say.in' },
    ],
  }
}

const words = { name: { en: 'Wait and say', 'zh-CN': '等待并回复' }, description: { en: 'It waits first.', 'zh-CN': '先等待。' } }
const parameters = {
  properties: { words: { type: 'string', minLength: 1, title: 'Words', 'x-at': ['/nodes/say/config/value'] } },
  required: ['words'],
}

async function publishTemplate(flow: Record<string, unknown>, body: Record<string, unknown> = {}) {
  await server.ask('PUT', '/api/v1/flows/source', flow)
  return server.ask('PUT', '/api/v1/templates/wait-and-say', { flow: 'source', ...words, parameters, ...body })
}

const configOf = (flow: { nodes: { id: string; config: unknown }[] }, id: string) => flow.nodes.find((node) => node.id === id)?.config
const draft = async (key: string) => (await server.ask('GET', `/api/v1/flows/${key}`)).json()

test('the templates that ship are listed with the flow to draw and what they need', async () => {
  const { items } = (await server.ask('GET', '/api/v1/templates')).json()
  const one = items.find(({ key }: { key: string }) => key === 'price-too-high')
  expect(one).toMatchObject({ source: 'shipped', version: 3, copies: 0, flow: { key: 'price-too-high' } })
  expect(one.needs).toContainEqual({ kind: 'model', name: null })
})

describe('a template of the workspace', () => {
  test('asks for its parameters and becomes a draft that remembers where it came from', async () => {
    expect((await publishTemplate(source('P1D'))).json()).toEqual({ key: 'wait-and-say', version: 1 })
    const refused = await server.ask('POST', '/api/v1/templates/wait-and-say/install', { key: 'copy', answers: {} })
    expect(refused.json()).toMatchObject({ code: 'SLU_TEMPLATE_ANSWERS', errors: [{ path: '/answers/words' }] })
    const made = await server.ask('POST', '/api/v1/templates/wait-and-say/install', { key: 'copy', answers: { words: 'Good day' } })
    expect(made.statusCode).toBe(201)
    const flow = await draft('copy')
    expect(configOf(flow, 'say')).toEqual({ value: 'Good day' })
    expect(flow.parameters).toBeUndefined()
    expect((await server.ask('GET', '/api/v1/flows/copy/template')).json()).toMatchObject({
      template: 'wait-and-say',
      version: 1,
      newest: 1,
    })
    const twice = await server.ask('POST', '/api/v1/templates/wait-and-say/install', { key: 'copy', answers: { words: 'x' } })
    expect(twice.json().code).toBe('SLU_PRECONDITION_FAILED')
    expect(configOf(await draft('copy'), 'say')).toEqual({ value: 'Good day' })
  })

  test('a new version is merged into a copy that was changed: what both changed is asked, the answers stay', async () => {
    const copy = await draft('copy')
    const changed = {
      ...copy,
      nodes: copy.nodes.map((node: { id: string }) => (node.id === 'pause' ? { ...node, config: { for: 'PT2H' } } : node)),
    }
    await server.ask('PUT', '/api/v1/flows/copy', changed)
    expect((await publishTemplate(source('P3D'), { note: 'longer wait' })).json().version).toBe(2)
    const url = '/api/v1/flows/copy/template/upgrade'
    const shown = (await server.ask('POST', url)).json()
    const path = '/nodes/pause/config/for'
    expect(shown).toMatchObject({ confirm: false, from: 1, to: 2, note: 'longer wait', open: [path] })
    expect(shown.conflicts).toEqual([{ path, base: 'P1D', ours: 'PT2H', theirs: 'P3D' }])
    const open = await server.ask('POST', url, { confirm: true, shown: shown.shown })
    expect(open.json().code).toBe('SLU_TEMPLATE_CONFLICTS')
    const stale = await server.ask('POST', url, { confirm: true, shown: 'old', choices: { [path]: 'theirs' } })
    expect(stale.json().code).toBe('SLU_PRECONDITION_FAILED')
    const done = await server.ask('POST', url, { confirm: true, shown: shown.shown, choices: { [path]: 'theirs' } })
    expect(done.json()).toMatchObject({ confirm: true, to: 2 })
    const flow = await draft('copy')
    expect([configOf(flow, 'pause'), configOf(flow, 'say')]).toEqual([{ for: 'P3D' }, { value: 'Good day' }])
    expect((await server.ask('GET', '/api/v1/flows/copy/template')).json()).toMatchObject({ version: 2, newest: 2 })
    const { items } = (await server.ask('GET', '/api/v1/audit?limit=20')).json()
    const kinds = items.map(({ kind }: { kind: string }) => kind)
    expect(kinds).toEqual(expect.arrayContaining(['template.published', 'template.installed', 'template.upgraded']))
  })

  test('is refused when a parameter points nowhere, and to who may not publish one', async () => {
    const lost = { properties: { a: { type: 'string', 'x-at': ['/nodes/none/config/x'] } } }
    expect((await publishTemplate(source('P1D'), { parameters: lost })).json().code).toBe('SLU_TEMPLATE_PLACES')
    const analyst = await tokenFor(server, 'analyst')
    const answer = await server.ask('PUT', '/api/v1/templates/wait-and-say', { flow: 'source', ...words }, analyst)
    expect(answer.statusCode).toBe(403)
  })
})

test('what is no template and what is no copy is said so; a deleted copy forgets its template', async () => {
  expect((await server.ask('POST', '/api/v1/templates/nowhere/install', { key: 'a', answers: {} })).json().code).toBe(
    'SLU_TEMPLATE_UNKNOWN',
  )
  expect((await server.ask('POST', '/api/v1/flows/source/template/upgrade')).json().code).toBe('SLU_TEMPLATE_NOT_A_COPY')
  await server.ask('DELETE', '/api/v1/flows/copy')
  await server.ask('PUT', '/api/v1/flows/copy', { ...source('P1D'), key: 'copy' })
  expect((await server.ask('GET', '/api/v1/flows/copy/template')).json()).toEqual({ template: null })
})

describe('a retired template', () => {
  const listed = async () => {
    const { items } = (await server.ask('GET', '/api/v1/templates')).json()
    return (items as { key: string; version: number; source: string }[]).find(({ key }) => key === 'wait-and-say')
  }

  test('is not offered any more, its copies stay, and publishing it again goes on counting', async () => {
    const { version } = (await publishTemplate(source('P1D'))).json()
    await server.ask('POST', '/api/v1/templates/wait-and-say/install', { key: 'kept', answers: { words: 'Hi' } })
    const analyst = await tokenFor(server, 'analyst')
    expect((await server.ask('DELETE', '/api/v1/templates/wait-and-say', undefined, analyst)).statusCode).toBe(403)
    expect((await server.ask('DELETE', '/api/v1/templates/wait-and-say')).statusCode).toBe(204)
    expect(await listed()).toBeUndefined()
    expect((await server.ask('DELETE', '/api/v1/templates/wait-and-say')).json().code).toBe('SLU_TEMPLATE_UNKNOWN')
    const refused = await server.ask('POST', '/api/v1/templates/wait-and-say/install', { key: 'late', answers: { words: 'Hi' } })
    expect(refused.json().code).toBe('SLU_TEMPLATE_UNKNOWN')
    expect((await server.ask('GET', '/api/v1/flows/kept/template')).json()).toMatchObject({ template: 'wait-and-say', newest: null })
    expect((await publishTemplate(source('P2D'))).json().version).toBe(version + 1)
    expect(await listed()).toMatchObject({ version: version + 1, source: 'workspace' })
    const { items } = (await server.ask('GET', '/api/v1/audit?limit=20')).json()
    expect(items.map(({ kind }: { kind: string }) => kind)).toContain('template.retired')
  })

  test('that took the place of a built-in one gives it back, and a built-in one is never retired', async () => {
    const url = '/api/v1/templates/price-too-high'
    expect((await server.ask('DELETE', url)).json().code).toBe('SLU_TEMPLATE_BUILT_IN')
    await server.ask('PUT', url, { flow: 'source', ...words })
    expect((await server.ask('DELETE', url)).statusCode).toBe(204)
    const { items } = (await server.ask('GET', '/api/v1/templates')).json()
    expect(items.find(({ key }: { key: string }) => key === 'price-too-high')).toMatchObject({ source: 'shipped' })
  })
})

test('what a template would answer is told by what this workspace measured, and by nothing where nothing is measured', async () => {
  const of = async (key: string) =>
    (await server.ask('GET', '/api/v1/template-baselines')).json().items.find((item: { key: string }) => item.key === key)
  expect(await of('quote-approval')).toEqual({ key: 'quote-approval', events: 0, answered: 0, more: false, medianMs: null })
  const quote = () => server.ask('POST', '/api/v1/events', cloudEvent({ type: 'quote.requested', subject: 'c-9', data: { amount: 1 } }))
  await quote()
  expect(await of('quote-approval')).toMatchObject({ events: 1, answered: 0, medianMs: null })
  await publish(server, listeningFlow('answers-quotes', 'quote.requested'))
  await quote()
  await expect.poll(() => of('quote-approval')).toMatchObject({ events: 2, answered: 1, medianMs: expect.any(Number) })
  // What starts by hand has no events to count.
  const nodes = [
    { id: 'in', type: 'core.manual' },
    { id: 'out', type: 'core.stop' },
  ]
  const edges = [{ from: 'in.out', to: 'out.in' }]
  await server.ask('PUT', '/api/v1/flows/by-hand-only', { ...listeningFlow('by-hand-only'), nodes, edges })
  await server.ask('PUT', '/api/v1/templates/by-hand', { flow: 'by-hand-only', ...words, parameters: {} })
  expect(await of('by-hand')).toMatchObject({ events: null })
})

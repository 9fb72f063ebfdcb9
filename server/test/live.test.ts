import { afterEach, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { sessions } from '../src/commands/tables.ts'
import { liveLimits } from '../src/live/limits.ts'
import { signedIn, tokenFor } from './helpers/people.ts'
import { adminToken, listeningFlow, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
let port = 0
let count = 0
beforeAll(async () => {
  server = await startServer()
  port = await listen(server)
})

async function listen({ fastify }: TestServer): Promise<number> {
  await fastify.listen({ port: 0, host: '127.0.0.1' })
  const address = fastify.server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const open: Window[] = []
afterEach(() => {
  for (const window of open.splice(0)) window.socket.terminate()
})

type Message = Readonly<Record<string, unknown>> & { readonly kind: string }

class Window {
  readonly socket: WebSocket
  readonly heard: Message[] = []
  readonly closed: Promise<number>
  #sent = 0

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => this.heard.push(JSON.parse(String(data))))
    socket.on('error', () => {})
    this.closed = new Promise((resolve) => socket.on('close', resolve))
    open.push(this)
  }

  /** The first message of this kind that fits and was not looked at yet. */
  async next(kind: string, fits: (message: Message) => boolean = () => true): Promise<Message> {
    for (let tries = 0; tries < 500; tries++) {
      const at = this.heard.findIndex((message) => message.kind === kind && fits(message))
      const [found] = at < 0 ? [] : this.heard.splice(at, 1)
      if (found !== undefined) return found
      await new Promise((again) => setTimeout(again, 10))
    }
    throw new Error(`never heard ${kind}: ${JSON.stringify(this.heard).slice(0, 2_000)}`)
  }

  change(patches: readonly unknown[], base = 1, more: object = {}): number {
    this.#sent += 1
    this.say({ kind: 'change', id: this.#sent, base, patches, over: [], ...more })
    return this.#sent
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message))
  }
}

type Headers = Readonly<Record<string, string>>

function connect(key: string, headers: Headers, at = port, query = ''): Promise<Window> {
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))
  const window = new Window(new WebSocket(`ws://127.0.0.1:${at}/api/v1/flows/${key}/live${query}`, { headers: sent }))
  return new Promise((resolve, reject) => {
    window.socket.on('open', () => resolve(window))
    window.socket.on('unexpected-response', (_request, answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => reject(Object.assign(new Error(body), { status: answer.statusCode })))
    })
  })
}

const admin: Headers = { authorization: `Bearer ${adminToken}` }

async function newFlow(): Promise<string> {
  count += 1
  const key = `live-${count}`
  const saved = await server.ask('PUT', `/api/v1/flows/${key}`, listeningFlow(key))
  if (saved.statusCode !== 201) throw new Error(saved.body)
  return key
}

const draft = async (key: string) => (await server.ask('GET', `/api/v1/flows/${key}`)).json()
const setName = (name: string) => ({ op: 'set', in: 'nodes', id: 'shape', path: ['name'], value: name })
const setConfig = (field: string, value: unknown) => ({ op: 'set', in: 'nodes', id: 'shape', path: ['config', field], value })

test('who opens a flow gets the draft with its version, and hears what others change after it is stored', async () => {
  const key = await newFlow()
  const [ann, bo] = [await connect(key, await signedIn(server, 'analyst')), await connect(key, await signedIn(server, 'developer'))]
  const state = await ann.next('state')
  expect(state).toMatchObject({ seq: 1, mayWrite: true, file: await draft(key) })
  expect(state.etag).toBe((await server.ask('GET', `/api/v1/flows/${key}`)).headers.etag)
  ann.change([setName('Twice')])
  expect(await ann.next('accepted')).toMatchObject({ id: 1, seq: 2, patches: null })
  const told = await bo.next('change')
  expect(told).toMatchObject({ seq: 2, base: 1, by: 'analyst', patches: [setName('Twice')], over: [] })
  expect((await draft(key)).nodes[1]).toMatchObject({ id: 'shape', name: 'Twice' })
  expect(told.etag).toBe((await server.ask('GET', `/api/v1/flows/${key}`)).headers.etag)
})

test('two who change different properties of one step at once both find them stored; the same property has the later one', async () => {
  const key = await newFlow()
  const [ann, bo] = [await connect(key, admin), await connect(key, await tokenFor(server, 'analyst'))]
  ann.change([setConfig('a', 'Ann'), setConfig('both', 'Ann')])
  bo.change([setConfig('b', 'Bo'), setConfig('both', 'Bo')])
  const [one, two] = [await ann.next('accepted'), await bo.next('accepted')]
  const { config } = (await draft(key)).nodes[1]
  expect(config).toMatchObject({ a: 'Ann', b: 'Bo', both: Number(one.seq) > Number(two.seq) ? 'Ann' : 'Bo' })
  expect((await ann.next('change')).base).toBe(1)
})

test('an edit of a step that is gone comes to nothing and says so; wires go with their step', async () => {
  const key = await newFlow()
  const [ann, bo] = [await connect(key, admin), await connect(key, await tokenFor(server, 'analyst'))]
  ann.change([{ op: 'remove', in: 'nodes', id: 'shape' }])
  const { patches } = await ann.next('accepted')
  expect(patches).toEqual([
    { op: 'remove', in: 'nodes', id: 'shape' },
    { op: 'remove', in: 'edges', id: 'start.out>shape.in' },
    { op: 'remove', in: 'edges', id: 'shape.out>end.in' },
  ])
  await bo.next('change')
  bo.change([setName('Too late')])
  expect(await bo.next('accepted')).toMatchObject({ patches: [] })
  expect((await draft(key)).edges).toEqual([])
})

test('a new step whose id is taken is refused with a code that asks for another one', async () => {
  const key = await newFlow()
  const ann = await connect(key, admin, port, '?language=zh-CN')
  ann.change([{ op: 'insert', in: 'nodes', value: { id: 'shape', type: 'core.stop' }, before: null }])
  expect(await ann.next('refused')).toMatchObject({ id: 1, code: 'SLU_LIVE_TAKEN', title: expect.stringMatching(/节点/) })
})

test('a change that would leave no readable flow is refused with its place, and the draft stays as it was', async () => {
  const key = await newFlow()
  const before = await draft(key)
  const [ann, bo] = [await connect(key, admin), await connect(key, await tokenFor(server, 'analyst'))]
  ann.change([{ op: 'set', in: 'nodes', id: 'shape', path: ['timeoutMs'], value: -1 }])
  bo.change([setName('Fine')])
  expect(await ann.next('refused')).toMatchObject({ code: 'SLU_FLOW_INVALID', errors: [{ path: '/nodes/1/timeoutMs' }] })
  await bo.next('accepted')
  expect(await draft(key)).toEqual({ ...before, nodes: [before.nodes[0], { ...before.nodes[1], name: 'Fine' }, before.nodes[2]] })
})

test('a reader sees changes live and cannot send any', async () => {
  const key = await newFlow()
  const [reader, writer] = [await connect(key, await signedIn(server, 'director')), await connect(key, admin)]
  expect(await reader.next('state')).toMatchObject({ mayWrite: false })
  reader.change([setName('Not mine to change')])
  expect(await reader.next('refused')).toMatchObject({ code: 'SLU_PERMISSION_DENIED' })
  writer.change([setName('Seen')])
  expect(await reader.next('change')).toMatchObject({ patches: [setName('Seen')] })
  expect((await draft(key)).nodes[1].name).toBe('Seen')
})

test('a draft stored past the socket reaches those who have it open, and the next change goes on top of it', async () => {
  const key = await newFlow()
  const ann = await connect(key, admin)
  const file = await draft(key)
  file.nodes[1].name = 'From the command line'
  await server.ask('PUT', `/api/v1/flows/${key}`, file)
  expect(await ann.next('change')).toMatchObject({ seq: 2, patches: [setName('From the command line')] })
  ann.change([setConfig('more', 1)], 2)
  await ann.next('accepted')
  expect((await draft(key)).nodes[1]).toMatchObject({ name: 'From the command line', config: { more: 1 } })
})

test('a save with the version of before is refused after somebody changed the flow over the socket', async () => {
  const key = await newFlow()
  const { etag } = (await server.ask('GET', `/api/v1/flows/${key}`)).headers
  const ann = await connect(key, admin)
  ann.change([setName('Newer')])
  await ann.next('accepted')
  const stale = await server.ask('PUT', `/api/v1/flows/${key}`, listeningFlow(key), { 'if-match': String(etag) })
  expect(stale.statusCode).toBe(412)
})

test('problems of a shared draft are counted once its people pause', async () => {
  const key = await newFlow()
  const ann = await connect(key, admin)
  ann.change([{ op: 'remove', in: 'nodes', id: 'start' }])
  await ann.next('accepted')
  const problems = async () =>
    (await server.ask('GET', '/api/v1/flows?limit=200')).json().items.find((each: { key: string }) => each.key === key).problems
  await expect.poll(problems, { timeout: 5_000 }).toBeGreaterThan(0)
})

test('people are named by name and colour only, and where they are reaches the others and is not stored', async () => {
  const key = await newFlow()
  const headers = await signedIn(server, 'analyst')
  const ann = await connect(key, headers)
  const bo = await connect(key, admin)
  const again = await connect(key, headers)
  const { people, you } = (await again.next('state')) as unknown as { people: Record<string, unknown>[]; you: string }
  expect(people.map(({ name, person }) => [name, person])).toEqual([
    ['analyst', 0],
    ['SLUICE_ADMIN_TOKEN', 1],
    ['analyst', 0],
  ])
  expect(Object.keys(people[0] ?? {}).toSorted()).toEqual(['cursor', 'field', 'id', 'mayWrite', 'name', 'person', 'selection', 'view'])
  again.say({ kind: 'here', selection: ['shape'], field: { node: 'shape', path: '/value' }, cursor: [10, 20], view: [0, 0, 1] })
  expect(await bo.next('here')).toEqual({
    kind: 'here',
    people: [{ id: you, selection: ['shape'], field: { node: 'shape', path: '/value' }, cursor: [10, 20], view: [0, 0, 1] }],
  })
  again.socket.close()
  await bo.next('people', (message) => (message.people as unknown[]).length === 2)
  expect(ann.heard.some((message) => message.kind === 'here')).toBe(true)
})

test.each([
  ['another site', async () => ({ ...(await signedIn(server, 'analyst')), origin: 'https://evil.example' }), 403, 'SLU_ORIGIN_REFUSED'],
  [
    'another port of this machine',
    async () => ({ ...(await signedIn(server, 'analyst')), origin: 'http://127.0.0.1:1' }),
    403,
    'SLU_ORIGIN_REFUSED',
  ],
  ['nobody', async () => ({}), 401, 'SLU_SIGN_IN_REQUIRED'],
  ['a rep', async () => signedIn(server, 'rep'), 403, 'SLU_PERMISSION_DENIED'],
] as const)('%s does not get a socket', async (_who, headers, status, code) => {
  const key = await newFlow()
  await expect(connect(key, await headers())).rejects.toMatchObject({ status, message: expect.stringContaining(code) })
})

test('our own page gets a socket, a flow that does not exist has none, and a plain request is told what speaks here', async () => {
  const key = await newFlow()
  const ours = await connect(key, { ...(await signedIn(server, 'analyst')), origin: `http://127.0.0.1:${port}` })
  await ours.next('state')
  await expect(connect('no-such-flow', admin)).rejects.toMatchObject({ status: 404 })
  const plain = await server.ask('GET', `/api/v1/flows/${key}/live`)
  expect(plain.json()).toMatchObject({ status: 400, code: 'SLU_LIVE_EXPECTED' })
})

test.each([
  ['text that is no JSON', 'hello'],
  [
    'a name that stands twice',
    '{"kind":"change","id":1,"base":1,"over":[],"patches":[{"op":"set","in":"head","id":"","path":["name"],"value":{"en":"A","en":"B"}}]}',
  ],
  ['a kind that does not exist', { kind: 'shutdown' }],
  ['a member too many', { kind: 'here', selection: [], field: null, cursor: null, view: null, admin: true }],
  [
    'a place in a list',
    { kind: 'change', id: 1, base: 1, over: [], patches: [{ op: 'set', in: 'nodes', id: 'shape', path: ['config', 1e9], value: 1 }] },
  ],
  [
    'a reserved key',
    {
      kind: 'change',
      id: 1,
      base: 1,
      over: [],
      patches: [{ op: 'set', in: 'nodes', id: 'shape', path: ['config', '__proto__', 'x'], value: 1 }],
    },
  ],
  [
    'another id for a step',
    { kind: 'change', id: 1, base: 1, over: [], patches: [{ op: 'set', in: 'nodes', id: 'shape', path: ['id'], value: 'x' }] },
  ],
  [
    'another key for the flow',
    { kind: 'change', id: 1, base: 1, over: [], patches: [{ op: 'set', in: 'head', id: '', path: ['key'], value: 'x' }] },
  ],
  ['coordinates without end', { kind: 'here', selection: [], field: null, cursor: [1e300, 0], view: null }],
])('%s ends the socket that sent it and nobody else’s', async (_what, message) => {
  const key = await newFlow()
  const [hostile, other] = [await connect(key, admin), await connect(key, await tokenFor(server, 'analyst'))]
  hostile.say(message)
  expect(await hostile.closed).toBe(4400)
  other.change([setName('Still here')])
  await other.next('accepted')
})

test.each([
  ['members of a frame that are no list', { op: 'set', in: 'groups', id: 'g', path: ['nodes'], value: 'all' }],
  ['a value nested 100,000 deep', { op: 'set', in: 'nodes', id: 'shape', path: ['config', 'deep'], value: 0 }],
  [
    'a wire under another name',
    { op: 'insert', in: 'edges', value: { id: 'x', from: { node: 'start', port: 'out' }, to: { node: 'end', port: 'in' } }, before: null },
  ],
])('%s harms nobody', async (what, patch) => {
  const key = await newFlow()
  const ann = await connect(key, admin)
  ann.change([{ op: 'insert', in: 'groups', value: { id: 'g', nodes: ['shape'] }, before: null }])
  await ann.next('accepted')
  const text = JSON.stringify({ kind: 'change', id: 2, base: 2, patches: [patch], over: [] })
  ann.say(what.includes('nested') ? text.replace('"value":0', `"value":${'['.repeat(100_000)}${']'.repeat(100_000)}`) : text)
  await Promise.race([ann.next('refused'), ann.next('accepted')])
  expect((await draft(key)).groups).toEqual([{ id: 'g', nodes: ['shape'] }])
})

test('who sends more than anybody could type is cut off', async () => {
  const key = await newFlow()
  const ann = await connect(key, admin)
  for (let sent = 0; sent <= liveLimits.messagesPerWindowMax; sent++)
    ann.say({ kind: 'here', selection: [], field: null, cursor: null, view: null })
  expect(await ann.closed).toBe(4429)
})

test('a message over the limit ends its socket', async () => {
  const key = await newFlow()
  const ann = await connect(key, admin)
  ann.say(`"${'x'.repeat(liveLimits.messageBytesMax)}"`)
  expect(await ann.closed).toBe(1009)
})

test('one caller has a bounded number of windows', async () => {
  const key = await newFlow()
  const headers = await tokenFor(server, 'analyst')
  for (let windows = 0; windows < liveLimits.socketsPerCallerMax; windows++) await connect(key, headers)
  await expect(connect(key, headers)).rejects.toMatchObject({ status: 429, message: expect.stringContaining('SLU_LIVE_LIMIT') })
})

test('a right that was taken away counts with the next change; a server that stops says so', async () => {
  const other = await startServer()
  const at = await listen(other)
  await other.ask('PUT', '/api/v1/flows/lead', listeningFlow('lead'))
  const headers = await signedIn(other, 'analyst')
  const ann = await connect('lead', headers, at)
  await ann.next('state')
  const { user } = other.door.engine.reader.records.list(sessions)[0] ?? {}
  await other.ask('PATCH', `/api/v1/users/${user}`, { roles: ['director'] })
  ann.change([setName('No longer')])
  expect(await ann.next('refused')).toMatchObject({ code: 'SLU_PERMISSION_DENIED' })
  await other.stop()
  expect(await ann.closed).toBe(1012)
})

test('deleting a flow ends the sockets of those who have it open', async () => {
  const key = await newFlow()
  const ann = await connect(key, admin)
  await ann.next('state')
  await server.ask('DELETE', `/api/v1/flows/${key}`)
  expect(await ann.closed).toBe(4404)
})

test('what was accepted is there after a restart, and people come back to it', async () => {
  const first = await startServer()
  const at = await listen(first)
  await first.ask('PUT', '/api/v1/flows/lead', listeningFlow('lead'))
  const ann = await connect('lead', admin, at)
  ann.change([setName('Kept')])
  await ann.next('accepted')
  await first.fastify.close()
  await first.door.engine
    .execute({ kind: 'command', name: 'people.find', payload: {}, actor: { kind: 'system', id: 'test' } })
    .catch(() => null)
  await (first.door.engine as unknown as { close(): Promise<void> }).close()
  const second = await startServer({ data: first.data })
  const back = await connect('lead', admin, await listen(second))
  expect(await back.next('state')).toMatchObject({ file: { nodes: [{}, { name: 'Kept' }, {}] } })
})

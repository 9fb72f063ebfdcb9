/** The simulator's worker says what the server says: byte for byte, on every flow that ships, without anything that only Node has. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import type { FlowDefinition, Json } from '@sluice/flows'
import type { PlayAnswer, PlayRequest, WorkerSays } from '@sluice/nodes/simulate/messages'
import { build, type Rolldown } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { answerHere as answerInNode } from '../../nodes/simulate/browser/answer.ts'
import { packsInBrowser } from './packs-in-browser.ts'

type Ask = Omit<PlayRequest, 'id'>
const root = join(import.meta.dirname, '../..')
const startAt = '2026-03-02T09:00:00.000Z'

/** What a worker of a browser has of its own, as far as it is used here. No `window`, `Buffer`, `process` or `require`. */
const world = { TextEncoder, TextDecoder, URL, URLSearchParams, structuredClone, atob, btoa, console }
let answerInBrowser: (ask: Ask) => Promise<PlayAnswer>

beforeAll(async () => {
  const entry = join(root, 'nodes/simulate/browser/worker.ts')
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [packsInBrowser()],
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'worker' }, target: 'es2022' },
  })
  const [{ output }] = [result].flat() as Rolldown.RolldownOutput[] as [Rolldown.RolldownOutput]
  let hear: (event: { readonly data: PlayRequest }) => void = () => {}
  const told = new Map<number | null, (answer: PlayAnswer) => void>()
  const context = vm.createContext({
    ...world,
    addEventListener: (_type: string, act: typeof hear) => {
      hear = act
    },
    postMessage: (says: WorkerSays) => says.id !== null && told.get(says.id)?.(structuredClone(says.answer)),
  })
  vm.runInContext(output[0].code, context)
  let id = 0
  answerInBrowser = (ask) =>
    new Promise((resolve) => {
      told.set(++id, resolve)
      hear({ data: structuredClone({ id, ...ask }) })
    })
})

const flowsIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.flow.json'))
    .map((file) => ({ file: `${folder}/${file}`, flow: JSON.parse(readFileSync(join(root, folder, file), 'utf8')) as FlowDefinition }))

const shipped = [...flowsIn('flows/templates'), ...flowsIn('flows/patterns')]
const said = { text: '价格太高了', quote: { amount: 20_000_000, currency: 'CNY' }, amount: 12, n: 3, items: [1, 2, 3] }

/** Everything a person could set off: each trigger, with the customer's consents and without, and each way out of every task. */
function* asksOf(flow: FlowDefinition): Generator<Ask> {
  const calls = new Set(flow.nodes.flatMap(({ type, config }) => (type === 'core.call' ? [config?.flow] : [])))
  const ask = (asked: object): Ask => ({
    flow: JSON.stringify(flow),
    asked: { startAt, until: 'P40D', ...asked } as Json,
    called: shipped.flatMap((one) => (calls.has(one.flow.key) ? [{ file: one.flow, version: 2 }] : [])),
    calendars: [],
    now: Date.parse(startAt),
  })
  const types = flow.nodes.flatMap(({ config }) => (typeof config?.type === 'string' ? [config.type] : []))
  const events = (subject: string) => types.map((type, index) => ({ type, subject, data: said, after: index * 60_000 }))
  const consents = flow.nodes.flatMap(({ config }) =>
    typeof config?.purpose === 'string' && typeof config.scene === 'string'
      ? [{ customer: 'c-1', purpose: config.purpose, scene: config.scene }]
      : [],
  )
  const customers = [{ id: 'c-1', owner: 'rep:r-1' }]
  const ways = flow.edges.map(({ from }) => from.split('.'))
  const tasks = new Set(flow.nodes.filter(({ type }) => type.startsWith('approvals.')).map(({ id }) => id))
  const answers = ways.flatMap(([node = '', action = '']) =>
    tasks.has(node) ? [{ node, action, data: { note: 'ok' }, after: 5_000 }] : [],
  )
  for (const start of flow.nodes.filter(({ type }) => type === 'core.manual'))
    yield ask({ start: { trigger: start.id, input: said }, answers })
  yield ask({ events: events('c-1'), customers, consents, answers })
  yield ask({ events: events('c-1'), customers, answers: answers.toReversed() })
  yield ask({
    events: events('c-1'),
    mocks: Object.fromEntries(flow.nodes.map(({ id }) => [id, [{ error: { code: 'TIMEOUT', message: 'x' } }, { real: true }]])),
  })
  // A customer takes everything back: the fence, the clock of the withdrawal, its receipt.
  const revocation = { type: 'consent.revocation.requested', subject: 'c-1', data: { scope: { kind: 'all' } } }
  yield ask({ events: [...events('c-1'), { ...revocation, after: 3_600_000 }], customers, consents, answers })
  yield ask({})
}

test('every flow that ships is played as the server plays it', async () => {
  const kinds = new Set<string>()
  const different: string[] = []
  for (const { file, flow } of shipped) {
    for (const ask of asksOf(flow)) {
      const [here, there] = await Promise.all([answerInBrowser(ask), answerInNode(ask)])
      if (JSON.stringify(here) !== JSON.stringify(there)) different.push(file)
      if (!there.ok) kinds.add(there.why)
      else for (const { kind } of JSON.parse(there.text).timeline) kinds.add(kind)
    }
  }
  expect(different).toEqual([])
  // Not all of it the easy way.
  for (const kind of [
    'task.answered',
    'timer.fired',
    'race.won',
    'lock.freed',
    'signal.received',
    'incident.raised',
    'run.succeeded',
    'refused',
  ])
    expect([...kinds]).toContain(kind)
})

test('what expressions can do they can do there', async () => {
  const of = (value: string) => ({
    format: 'sluice/flow@1',
    key: 'all',
    name: 'All',
    nodes: [
      { id: 'start', type: 'core.manual' },
      { id: 'x', type: 'core.transform', config: { value: `{% ${value} %}` } },
    ],
    edges: [{ from: 'start.out', to: 'x.in' }],
  })
  const expressions = [
    '$base64encode("授权 é")',
    '$base64decode("w6k=")',
    '$base64decode("_-8!x")',
    '$formatNumber(12345.678, "#,##0.00") & $fromMillis(1000000000000, "[Y]-[M01]", "+0800") & $now()',
    '$sort(["丙", "a", "B"]) ~> $join("-") & $encodeUrlComponent("授 权") & $uppercase("straße")',
    '($f := function($n){ $n = 0 ? 0 : 1 + $f($n - 1) }; $f(150))',
    '($f := function($n){ $n = 0 ? 0 : 1 + $f($n - 1) }; $f(499))',
    '$toMillis("2026-02-30T10:00:00Z") & $match("a1b22", /[0-9]+/).match & (1 / 3)',
  ]
  for (const expression of expressions) {
    const asked = { start: { trigger: 'start', input: said }, startAt }
    const ask: Ask = { flow: JSON.stringify(of(expression)), asked, called: [], calendars: [], now: 0 }
    expect(await answerInBrowser(ask), expression).toEqual(await answerInNode(ask))
  }
})

test('a journal larger than a page should read stays in the worker', async () => {
  const flow = {
    format: 'sluice/flow@1',
    key: 'fat',
    name: 'Fat',
    nodes: [
      { id: 'start', type: 'core.manual' },
      {
        id: 'x',
        type: 'core.transform',
        config: { value: '{% {"n": (nodes.x.n ? nodes.x.n : 0) + 1, "text": $pad("x", 100000, "y")} %}' },
      },
      { id: 'b', type: 'core.branch', config: { when: '{% nodes.x.n < 400 %}' } },
      { id: 'end', type: 'core.stop', config: {} },
    ],
    edges: [
      { from: 'start.out', to: 'x.in' },
      { from: 'x.out', to: 'b.in' },
      { from: 'b.true', to: 'x.in' },
      { from: 'b.false', to: 'end.in' },
    ],
  }
  const ask: Ask = { flow: JSON.stringify(flow), asked: { start: { input: {} }, startAt }, called: [], calendars: [], now: 0 }
  expect(await answerInBrowser(ask)).toEqual({ ok: false, why: 'too-large' })
})

test('what cannot be read or played is refused with its place', async () => {
  const ask: Ask = { flow: '{', asked: {}, called: [], calendars: [], now: 0 }
  expect(await answerInBrowser(ask)).toMatchObject({ why: 'problems', problems: [{ code: 'SLU_FLOW_NOT_JSON' }] })
  const flow = JSON.stringify(shipped[0]?.flow)
  const wrong = { events: [{ type: '', after: 'soon' }] }
  expect(await answerInBrowser({ ...ask, flow, asked: wrong })).toMatchObject({
    why: 'unreadable',
    places: [{ path: '/events/0/type', rule: 'minLength' }, { path: '/events/0/after' }],
  })
  expect(await answerInBrowser({ ...ask, flow, asked: { events: [{ type: 'x', after: 'PX' }] } })).toMatchObject({
    why: 'unreadable',
    places: [{ path: '/events/0/after' }],
  })
  const start = { trigger: 'gone' }
  expect(await answerInBrowser({ ...ask, flow, asked: { start } })).toMatchObject({ why: 'refused', status: 404 })
})

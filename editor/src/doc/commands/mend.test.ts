import { compileFlow } from '@sluice/engine/compile'
import type { FlowDefinition, Problem } from '@sluice/flows'
import { dataWords, nodeTypes } from '@sluice/nodes'
import { expect, test } from 'vitest'
import { createFlowStore, fromFile, makeCatalogue, toFile } from '../index.ts'
import { mend } from './mend.ts'

const catalogue = makeCatalogue([...nodeTypes.values()])

type Step = FlowDefinition['nodes'][number]

function drawn(nodes: readonly Step[], edges: readonly (readonly [string, string])[]): FlowDefinition {
  const places = nodes.map((node, at): Step => ({ ...node, at: [at * 260, 0] }))
  return {
    format: 'sluice/flow@1',
    key: 'f',
    name: 'f',
    nodes: places,
    edges: edges.map(([from, to]) => ({ from, to: `${to}.in` })),
    groups: [],
    notes: [],
    settings: {},
    parameters: {},
  }
}

function problemsOf(file: FlowDefinition): readonly Problem[] {
  return compileFlow(file, { nodeTypes, version: 1, words: dataWords }).problems
}

/** Presses the button of the first problem with this code, and gives what is wrong afterwards. */
function pressed(file: FlowDefinition, code: string, action: string) {
  const store = createFlowStore(fromFile(file))
  const problem = problemsOf(file).find((it) => it.code === code)
  const fix = [problem?.fix, ...(problem?.fixes ?? [])].find((it) => it?.action === action)
  if (problem === undefined || fix === undefined) throw new Error(`no ${action} for ${code}: ${JSON.stringify(problemsOf(file))}`)
  const next = mend(store, catalogue, problem, fix)
  const after = toFile(store.getState().doc)
  store.undo()
  expect(toFile(store.getState().doc)).toEqual(file)
  return { next, after, codes: problemsOf(after).map((it) => it.code) }
}

const on: Step = { id: 'on', type: 'core.event', config: { type: 'x' } }
const asks = { prompt: 'A discount', purpose: 'recommendation', scene: 'quote_push' }

test('a human veto put in front of money approves exactly what is paid, in one step that can be undone', () => {
  const file = drawn(
    [
      on,
      { id: 'ai', type: 'ai.generate', config: asks },
      { id: 'pay', type: 'crm.apply-discount', config: { amount: '{% input.amount %}', currency: 'CNY', receipt: '' } },
    ],
    [
      ['on.out', 'ai'],
      ['ai.out', 'pay'],
    ],
  )
  const { next, after, codes } = pressed(file, 'SLU_MONEY_WITHOUT_HUMAN', 'insert-veto')
  expect(codes.filter((code) => code === 'SLU_MONEY_WITHOUT_HUMAN')).toEqual([])
  const veto = after.nodes.find(({ id }) => id === next)
  expect(veto?.config).toMatchObject({ value: '{% {"customer": event.subject, "amount": (input.amount), "currency": "CNY"} %}' })
  expect(after.edges.map(({ from, to }) => `${from} ${to}`)).toContain(`${next}.approved pay.in`)
})

const posts: readonly Step[] = [
  on,
  { id: 'read', type: 'crm.get-customer', config: { purpose: 'recommendation', scene: 'quote_push' } },
  {
    id: 'post',
    type: 'core.http-request',
    config: { method: 'POST', url: 'https://a.example/', body: '{% {"m": nodes.read.fields.mobile} %}' },
  },
]
const posting = drawn(posts, [
  ['on.out', 'read'],
  ['read.out', 'post'],
])

test.each(['insert-mask', 'ask-consent'])('data without consent is mended by %s', (action) => {
  expect(pressed(posting, 'SLU_FLOW_CONSENT', action).codes).not.toContain('SLU_FLOW_CONSENT')
})

test('masking what came with the event leads the later step through the mask', () => {
  const file = drawn(
    [on, { id: 'post', type: 'core.http-request', config: { method: 'POST', url: 'https://a.example/', body: '{% event.data.mobile %}' } }],
    [['on.out', 'post']],
  )
  const { next, after, codes } = pressed(file, 'SLU_FLOW_CONSENT', 'insert-mask')
  expect(codes).not.toContain('SLU_FLOW_CONSENT')
  expect(after.nodes.find(({ id }) => id === 'post')?.config).toMatchObject({ body: `{% nodes.${next}.mobile %}` })
})

// What the first reader may not give is told by its name alone.
test.each(['recommendation/quote_push', 'risk_modelling/finance_plan'])('data that was read for %s is masked behind the reader', (use) => {
  const [purpose = '', scene = ''] = use.split('/')
  const text = 'You earn {{ nodes.read.fields.income }}'
  const file = drawn(
    [
      on,
      { id: 'read', type: 'crm.get-customer', config: { purpose, scene } },
      { id: 'send', type: 'notify.customer', config: { purpose: 'recommendation', scene: 'quote_push', channel: 'sms', text } },
    ],
    [
      ['on.out', 'read'],
      ['read.out', 'send'],
    ],
  )
  const { next, after, codes } = pressed(file, 'SLU_FLOW_CONSENT', 'insert-mask')
  expect(codes).not.toContain('SLU_FLOW_CONSENT')
  expect(after.edges.map(({ from, to }) => `${from} ${to}`)).toContain(`${next}.out send.in`)
})

test('a person put in front of a message sees what would be sent', () => {
  const file = drawn(
    [
      on,
      {
        id: 'send',
        type: 'notify.customer',
        config: { ...asks, prompt: undefined, customer: 'c', channel: 'sms', text: '{{ event.data.text }}' },
      },
    ],
    [['on.out', 'send']],
  )
  const { next, after, codes } = pressed(JSON.parse(JSON.stringify(file)) as FlowDefinition, 'SLU_FLOW_INJECTION', 'insert-review')
  expect(codes).not.toContain('SLU_FLOW_INJECTION')
  expect(after.nodes.find(({ id }) => id === next)?.config).toMatchObject({ show: '{% {"text": (event.data.text)} %}' })
})

test('a step that leads nowhere can end there, and one that nobody hears can tell somebody', () => {
  const choosing = drawn([on, { id: 'b', type: 'core.branch', config: { when: true } }], [['on.out', 'b']])
  expect(pressed(choosing, 'SLU_FLOW_LEADS_NOWHERE', 'end-here').codes).not.toContain('SLU_FLOW_LEADS_NOWHERE')
  const asking = drawn(
    [on, { id: 't', type: 'approvals.task', config: { title: 'x', assignee: 'role:legal', due: 'P1D' } }],
    [['on.out', 't']],
  )
  const { after, codes } = pressed(asking, 'SLU_FLOW_NOBODY_TOLD', 'add-alert')
  expect(codes).not.toContain('SLU_FLOW_NOBODY_TOLD')
  expect(after.edges.at(-1)?.from).toBe('t.expired')
})

test('a race in front of which lines meet becomes the join that goes on with the first and ends the rest', () => {
  const file = drawn(
    [
      on,
      { id: 'paid', type: 'core.wait-event', config: { type: 'paid', key: '{% "k" %}', match: 'event.subject' } },
      { id: 'late', type: 'core.wait', config: { for: 'PT1H' } },
      { id: 'race', type: 'core.race', config: {} },
      { id: 'end', type: 'core.stop', config: {} },
    ],
    [
      ['on.out', 'paid'],
      ['on.out', 'late'],
      ['paid.out', 'race'],
      ['late.out', 'race'],
      ['race.out', 'end'],
    ],
  )
  const { after, codes, next } = pressed(file, 'SLU_FLOW_RACE_MEETS', 'join-first')
  expect(codes).toEqual([])
  expect(next).toBe('race')
  expect(after.nodes[3]).toMatchObject({ id: 'race', type: 'core.join', config: { mode: 'first', cancelRest: true } })
})

test('a loop without an exit gets a question on the wire that closes it, whose other way leads out', () => {
  const step = (id: string): Step => ({ id, type: 'core.transform', config: { value: 1 } })
  const file = drawn(
    [on, step('a'), step('b')],
    [
      ['on.out', 'a'],
      ['a.out', 'b'],
      ['b.out', 'a'],
    ],
  )
  const { next, after, codes } = pressed(file, 'SLU_FLOW_LOOP_ENDLESS', 'add-exit')
  expect(codes).not.toContain('SLU_FLOW_LOOP_ENDLESS')
  expect(after.nodes.find(({ id }) => id === next)?.type).toBe('core.branch')
  expect(after.edges).toContainEqual({ from: 'b.out', to: `${next}.in` })
  expect(after.edges).toContainEqual({ from: `${next}.true`, to: 'a.in' })
})

import { flow } from '@sluice/engine/testing'
import { actUnder, type NodeOutcome, type OutsideHost } from '@sluice/sdk/server'
import { afterEach, expect, test } from 'vitest'
import { world } from '../../consent/server/testing/world.ts'
import { aiServer } from './index.ts'
import { strategies } from './tables.ts'

type World = ReturnType<typeof world>
afterEach(() => aiServer.start?.({ dataFolder: '', model: null }))

const planning = flow('planning')
  .node('start', 'core.event', { type: 'lead.stalled' })
  .node('plan', 'ai.strategy', { signal: 'price_objection', prompt: 'plan' })
  .node('no', 'core.stop', { output: 'denied' })
  .wire('start', 'plan')
  .wire('plan.denied', 'no')
  .build()

function start(grants = ['recommendation/quote_push'], drawn = planning): World {
  const it = world()
  it.publish(drawn)
  it.customer('c-1', grants, { model: 'Aurora L', budget: 300_000, income: 450_000, mobile: '13800138000' })
  return it
}
const run = (it: World) => it.event({ type: 'lead.stalled', subject: 'c-1', data: null }).runs[0]?.run ?? ''

/** A door with a model behind it that says these things, one after the other. */
function modelSays(it: World, ...answers: readonly (string | Error)[]) {
  const asked: string[] = []
  const host: OutsideHost = {
    records: it.records,
    runCode: () => Promise.reject(new Error('no code here')),
    secret: () => null,
    model: () => ({ url: 'http://model.test/v1', key: 'k', name: 'test-model' }),
    signal: { aborted: false },
    now: () => 0,
    async fetch(_permit, _url, { body }) {
      const answer = answers[asked.length]
      asked.push(body ?? '')
      if (answer === undefined || answer instanceof Error) throw answer ?? new Error('asked too often')
      return { status: 200, headers: {}, text: JSON.stringify({ choices: [{ message: { content: answer } }] }) }
    },
  }
  return { host, asked }
}

async function answerWith(it: World, host: OutsideHost): Promise<NodeOutcome> {
  const [row] = it.sent.splice(0)
  if (row === undefined) throw new Error('nothing was ordered')
  const handler = aiServer.outside?.[row.handler]
  const act = handler === undefined ? null : actUnder(handler, row.permit)
  if (act === null) throw new Error(`no handler ${row.handler}`)
  const { id, run, node, request, idempotencyKey, permit } = row
  const outcome = await act({ id, run, node, attempt: 1, request, idempotencyKey, permit }, host)
  it.engine.execute([{ kind: 'effect.result', id: row.id, outcome }])
  return outcome
}

const words = { en: 'Call and recap the value.', 'zh-CN': '致电并回顾价值。' }
const good = JSON.stringify({
  situation: words,
  goal: words,
  actions: [{ type: 'call', channel: 'call', scene: 'quote_push', within: 'P1D', text: words, factRefs: ['model'] }],
})

test('without a model the rules answer at once, say so, and nothing leaves', () => {
  const it = start()
  const id = run(it)
  expect(it.run(id)?.status).toBe('succeeded')
  expect(it.sent).toEqual([])
  expect(it.records.list(strategies)).toMatchObject([{ state: 'live', origin: 'rules', draft: { origin: { kind: 'rules' } } }])
})

test('with a model it is asked behind the fence, told only what may leave, and its answer is kept as its own', async () => {
  aiServer.start?.({ dataFolder: '', model: 'test-model' })
  const it = start(['recommendation/quote_push', 'recommendation/finance_plan'])
  const id = run(it)
  expect(it.sent).toMatchObject([{ use: { subject: 'c-1', purpose: 'recommendation', scene: 'quote_push', effectKind: 'ai_prompt' } }])
  const { host, asked } = modelSays(it, good)
  await answerWith(it, host)
  expect(it.run(id)?.status).toBe('succeeded')
  expect(it.records.list(strategies)).toMatchObject([{ origin: 'test-model', facts: ['model'] }])
  expect(asked[0]).toContain('Aurora L')
  expect(asked.join()).not.toMatch(/13800138000|450000|李雷/)
})

test('an answer that does not fit is asked for once more; then, or when the model hangs, the rules answer and say why', async () => {
  for (const [answers, origin] of [
    [['I think…', good], 'test-model'],
    [['I think…', '{}'], 'rules'],
    [[new Error('timeout')], 'rules'],
  ] as const) {
    aiServer.start?.({ dataFolder: '', model: 'test-model' })
    const it = start()
    const id = run(it)
    const { host, asked } = modelSays(it, ...answers)
    await answerWith(it, host)
    expect(asked).toHaveLength(answers.length)
    expect(it.run(id)?.status).toBe('succeeded')
    expect(it.records.list(strategies)[0]?.origin).toBe(origin)
  }
})

test('what leaves the step is the strategy that was stored, not what the model said', async () => {
  aiServer.start?.({ dataFolder: '', model: 'test-model' })
  const it = start()
  const id = run(it)
  await answerWith(it, modelSays(it, good).host)
  const [kept] = it.records.list(strategies)
  expect(it.run(id)?.outputs.plan).toMatchObject({ id: kept?.id, state: 'live', originLabel: 'test-model', goal: words, facts: ['model'] })
})

/** A second line of the same run lives from another grant, so that the withdrawal does not stop the whole run. */
const thinking = (type: string, config: Record<string, unknown>) =>
  flow('thinking')
    .node('start', 'core.event', { type: 'lead.stalled' })
    .node('plan', type, config)
    .node('no', 'core.stop', { output: 'denied' })
    .node('check', 'consent.check', { purpose: 'recommendation', scene: 'aftersales_care' })
    .node('later', 'core.wait', { for: 'P1D' })
    .wire('start', 'plan', 'check')
    .wire('plan.denied', 'no')
    .wire('check.granted', 'later')
    .build()
const twoScenes = ['recommendation/quote_push', 'recommendation/aftersales_care']

test('withdrawn while the model thought: the answer is destroyed, the line leaves by denied and nothing is kept', async () => {
  aiServer.start?.({ dataFolder: '', model: 'test-model' })
  const it = start(twoScenes, thinking('ai.strategy', { signal: 'price_objection', prompt: 'plan' }))
  const id = run(it)
  it.command('consent.withdraw', { customer: 'c-1', scenes: ['quote_push'], channel: 'app', receivedAt: it.now() })
  expect(it.run(id)?.endedAt).toBeNull()
  const before = it.records.count(strategies)
  await answerWith(it, modelSays(it, good).host)
  expect(it.run(id)).toMatchObject({ status: 'succeeded', output: 'denied', outputs: { plan: { reason: 'withdrawn' } } })
  expect(it.records.count(strategies)).toBe(before)
  expect(JSON.stringify([it.records.list(strategies), it.run(id), it.store.journal.read(id)])).not.toContain('recap the value')
})

test('an answer to a free question is destroyed too when its grant ended meanwhile', async () => {
  aiServer.start?.({ dataFolder: '', model: 'test-model' })
  const it = start(twoScenes, thinking('ai.generate', { prompt: 'Say hello', purpose: 'recommendation', scene: 'quote_push' }))
  const id = run(it)
  it.command('consent.withdraw', { customer: 'c-1', scenes: ['quote_push'], channel: 'app', receivedAt: it.now() })
  await answerWith(it, modelSays(it, JSON.stringify({ text: 'recap the value' })).host)
  expect(it.run(id)).toMatchObject({ status: 'succeeded', output: 'denied' })
  expect(JSON.stringify([it.run(id), it.store.journal.read(id)])).not.toContain('recap the value')
})

test('a customer who granted no scene gets no plan: the line leaves by denied', () => {
  const it = start([])
  const id = run(it)
  expect(it.run(id)).toMatchObject({ status: 'succeeded', output: 'denied' })
  expect(it.records.count(strategies)).toBe(0)
})

test('a new strategy retires the former; both are in the history', () => {
  const it = start()
  run(it)
  run(it)
  expect(it.records.list(strategies, { orderBy: [['id', 'asc']] }).map((row) => row.state)).toEqual(['superseded', 'live'])
})

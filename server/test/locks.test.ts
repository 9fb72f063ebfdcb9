import { beforeAll, describe, expect, test } from 'vitest'
import { pattern } from '../../flows/patterns/test/play.ts'
import { cloudEvent, publish, startServer, type TestServer } from './helpers/start.ts'

let server: TestServer
beforeAll(async () => {
  server = await startServer()
  await publish(server, pattern('39-critical-section'))
})

async function send(type: string, subject: string): Promise<string> {
  const answer = await server.ask('POST', '/api/v1/events', cloudEvent({ type, subject }), {
    'content-type': 'application/cloudevents+json',
  })
  expect(answer.statusCode).toBe(202)
  return answer.json().runs[0]?.run ?? ''
}

const waits = async (run: string): Promise<readonly string[]> => {
  const { waits: all } = (await server.ask('GET', `/api/v1/runs/${run}`)).json() as { waits: { node: string; kind: string }[] }
  return all.map(({ node, kind }) => `${node} ${kind}`).sort()
}

describe('a critical section over HTTP', () => {
  test('two orders of one customer take turns, and a run says that it waits for a lock', async () => {
    const first = await send('order.placed', 'c-1')
    const second = await send('order.placed', 'c-1')
    expect(await waits(first)).toEqual(['a event', 'lock-2 lock'])
    expect(await waits(second)).toEqual(['lock-1 lock', 'lock-2 lock'])
    expect((await server.ask('POST', `/api/v1/runs/${first}/cancel`, { reason: 'test' })).statusCode).toBe(200)
    expect(await waits(second)).toEqual(['a event', 'lock-2 lock'])
  })

  test('the journal says when the lock was taken and given back', async () => {
    const run = await send('order.placed', 'c-2')
    await send('a.done', 'c-2')
    await send('b.done', 'c-2')
    const { items } = (await server.ask('GET', `/api/v1/runs/${run}/journal`)).json() as { items: { kind: string; node?: string }[] }
    const locks = items.filter(({ kind }) => kind.startsWith('lock.')).map(({ kind, node }) => `${kind} ${node}`)
    expect(locks).toEqual(['lock.taken lock-1', 'lock.left free-1', 'lock.freed lock-1', 'lock.taken lock-2'])
  })

  test('a flow that would wait at a join with a lock in its hand is not published', async () => {
    const flow = pattern('40-interleaved-routing')
    const edges = flow.edges.map((edge) => (edge.from === 'a.out' ? { from: 'a.out', to: 'meet.in' } : edge))
    const answer = await server.ask('POST', '/api/v1/flows/wcp-40-interleaved-routing/validate', { ...flow, edges })
    expect(JSON.stringify(answer.json())).toContain('SLU_FLOW_LOCK_OPEN_AT_JOIN')
  })
})

describe('limits of a flow over HTTP', () => {
  const limited = (key: string, settings: object) => ({
    format: 'sluice/flow@1',
    key,
    name: { en: 'Limited', 'zh-CN': '限流' },
    nodes: [
      { id: 'start', type: 'core.event', config: { type: `${key}.asked` } },
      { id: 'wait', type: 'core.wait-event', config: { type: `${key}.done`, key: '{% event.id %}', match: 'event.data.of' } },
    ],
    edges: [{ from: 'start.out', to: 'wait.in' }],
    settings,
  })
  const ask = async (key: string, subject = 's') => {
    const answer = await server.ask('POST', '/api/v1/events', cloudEvent({ type: `${key}.asked`, subject }), {
      'content-type': 'application/cloudevents+json',
    })
    return (answer.json() as { runs: { run: string }[] }).runs.map(({ run }) => run)
  }

  test('a start that has to wait is answered with its run, which says what it waits for', async () => {
    await publish(server, limited('line', { concurrency: { key: '{% event.subject %}', limit: 1, whenFull: 'queue' } }))
    const [first = ''] = await ask('line')
    const [second = ''] = await ask('line')
    expect([await waits(first), await waits(second)]).toEqual([['wait event'], ['start lock']])
    await server.ask('POST', `/api/v1/runs/${first}/cancel`, { reason: 'test' })
    expect(await waits(second)).toEqual(['wait event'])
  })

  test('one that is dropped is answered with no run, and one that is replaced ends', async () => {
    await publish(server, limited('drop', { concurrency: { limit: 1, whenFull: 'drop' } }))
    await publish(server, limited('newest', { concurrency: { limit: 1, whenFull: 'replace' } }))
    expect([(await ask('drop')).length, (await ask('drop')).length]).toEqual([1, 0])
    const [older = ''] = await ask('newest')
    const [newer = ''] = await ask('newest')
    expect((await server.ask('GET', `/api/v1/runs/${older}`)).json()).toMatchObject({ state: 'cancelled' })
    expect(await waits(newer)).toEqual(['wait event'])
  })

  test('quiet time and rate make a start wait for a time', async () => {
    await publish(server, limited('quiet', { debounce: { key: '{% event.subject %}', for: 'PT1H' } }))
    await publish(server, limited('rate', { rate: { limit: 1, per: 'PT1H' } }))
    const [older = ''] = await ask('quiet')
    const [newer = ''] = await ask('quiet')
    expect((await server.ask('GET', `/api/v1/runs/${older}`)).json()).toMatchObject({ state: 'cancelled' })
    expect(await waits(newer)).toEqual(['start timer'])
    await ask('rate')
    const [late = ''] = await ask('rate')
    expect(await waits(late)).toEqual(['start timer'])
  })
})

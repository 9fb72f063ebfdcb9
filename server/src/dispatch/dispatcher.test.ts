import type { EngineRequest, NodeOutcome } from '@sluice/engine/worker'
import { problem } from '@sluice/sdk/server'
import { expect, test } from 'vitest'
import { type BegunRow, dispatcher, type OutsideHandler } from './dispatcher.ts'

const done: NodeOutcome = { kind: 'output', port: 'out', data: null }
const use = { subject: 'c-1', purpose: 'recommendation', scene: 'quote_push', session: null, effectKind: 'message' }

function row(fields: Partial<BegunRow> = {}): BegunRow {
  const place = { id: 'o-1', run: 'r-1', token: 't1', node: 'send', attempt: 1 }
  const state = { state: 'begun', notBefore: 0, begunAt: 0, refusedPort: null, onResult: null, fence: 3 } as const
  return { ...place, ...state, handler: 'test', request: {}, use, idempotencyKey: 'k', ...fields }
}

function setup(handler: OutsideHandler, options: { fence?: () => number; fetch?: () => Promise<never> } = {}) {
  const answers: EngineRequest[] = []
  let heard: (() => void) | null = null
  const made = dispatcher({
    handlers: new Map([['test', handler]]),
    world: {
      records: {} as never,
      fetch: options.fetch ?? (async () => ({ status: 200, headers: {}, text: '' })),
      secret: () => null,
      model: null,
      runCode: async () => ({ ok: true, output: null }),
      now: () => 0,
    },
    fence: { read: options.fence ?? (() => 3) },
    answer: (request) => {
      answers.push(request)
      heard?.()
    },
    evaluate: async () => done,
  })
  const count = async (n: number) => {
    while (answers.length < n) await new Promise<void>((settle) => (heard = settle))
    return answers
  }
  return { dispatcher: made, count }
}

test('an act whose fence stands is done and its result comes back', async () => {
  const { dispatcher: it, count } = setup(async () => done)
  it.take([row()])
  expect(await count(1)).toEqual([{ kind: 'effect.result', id: 'o-1', outcome: done }])
})

test('an act whose fence moved is not done but asked again', async () => {
  let acted = false
  const { dispatcher: it, count } = setup(
    async () => {
      acted = true
      return done
    },
    { fence: () => 4 },
  )
  it.take([row()])
  expect(await count(1)).toEqual([{ kind: 'effect.recheck', id: 'o-1' }])
  expect(acted).toBe(false)
})

test('a fence that moves while the act prepares itself still keeps the request in', async () => {
  let fence = 3
  const handler: OutsideHandler = async (_act, host) => {
    fence = 4
    // A handler that hides the refusal changes nothing: nothing has left.
    await host.fetch('https://example.com', { method: 'POST' }).catch(() => null)
    return done
  }
  const { dispatcher: it, count } = setup(handler, { fence: () => fence })
  it.take([row()])
  expect(await count(1)).toEqual([{ kind: 'effect.recheck', id: 'o-1' }])
})

test('a handler that throws or is missing gives a failure without the text of its error', async () => {
  const { dispatcher: it, count } = setup(async () => {
    throw new Error('mobile 13800138000')
  })
  it.take([row(), row({ id: 'o-2', handler: 'unknown' })])
  const answers = await count(2)
  expect(JSON.stringify(answers)).not.toContain('13800138000')
  expect(answers).toContainEqual(
    expect.objectContaining({ outcome: expect.objectContaining({ error: expect.objectContaining({ code: 'SLU_HANDLER_UNKNOWN' }) }) }),
  )
})

test('a refusal with a code keeps it; only refusals are final', async () => {
  const throwing =
    (status: number): OutsideHandler =>
    async () => {
      throw problem('SLU_TEST', status, 'no')
    }
  const error = async (status: number) => {
    const { dispatcher: it, count } = setup(throwing(status))
    it.take([row()])
    return (await count(1))[0]
  }
  expect(await error(403)).toMatchObject({ outcome: { error: { code: 'SLU_TEST', terminal: true } } })
  expect(await error(502)).toMatchObject({ outcome: { error: { code: 'SLU_TEST', terminal: false } } })
})

test('no more than sixty-four act at once, and all are done', async () => {
  let now = 0
  let most = 0
  const { dispatcher: it, count } = setup(async () => {
    now += 1
    most = Math.max(most, now)
    await new Promise((settle) => setTimeout(settle, 1))
    now -= 1
    return done
  })
  it.take(Array.from({ length: 300 }, (_, n) => row({ id: `o-${n}` })))
  expect((await count(300)).length).toBe(300)
  expect(most).toBe(64)
})

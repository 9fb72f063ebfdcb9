import { issuePermit } from '@sluice/engine/testing'
import type { BegunRow, EffectPermit, EngineRequest, NodeOutcome, Use } from '@sluice/engine/worker'
import { type OutsideAct, type OutsideHandler, type OutsideHost, problem } from '@sluice/sdk/server'
import { expect, test } from 'vitest'
import { dispatcher } from './dispatcher.ts'
import { lineLimits } from './lines.ts'
import { permitLimits } from './permit.ts'

const done: NodeOutcome = { kind: 'output', port: 'out', data: null }
const use: Use = { subject: 'c-1', purpose: 'recommendation', scene: 'quote_push', session: null, effectKind: 'message' }

let permits = 0

function row(fields: Partial<BegunRow> = {}): BegunRow {
  const place = { id: 'o-1', run: 'r-1', token: 't1', node: 'send', attempt: 1 }
  const state = { state: 'begun', notBefore: 0, begunAt: 0, refusedPort: null, onResult: null, fence: 3 } as const
  const made = { ...place, ...state, handler: 'test', request: {}, use, idempotencyKey: 'k', ...fields }
  return { permit: issuePermit(`p-${++permits}`, made, 0), ...made }
}

type Act = (order: OutsideAct, host: OutsideHost) => Promise<NodeOutcome>
interface Options {
  readonly fence?: () => number
  readonly now?: () => number
  readonly holds?: (permit: EffectPermit) => boolean
  readonly handler?: OutsideHandler
}

function setup(act: Act, options: Options = {}) {
  const left: string[] = []
  const answers: EngineRequest[] = []
  let heard: (() => void) | null = null
  const made = dispatcher({
    handlers: new Map([['test', options.handler ?? { touches: 'either', effectKind: 'message', act }]]),
    world: {
      records: {} as never,
      fetch: async (url) => {
        left.push(url)
        return { status: 200, headers: {}, text: '' }
      },
      secret: () => 'secret',
      model: { url: 'http://model.test', key: '', name: 'm' },
      runCode: async () => ({ ok: true, output: null }),
      holds: options.holds ?? (() => true),
      now: options.now ?? (() => 0),
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
  return { dispatcher: made, count, left }
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
  const handler: Act = async ({ permit }, host) => {
    fence = 4
    // A handler that hides the refusal changes nothing: nothing has left.
    await host.fetch(permit, 'https://example.com', { method: 'POST' }).catch(() => null)
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
    (status: number): Act =>
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

test('no more than its share act at one host at once, and all are done', async () => {
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
  expect(most).toBe(lineLimits.actsPerPlaceMax)
})

test('a host that hangs holds up nobody else, and what waits for it is put back', async () => {
  const { dispatcher: it, count } = setup(({ request }) =>
    String(request.url).includes('dead') ? new Promise(() => undefined) : Promise.resolve(done),
  )
  it.take(Array.from({ length: 900 }, (_, n) => row({ id: `dead-${n}`, request: { url: 'http://dead.test/' } })))
  it.take([row({ id: 'live', request: { url: 'http://live.test/' } })])
  expect(await count(1)).toEqual([{ kind: 'effect.result', id: 'live', outcome: done }])
  const kept = lineLimits.actsPerPlaceMax + lineLimits.linedUpPerPlaceMax
  const back = (await count(1 + 900 - kept)).slice(1)
  expect(back.every(({ kind }) => kind === 'effect.put-back')).toBe(true)
  expect([it.acting, it.waiting]).toEqual([lineLimits.actsPerPlaceMax, lineLimits.linedUpPerPlaceMax])
  it.close()
})

const send = (permit: EffectPermit, host: OutsideHost) => host.fetch(permit, 'https://example.com', { method: 'POST' })
const refusedWith = (code: string) => ({ outcome: { kind: 'failure', error: { code, terminal: true } } })

/** What a handler may try that types would not let it: each is refused although the handler hides it, and nothing leaves. */
test.each<[string, string, (permit: EffectPermit) => unknown]>([
  ['none at all', 'SLU_PERMIT_FOREIGN', () => undefined],
  ['a plain string', 'SLU_PERMIT_FOREIGN', () => 'p-1'],
  ['one it made up', 'SLU_PERMIT_FOREIGN', (permit) => ({ ...permit, id: 'p-forged' })],
  ['one of another order', 'SLU_PERMIT_FOREIGN', () => issuePermit('p-other', row({ id: 'o-other' }), 0)],
  ['its own, for another person', 'SLU_PERMIT_SCOPE', (permit) => ({ ...permit, use: { ...use, subject: 'c-2' } })],
  ['its own, for another purpose', 'SLU_PERMIT_SCOPE', (permit) => ({ ...permit, use: { ...use, purpose: 'risk_modelling' } })],
  ['its own, for another scene', 'SLU_PERMIT_SCOPE', (permit) => ({ ...permit, use: { ...use, scene: 'test_drive' } })],
  ['its own, for another kind of effect', 'SLU_PERMIT_SCOPE', (permit) => ({ ...permit, use: { ...use, effectKind: 'export' } })],
  ['its own, for another handler', 'SLU_PERMIT_SCOPE', (permit) => ({ ...permit, handler: 'other' })],
  ['its own, as if it touched nobody', 'SLU_PERMIT_SCOPE', (permit) => ({ ...permit, touches: 'nobody', use: null })],
])('a handler that passes %s is refused, and nothing leaves', async (_what, code, forge) => {
  const ways = [
    (permit: EffectPermit, host: OutsideHost) => send(permit, host),
    async (permit: EffectPermit, host: OutsideHost) => host.secret(permit, 'crm'),
    async (permit: EffectPermit, host: OutsideHost) => host.model(permit as never),
  ]
  for (const way of ways) {
    const got: unknown[] = []
    const {
      dispatcher: it,
      count,
      left,
    } = setup(async ({ permit }, host) => {
      got.push(await way(forge(permit) as EffectPermit, host).catch(() => null))
      return done
    })
    it.take([row()])
    expect(await count(1)).toMatchObject([refusedWith(code)])
    expect({ got, left }).toEqual({ got: [null], left: [] })
  }
})

test('a permit ends with the result of its order: what a handler still tries afterwards stays in', async () => {
  let late: Promise<unknown> | null = null
  let open: () => void = () => {}
  const answered = new Promise<void>((settle) => {
    open = settle
  })
  const {
    dispatcher: it,
    count,
    left,
  } = setup(async ({ permit }, host) => {
    late = answered.then(() => send(permit, host)).catch((error: { code: string }) => error.code)
    return done
  })
  it.take([row()])
  await count(1)
  open()
  expect(await late).toBe('SLU_PERMIT_CLOSED')
  expect(left).toEqual([])
})

test('a permit that the ledger does not hold open is refused at the door', async () => {
  const { dispatcher: it, count, left } = setup(({ permit }, host) => send(permit, host).then(() => done), { holds: () => false })
  it.take([row()])
  expect(await count(1)).toMatchObject([refusedWith('SLU_PERMIT_CLOSED')])
  expect(left).toEqual([])
})

test('a permit that ran out during a long act opens nothing more', async () => {
  let now = 0
  const {
    dispatcher: it,
    count,
    left,
  } = setup(
    async ({ permit }, host) => {
      await send(permit, host)
      now = permitLimits.lifeMsMax + 1
      await send(permit, host)
      return done
    },
    { now: () => now },
  )
  it.take([row()])
  expect(await count(1)).toMatchObject([refusedWith('SLU_PERMIT_EXPIRED')])
  expect(left).toHaveLength(1)
})

test('an order that waited too long asks for a new permit, and then goes before those that came later', async () => {
  const began: string[] = []
  const { dispatcher: it, count } = setup(
    async ({ id, permit }) => {
      began.push(`${id} ${permit.id}`)
      return done
    },
    { now: () => permitLimits.dispatchMsMax + 1 },
  )
  const old = row()
  it.take([old])
  expect(await count(1)).toEqual([{ kind: 'effect.recheck', id: 'o-1' }])
  const fresh = (id: string) => ({ ...row({ id }), permit: issuePermit(`new-${id}`, row({ id }), permitLimits.dispatchMsMax) })
  it.take([...Array.from({ length: 64 }, (_, n) => fresh(`b-${n}`)), fresh('later'), fresh('o-1')])
  await count(67)
  expect(began.indexOf('o-1 new-o-1')).toBeLessThan(began.indexOf('later new-later'))
})

test.each<[string, OutsideHandler, Use | null]>([
  ['declared to touch nobody, for a handler of people’s data', { touches: 'person', effectKind: 'message', act: async () => done }, null],
  ['about a person, for a handler that touches nobody', { touches: 'nobody', act: async () => done }, use],
  ['for a message, at a handler that asks models', { touches: 'person', effectKind: 'ai_prompt', act: async () => done }, use],
])('an order %s never reaches it', async (_what, handler, touched) => {
  const { dispatcher: it, count } = setup(async () => done, { handler })
  it.take([row({ use: touched })])
  expect(await count(1)).toMatchObject([refusedWith('SLU_PERMIT_SCOPE')])
})

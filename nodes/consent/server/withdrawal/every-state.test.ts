import { engineLimits } from '@sluice/engine/worker'
import { flow } from '@sluice/sdk/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectModel } from '../../../ai/server/model.ts'
import { tasks } from '../../../approvals/index.ts'
import { senderServer } from '../testing/sender.ts'
import { world } from '../testing/world.ts'

type World = ReturnType<typeof world>
type Drawing = ReturnType<typeof flow>
const hour = 3_600_000
const operator = { kind: 'user', id: 'u-op' } as const
const director = { id: 'u-boss', name: 'Boss', roles: ['director'], rep: null, kind: 'user' }

/** What the withdrawal is about. The test drive stays allowed in some of the cases, so that the run itself goes on. */
const quote = { purpose: 'recommendation', scene: 'quote_push' }
const drive = { purpose: 'recommendation', scene: 'test_drive' }
const send = { customer: '{% event.subject %}', channel: 'email', text: 'New offers', ...quote }

/** Starts, reads the customer for the test drive, and goes on at `first`. */
const drawn = (key: string, first: string): Drawing =>
  flow(key).node('start', 'core.event', { type: 'go' }).node('look', 'crm.get-customer', drive).wire('start', 'look').wire('look', first)
const go = (it: World) => it.event({ type: 'go', subject: 'c-1', data: { items: [1, 2, 3] } }).runs[0]?.run ?? ''
const answerTask = (it: World) => {
  for (const task of it.records.list(tasks, { where: { state: 'open' } }))
    it.command('tasks.answer', { task: task.id, action: 'done', data: {}, shownHash: task.shownHash, by: director })
}
/** All that had left is answered with a failure that may pass. */
const failAll = (it: World) => {
  for (const row of it.sent.splice(0))
    it.engine.execute([
      { kind: 'effect.result', id: row.id, outcome: { kind: 'failure', error: { code: 'X_DOWN', message: 'down', terminal: false } } },
    ])
}

interface Case {
  /** Publishes and brings the run where it is to stand. */
  readonly reach: (it: World) => string
  /** What happens later and would lead it to the message. */
  readonly push?: (it: World, run: string) => void
}

const cases: { readonly [state: string]: Case } = {
  'waiting on a timer': {
    reach(it) {
      it.publish(
        drawn('f', 'wait').node('wait', 'core.wait', { for: 'PT1H' }).node('say', 'notify.customer', send).wire('wait', 'say').build(),
      )
      return go(it)
    },
  },
  'queued for later': {
    reach(it) {
      const later = new Date(it.now() + hour).toISOString()
      it.publish(
        drawn('f', 'say')
          .node('say', 'notify.customer', { ...send, sendAt: later })
          .build(),
      )
      return go(it)
    },
  },
  'waiting for room among a thousand acts': {
    reach(it) {
      for (let n = 0; n < engineLimits.effectsInFlightMax; n++) it.command('sender.send', { use: null, key: `m-${n}` })
      it.publish(drawn('f', 'say').node('say', 'notify.customer', send).build())
      return go(it)
    },
    push: (it) => it.answerAll(),
  },
  'in retry back-off': {
    reach(it) {
      it.publish(
        drawn('f', 'say')
          .node('say', 'notify.customer', send, { retry: { attempts: 5, delayMs: hour, maxDelayMs: hour } })
          .build(),
      )
      const run = go(it)
      failAll(it)
      return run
    },
  },
  'waiting for an event': {
    reach(it) {
      const wait = { type: 'paid', key: '{% event.subject %}', match: 'event.subject' }
      it.publish(drawn('f', 'wait').node('wait', 'core.wait-event', wait).node('say', 'notify.customer', send).wire('wait', 'say').build())
      return go(it)
    },
    push: (it) => void it.event({ type: 'paid', subject: 'c-1', data: null }),
  },
  'at a person’s task': {
    reach(it) {
      const ask = { title: 'Send?', assignee: 'role:director', actions: ['done'] }
      it.publish(drawn('f', 'ask').node('ask', 'approvals.task', ask).node('say', 'notify.customer', send).wire('ask.done', 'say').build())
      return go(it)
    },
    push: answerTask,
  },
  'in a model call': {
    reach(it) {
      const ask = { prompt: 'Write', ...drive }
      it.publish(drawn('f', 'ask').node('ask', 'ai.generate', ask).node('say', 'notify.customer', send).wire('ask', 'say').build())
      return go(it)
    },
    push: (it) => it.answerAll({ text: 'Hello' }),
  },
  'in a called flow that is waited for': { reach: (it) => called(it, true) },
  'in a called flow that goes its own way': { reach: (it) => called(it, false) },
  'between two items of a for-each': {
    reach(it) {
      it.publish(
        drawn('f', 'each')
          .node('each', 'core.for-each', { items: '{% event.data.items %}', group: 'one', concurrency: 1 })
          .node('wait', 'core.wait', { for: 'PT1H' })
          .node('say', 'notify.customer', send)
          .wire('wait', 'say')
          .group('one', ['wait', 'say'])
          .build(),
      )
      const run = go(it)
      it.advance(hour)
      it.answerAll()
      return run
    },
  },
  'in a race': {
    reach(it) {
      const wait = { type: 'paid', key: '{% event.subject %}', match: 'event.subject' }
      it.publish(
        drawn('f', 'race')
          .node('race', 'core.race')
          .node('wait', 'core.wait-event', wait)
          .node('time', 'core.wait', { for: 'PT1H' })
          .node('say', 'notify.customer', send)
          .wire('race', 'wait', 'time')
          .wire('wait', 'say')
          .wire('time', 'say')
          .build(),
      )
      return go(it)
    },
  },
  'queued for a lock': {
    reach(it) {
      it.publish(
        drawn('f', 'lock')
          .node('lock', 'core.lock', { key: '{% "one" %}' })
          .node('wait', 'core.wait', { for: 'PT1H' })
          .node('say', 'notify.customer', send)
          .node('free', 'core.unlock')
          .wire('lock', 'wait')
          .wire('wait', 'free', 'say')
          .build(),
      )
      it.customer('c-2', ['recommendation/test_drive'])
      it.event({ type: 'go', subject: 'c-2', data: null })
      return go(it)
    },
  },
  'put off by debounce': { reach: (it) => gated(it, { debounce: { for: 'PT1H' } }) },
  'put off by a rate': { reach: (it) => gated(it, { rate: { limit: 1, per: 'PT1H' } }) },
  'queued behind another run of the flow': { reach: (it) => gated(it, { concurrency: { limit: 1 } }) },
  'held while its flow is paused': {
    reach(it) {
      it.publish(drawn('f', 'say').node('say', 'notify.customer', send).build())
      it.command('engine.flow.pause', { flow: 'f', mode: 'hold', reason: 'x' }, operator)
      return go(it)
    },
    push: (it) => void it.command('engine.flow.resume', { flow: 'f' }, operator),
  },
  'in an incident before the message': {
    reach(it) {
      it.publish(
        drawn('f', 'call').node('call', 'core.call', { flow: 'nowhere' }).node('say', 'notify.customer', send).wire('call', 'say').build(),
      )
      return go(it)
    },
    push(it, run) {
      const token = Object.keys(it.run(run)?.tokens ?? {})[0]
      it.command('engine.run.skip', { run, token, port: 'out', data: null, reason: 'known' }, operator)
    },
  },
  'in an incident of the message itself': {
    reach(it) {
      it.publish(drawn('f', 'say').node('say', 'notify.customer', send).build())
      const run = go(it)
      failAll(it)
      return run
    },
    push: (it, run) => void it.command('engine.run.retry', { run }, operator),
  },
  'ended and taken up again': {
    reach(it) {
      it.publish(drawn('f', 'say').node('say', 'notify.customer', send).build())
      const run = go(it)
      it.answerAll()
      return run
    },
    push(it, run) {
      const { shown } = it.command<{ shown: string }>('engine.run.preview-rerun', { run, node: 'say' }, operator)
      it.command('engine.run.rerun', { run, node: 'say', shown, repeat: ['say'] }, operator)
    },
  },
  'moved to a version that writes': {
    reach(it) {
      it.publish(drawn('f', 'wait').node('wait', 'core.wait', { for: 'PT1H' }).build())
      const run = go(it)
      it.publish(
        drawn('f', 'wait').node('wait', 'core.wait', { for: 'PT1H' }).node('say', 'notify.customer', send).wire('wait', 'say').build(),
        2,
      )
      return run
    },
    push(it, run) {
      const { shown } = it.command<{ shown: string }>('engine.run.preview-move', { run, version: 2 }, operator)
      it.command('engine.run.move', { run, version: 2, shown, reason: 'x' }, operator)
    },
  },
  'undoing what it did by a message': {
    reach(it) {
      it.publish(
        drawn('f', 'book')
          .node('book', 'core.transform', { value: '{% 1 %}' })
          .node('wait', 'core.wait', { for: 'P1D' })
          .node('sorry', 'notify.customer', send)
          .wire('book', 'wait')
          .wire('book.undo', 'sorry')
          .build(),
      )
      return go(it)
    },
    push: (it, run) => void it.command('engine.run.cancel', { run, reason: 'x', compensate: true }, operator),
  },
}

function called(it: World, wait: boolean): string {
  it.publish(
    flow('child')
      .node('start', 'core.manual')
      .node('wait', 'core.wait', { for: 'PT1H' })
      .node('say', 'notify.customer', { ...send, customer: '{% event.subject %}' })
      .wire('start', 'wait')
      .wire('wait', 'say')
      .build(),
  )
  it.publish(drawn('f', 'call').node('call', 'core.call', { flow: 'child', wait }).build())
  return go(it)
}

/** Two of another customer go first where only one may. */
function gated(it: World, settings: object): string {
  it.publish(
    drawn('f', 'say')
      .node('say', 'notify.customer', send)
      .node('wait', 'core.wait', { for: 'PT1H' })
      .wire('say', 'wait')
      .settings(settings)
      .build(),
  )
  it.customer('c-2', ['recommendation/quote_push', 'recommendation/test_drive'])
  if (!('debounce' in settings)) it.event({ type: 'go', subject: 'c-2', data: null })
  it.answerAll()
  return go(it)
}

const withdrawals = {
  'all of it': { all: true },
  'this use alone, so that the run goes on': { cells: [quote] },
} as const

beforeEach(() => connectModel('model.example'))
afterEach(() => connectModel(null))

/** Acts on the customer that begin from here on, besides those that have left already. */
function begunLater(it: World, { push }: Case, run: string, before: ReadonlySet<string>): readonly string[] {
  const seen: string[] = []
  const look = () => {
    for (const row of it.sent) if (!before.has(row.id) && row.use?.subject === 'c-1' && row.use.scene === quote.scene) seen.push(row.id)
  }
  try {
    push?.(it, run)
  } catch {
    // The withdrawal has ended the run: nothing can be done with it.
  }
  look()
  for (let n = 0; n < 4; n++) {
    it.advance(hour)
    look()
    it.answerAll()
  }
  return seen
}

describe.each(Object.entries(cases))('a message of a run %s', (_state, one) => {
  const started = () => {
    const it = world([senderServer])
    it.customer('c-1', ['recommendation/quote_push', 'recommendation/test_drive'])
    return { it, run: one.reach(it) }
  }

  test('leaves while the grant stands', () => {
    const { it, run } = started()
    expect(begunLater(it, one, run, new Set())).not.toEqual([])
  })

  for (const [what, scope] of Object.entries(withdrawals))
    for (const dead of [false, true])
      test(`never leaves after a withdrawal of ${what}${dead ? ', with the engine dead for 30 s' : ''}`, () => {
        const { it, run } = started()
        const left = new Set(dead ? [] : it.sent.map(({ id }) => id))
        const withdrawal = { customer: 'c-1', channel: 'app', receivedAt: it.now(), ...scope }
        it.engine.execute([{ kind: 'command', name: 'consent.withdraw', payload: withdrawal, actor: operator }])
        if (dead) {
          it.restart()
          it.sleep(30_000)
        }
        expect(begunLater(it, one, run, left)).toEqual([])
      })
})

import { flow } from '@sluice/engine/testing'
import { expect, test } from 'vitest'
import { alerts } from '../../../notify/index.ts'
import { permits, withdrawals } from '../tables.ts'
import { message, senderServer } from '../testing/sender.ts'
import { T0, world } from '../testing/world.ts'
import { stepsOf } from './steps.ts'

type World = ReturnType<typeof world>
const withdraw = (it: World) =>
  it.command<{ withdrawal: string }>('consent.withdraw', { customer: 'c-1', all: true, channel: 'app', receivedAt: it.now() }).withdrawal
const get = (it: World, id: string) => it.records.find(withdrawals, { id })

/** A drawn flow that promises the alert and the strategy but never gets there. */
const stuck = flow('stuck')
  .node('start', 'consent.changed', { change: 'withdrawn' })
  .node('wait', 'core.wait', { for: 'P1D' })
  .node('alert', 'notify.rep', { text: 'x' })
  .node('plan', 'ai.strategy', {})
  .wire('start', 'wait')
  .wire('wait', 'alert')
  .wire('alert', 'plan')
  .build()

function story(): World {
  const it = world([senderServer])
  it.publish(stuck)
  it.customer('c-1', ['recommendation/quote_push'])
  return it
}

test('killed after the fence’s commit and started again at 20 s: the rest is done, from the same t0, once', () => {
  const it = story()
  const id = withdraw(it)
  it.advance(120)
  it.restart()
  it.advance(20_000)
  expect(get(it, id)).toMatchObject({ state: 'propagating', receivedAt: T0 })
  it.restart()
  it.advance(20_000)
  expect(get(it, id)).toMatchObject({ state: 'completed', receivedAt: T0, completedAt: T0 + 30_000 })
  expect(it.records.count(alerts)).toBe(1)
  expect(stepsOf(it.records, id).every((step) => step.state === 'done')).toBe(true)
})

test('killed between the fence and what answers to it: the fence holds meanwhile, and the rest follows at the restart, once', () => {
  const it = world([senderServer])
  it.customer('c-1', ['recommendation/quote_push'])
  const payload = { customer: 'c-1', all: true, channel: 'app', receivedAt: T0 }
  const [reply] = it.engine.execute([{ kind: 'command', name: 'consent.withdraw', payload, actor: { kind: 'system', id: 'test' } }])
  const { withdrawal: id } = (reply?.ok === true ? reply.result : {}) as { readonly withdrawal: string }
  expect(get(it, id)).toMatchObject({ state: 'fenced', runs: [] })
  expect(stepsOf(it.records, id).flatMap(({ name, state }) => (state === 'done' ? [name] : []))).toEqual([
    'fence',
    'stop_runs',
    'crm_freeze',
    'marketing_stop',
  ])
  it.restart()
  it.command('sender.send', { use: message('c-1'), key: 'late' })
  expect(it.sent).toEqual([])
  it.advance(1_000)
  expect(get(it, id)).toMatchObject({ state: 'completed' })
  expect(it.records.count(alerts)).toBe(1)
})

test('an act that had begun before a crash is asked again after it, and does not leave', () => {
  const it = story()
  it.command('sender.send', { use: message('c-1'), key: 'm-1' })
  const id = withdraw(it)
  it.restart()
  expect(it.sent).toEqual([])
  // It does not leave again; whether it had left before the crash nobody can say, so the receipt goes on naming it.
  expect(it.records.list(permits)).toMatchObject([{ state: 'escaped' }])
  it.advance(30_000)
  expect(get(it, id)).toMatchObject({ state: 'completed', escaped: [{ channel: 'email' }], stopped: { messages: 0 } })
})

test('down for two minutes: at the restart the breach is written, the clean-up done, and the breach stays', () => {
  const it = story()
  const id = withdraw(it)
  it.restart()
  it.sleep(120_000)
  expect(get(it, id)).toMatchObject({ state: 'completed_late', receivedAt: T0, completedAt: T0 + 120_000 })
})

test('what cannot be done escalates to the consent manager at 30, 60, 80 and 90 s, and is tried until it is done', () => {
  const it = story()
  let broken = true
  it.breakCommand('ai.regenerate', () => broken)
  const id = withdraw(it)
  it.advance(89_999)
  expect(get(it, id)?.state).toBe('propagating')
  it.advance(1)
  expect(get(it, id)).toMatchObject({ state: 'partial', receipt: null })
  const calls = it.records.list(alerts, { where: { to: 'role:consent_manager' } })
  expect(calls.map((alert) => alert.title.slice(0, 26))).toEqual([
    'Withdrawal open after 30 s',
    'Withdrawal open after 60 s',
    'Withdrawal open after 80 s',
    'Withdrawal open after 90 s',
  ])
  expect(it.store.audited.map((entry) => entry.kind)).toContain('consent.withdrawal-breached')
  broken = false
  it.advance(60_000)
  expect(get(it, id)).toMatchObject({ state: 'completed_late', receipt: expect.any(String) })
})

test('one queued message, two waiting runs and their timers end with the withdrawal; the numbers are on it', () => {
  const it = world([senderServer])
  it.publish(
    flow('waiting')
      .node('start', 'core.event', { type: 'x' })
      .node('ask', 'consent.check', { purpose: 'recommendation', scene: 'quote_push' })
      .node('read', 'crm.get-customer', { purpose: 'recommendation', scene: 'quote_push' })
      .node('wait', 'core.wait', { for: 'P1D' })
      .wire('start', 'ask')
      .wire('ask.granted', 'read')
      .wire('read', 'wait')
      .build(),
  )
  it.customer('c-1', ['recommendation/quote_push'])
  const runs = [1, 2].map(() => it.event({ type: 'x', subject: 'c-1', data: null }).runs[0]?.run ?? '')
  it.command('sender.send', { use: message('c-1'), key: 'm-1', notBefore: T0 + 60_000 })
  const id = withdraw(it)
  expect(runs.map((run) => it.run(run)?.status)).toEqual(['cancelled', 'cancelled'])
  expect(get(it, id)).toMatchObject({ state: 'completed', stopped: { runs: 2, timers: 2, messages: 1, tasks: 0 } })
  it.advance(120_000)
  expect(it.sent).toEqual([])
})

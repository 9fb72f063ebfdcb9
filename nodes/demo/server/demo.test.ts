import { expect, test } from 'vitest'
import { templates } from '../../../flows/templates/index.ts'
import { tasks } from '../../approvals/index.ts'
import { consents, permits, subjects, withdrawals } from '../../consent/server/index.ts'
import { world } from '../../consent/server/testing/world.ts'
import { customers, reps } from '../../crm/server/index.ts'
import { alerts, messages } from '../../notify/index.ts'
import { demoServer } from './index.ts'

function loaded() {
  const it = world([
    demoServer,
    {
      id: 'platform',
      tables: [],
      commands: {
        'demo.load': (context) => demoServer.demo?.load(context, { language: 'en' }),
        'people.find': () => ['u-director'],
        'demo.unload': (context) => demoServer.demo?.unload(context),
      },
    },
  ])
  for (const flow of templates) it.publish(flow)
  it.command('crm.create-customer', { id: 'own', name: 'Our own', owner: 'own-rep', fields: { mobile: '1' } })
  it.command('demo.load', null)
  it.answerAll({ delivery: 'recorded' })
  it.advance(60_000)
  it.answerAll({ delivery: 'recorded' })
  return it
}

test('every screen has something true to show', () => {
  const it = loaded()
  expect(it.records.count(customers)).toBe(13)
  expect(it.records.count(reps)).toBe(6)
  const statuses = new Set(it.statuses().map((line) => line.split(' ')[1]))
  expect(statuses).toEqual(new Set(['succeeded', 'waiting', 'cancelled', 'incident', 'failed']))
  expect(it.records.count(tasks, { state: 'open' })).toBeGreaterThanOrEqual(4)
  expect(it.records.count(alerts, { state: 'open' })).toBeGreaterThanOrEqual(8)
  expect(it.records.count(messages)).toBeGreaterThanOrEqual(8)
  expect(it.records.list(withdrawals).map((row) => `${row.customer} ${row.kind} ${row.state}`)).toEqual([
    'd-1003 purpose completed',
    'd-1006 session completed',
    'd-1010 category completed',
  ])
  expect(it.records.list(withdrawals)[0]).toMatchObject({
    stopped: { runs: 1, tasks: 2 },
    stoppedRuns: [{ tasks: 2 }],
    receipt: expect.stringContaining('.'),
  })
})

test('a rep and their manager are asked something, so that there is a task for each of them', () => {
  const open = loaded().records.list(tasks, { where: { kind: 'question', state: 'open' } })
  expect(open.map(({ assignee, subject }) => `${assignee} ${subject}`).sort()).toEqual([
    'rep:d-r-1 d-1001',
    'rep:d-r-3 d-1009',
    'rep:d-r-5 d-1001',
  ])
})

test('whoever tries a flow on its latest event sees it work', () => {
  const latest = new Map(
    loaded()
      .statuses()
      .map((line) => line.split(' ') as [string, string]),
  )
  expect(latest.size).toBeGreaterThan(3)
  expect([...latest].filter(([, state]) => state === 'failed' || state === 'incident')).toEqual([])
})

test('one click removes it and touches nothing else', () => {
  const it = loaded()
  const [own] = it.event({ type: 'complaint.received', subject: 'own', data: {} }).runs
  it.command('demo.unload', null)
  it.advance(100 * 86_400_000)
  expect(it.records.list(customers).map((row) => row.id)).toEqual(['own'])
  expect(it.records.list(reps).map((row) => row.id)).toEqual(['own-rep'])
  for (const table of [consents, subjects, withdrawals, permits, messages, tasks])
    expect(it.records.count(table as typeof consents)).toBe(0)
  expect(it.records.list(alerts).filter((row) => row.customer !== null)).toEqual([])
  expect(it.store.runIds()).toEqual([own?.run])
  expect(it.store.journal.read(own?.run ?? '')).not.toEqual([])
})

test('loading twice is refused by the first clash and leaves the first one whole', () => {
  const it = loaded()
  expect(() => it.command('demo.load', null)).toThrow(expect.objectContaining({ code: 'SLU_RECORD_EXISTS' }))
  expect(it.records.count(customers)).toBe(13)
})

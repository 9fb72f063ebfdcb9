import type { FlowDefinition } from '@sluice/flows'
import { expect, test } from 'vitest'
import type { JournalItem } from '../app/api/shapes.ts'
import { forkOf } from './fork.ts'

const startAt = Date.parse('2026-03-02T09:00:00Z')
const entry = (kind: string, after: number, more: object): JournalItem =>
  ({ seq: 1, at: new Date(startAt + after).toISOString(), kind, ...more }) as never
const file = {
  key: 'f',
  nodes: [
    { id: 'on', type: 'core.event' },
    { id: 'pure', type: 'core.transform' },
    { id: 'send', type: 'core.http-request', config: { purpose: 'recommendation', scene: 'quote_push' } },
    { id: 'ask', type: 'approvals.task' },
  ],
} as unknown as FlowDefinition
const journal = [
  entry('run.started', 0, { node: 'on', event: { type: 'asked', subject: 'c-1', data: { n: 1 } }, data: { n: 1 } }),
  entry('node.completed', 1, { node: 'pure', port: 'out', data: 1, token: 'a' }),
  entry('node.completed', 2, { node: 'send', port: 'out', data: 'first', token: 'b' }),
  entry('node.completed', 3, { node: 'send', port: 'out', data: 'second', token: 'c' }),
  entry('node.waiting', 10, { node: 'ask', token: 'd', wait: { kind: 'task' } }),
  entry('signal.received', 15, { node: 'on', event: { type: 'more', subject: 'c-1', data: 2 } }),
  entry('task.answered', 30, { node: 'ask', token: 'd', action: 'approve' }),
  entry('node.completed', 30, { node: 'ask', token: 'd', port: 'approve', data: { note: 'ok' } }),
]
const hasEffect = (type: string) => type === 'core.http-request' || type.startsWith('approvals.')

test('what had an effect is said to have given what it gave, the edited output last, and then each step is itself', () => {
  const fork = forkOf(journal, file, { count: 4, node: 'send', port: 'error', data: 'edited' }, hasEffect)
  expect(fork?.standIns).toEqual({ send: [{ port: 'out', data: 'first' }, { port: 'error', data: 'edited' }, { real: true }] })
  expect(fork).toMatchObject({ startAt, until: 3, begin: { kind: 'event', subject: 'c-1', data: { n: 1 } }, answers: [], later: [] })
  expect(fork?.consents).toEqual([{ purpose: 'recommendation', scene: 'quote_push' }])
})

test('people answer as they did and took as long, and what came meanwhile comes again', () => {
  const fork = forkOf(journal, file, { count: 8, node: 'pure', port: 'out', data: 7 }, hasEffect)
  expect(fork?.answers).toEqual([{ node: 'ask', action: 'approve', data: { note: 'ok' }, after: 20 }])
  expect(fork?.later).toEqual([{ type: 'more', subject: 'c-1', data: 2, after: 15 }])
  expect(fork?.standIns.pure).toEqual([{ port: 'out', data: 7 }, { real: true }])
})

test('editing the trigger edits the event, and a task whose output is edited asks nobody', () => {
  expect(forkOf(journal, file, { count: 1, node: 'on', port: 'out', data: { n: 5 } }, hasEffect)?.begin).toMatchObject({ data: { n: 5 } })
  const fork = forkOf(journal, file, { count: 8, node: 'ask', port: 'reject', data: {} }, hasEffect)
  expect(fork?.answers).toEqual([])
  expect(fork?.standIns.ask).toEqual([{ port: 'reject', data: {} }, { real: true }])
  expect(forkOf([], file, { count: 0, node: 'on', port: 'out', data: null }, hasEffect)).toBeNull()
})

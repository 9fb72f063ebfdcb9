import { expect, test } from 'vitest'
import type { JournalItem } from '../app/api/shapes.ts'
import { type FullEntry, foldAll } from './picture.ts'
import { createRunStore } from './run-store.ts'
import { inputOf, timeline } from './timeline.ts'

const wires: Readonly<Record<string, readonly string[]>> = { 'start.out': ['mask'], 'mask.out': ['alert', 'plan'], 'alert.out': ['end'] }
const follow = (node: string, port: string) => wires[`${node}.${port}`] ?? []

let seq = 0
const entry = (kind: string, extra: Partial<FullEntry> = {}): JournalItem => ({
  seq: ++seq,
  at: new Date(1_700_000_000_000 + seq * 1_000).toISOString(),
  kind,
  ...extra,
})

function journal(): JournalItem[] {
  seq = 0
  return [
    entry('run.started', { node: 'start', data: { customer: 'c-1' } }),
    entry('node.completed', { node: 'mask', port: 'out', data: { mobile: '•••' } }),
    entry('node.waiting', { node: 'alert', wait: { kind: 'task', dueAt: 1_700_000_060_000 } }),
    entry('node.failed', { node: 'plan', error: { code: 'SLU_MODEL_TIMEOUT', message: 'slow' } }),
    entry('node.retry-scheduled', { node: 'plan', dueAt: 1_700_000_005_000 }),
    entry('node.completed', { node: 'plan', port: 'out', data: 1 }),
    entry('task.answered', { node: 'alert', action: 'approve' }),
    entry('node.completed', { node: 'alert', port: 'out', data: 2 }),
    entry('node.completed', { node: 'end', port: 'out', data: 3 }),
    entry('run.succeeded', { output: 3 }),
  ]
}

const states = (count: number) => Object.fromEntries([...timeline(journal(), follow).at(count).steps].map(([id, step]) => [id, step.state]))

test('each moment of a run shows who is running, waiting, failed or done', () => {
  expect(states(1)).toEqual({ start: 'done', mask: 'running' })
  expect(states(2)).toEqual({ start: 'done', mask: 'done', alert: 'running', plan: 'running' })
  expect(states(3)).toMatchObject({ alert: 'waiting-person', plan: 'running' })
  expect(states(4)).toMatchObject({ plan: 'failed' })
  expect(states(5)).toMatchObject({ plan: 'retrying' })
  expect(states(7)).toMatchObject({ alert: 'running', plan: 'done' })
  expect(states(10)).toEqual({ start: 'done', mask: 'done', alert: 'done', plan: 'done', end: 'done' })
})

test('what passed a port, and what went into a step, is the data of the journal', () => {
  const picture = foldAll(journal(), follow)
  expect(picture.passages.get('mask.out')).toMatchObject({ count: 1, data: { mobile: '•••' } })
  expect(inputOf(picture, [{ node: 'start', port: 'out' }])).toEqual([{ from: 'start.out', data: { customer: 'c-1' } }])
  expect(picture.status).toBe('succeeded')
})

test('a seek lands on the same picture as folding from the beginning, across checkpoints', () => {
  seq = 0
  const long = Array.from({ length: 450 }, (_, index) =>
    entry('node.completed', { node: index % 2 === 0 ? 'mask' : 'alert', port: 'out', data: index }),
  )
  const line = timeline(long, follow)
  for (const count of [0, 1, 199, 200, 201, 399, 400, 450, 999]) {
    expect(line.at(count)).toEqual(foldAll(long.slice(0, count), follow))
  }
})

test('cancelling a run stops what was still open and nothing else', () => {
  const entries = [...journal().slice(0, 3), { seq: 4, at: '2023-11-14T22:14:00.000Z', kind: 'run.cancelled' }]
  const picture = foldAll(entries, follow)
  expect(picture.steps.get('alert')?.state).toBe('cancelled')
  expect(picture.steps.get('mask')?.state).toBe('done')
})

test('a refusal by consent and a veto are told apart from a failure', () => {
  seq = 0
  const picture = foldAll(
    [
      entry('node.failed', { node: 'send', error: { code: 'SLU_CONSENT_MISSING', message: '' } }),
      entry('node.completed', { node: 'check', port: 'denied', data: null }),
      entry('node.completed', { node: 'veto', port: 'vetoed', data: null }),
    ],
    follow,
  )
  expect([...picture.steps.values()].map((step) => step.state)).toEqual(['blocked', 'blocked', 'vetoed'])
})

test('the newest run is followed while none is; entries that come twice count once', () => {
  const store = createRunStore(follow)
  const entries = journal()
  store.take([{ run: 'r1', version: 1, status: 'running', entries: entries.slice(0, 2) }])
  store.take([{ run: 'r1', version: 1, status: 'waiting', entries: entries.slice(1, 3) }])
  expect(store.getState().followed).toBe('r1')
  expect(store.getState().picture?.steps.get('alert')?.state).toBe('waiting-person')
  store.take([{ run: 'r2', version: 1, status: 'running', entries: entries.slice(0, 1) }])
  expect(store.getState().followed).toBe('r1')
  store.follow('r2')
  expect(store.getState().picture?.steps.get('mask')?.state).toBe('running')
})

test('a picture that is drawn on as entries come is the picture of all of them, and an earlier one stays as it was', () => {
  const store = createRunStore(follow)
  const entries = journal()
  const message = (from: number, to?: number) => [{ run: 'r1', version: 1, status: 'running' as const, entries: entries.slice(from, to) }]
  store.take(message(0, 2))
  const early = store.getState().picture
  const said = structuredClone(early)
  // The fourth before the third: what comes late belongs in between.
  store.take(message(3, 4))
  store.take(message(2, 3))
  store.take(message(4))
  expect(store.getState().picture).toEqual({ ...foldAll(entries, follow), status: 'running' })
  expect(early).toEqual(said)
})

test('a step that was undone says so, and its undo line is seen at work meanwhile', () => {
  const entries = [
    entry('run.started', { node: 'start', next: [{ node: 'book' }] }),
    entry('node.completed', { node: 'book', port: 'out', data: null, next: [{ node: 'last' }] }),
    entry('node.failed', { node: 'last' }),
    entry('undo.started', {}),
    entry('undo.step-started', { node: 'book', next: [{ node: 'unbook' }] }),
  ]
  const undoing = foldAll(entries, follow)
  expect(undoing.status).toBe('running')
  expect(undoing.steps.get('unbook')?.state).toBe('running')
  const done = foldAll(
    [...entries, entry('node.completed', { node: 'unbook', port: 'out', data: null, next: [] }), entry('undo.step-done', { node: 'book' })],
    follow,
  )
  expect([...done.steps].map(([id, { state }]) => `${id} ${state}`)).toEqual(['start done', 'book undone', 'last failed', 'unbook done'])
})

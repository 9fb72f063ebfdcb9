import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FlowEvent, JournalEntry } from '@sluice/engine/core'
import { expect, test } from 'vitest'
import { packEntries, unpackEntries } from './packed-entries.ts'

const released = fileURLToPath(new URL('../../../../../engine/test/journals/0.1', import.meta.url))

interface Row {
  readonly seq: number
  readonly entries: readonly JournalEntry[]
}

function releasedRows(): readonly Row[] {
  return readdirSync(released).flatMap((file) => (JSON.parse(readFileSync(join(released, file), 'utf8')) as { readonly rows: Row[] }).rows)
}

const place = { run: 'r1', at: 5 }

/** What two entries say is compared: a step that hands its input on holds the very same value. */
function returned(entries: readonly JournalEntry[], where = place): readonly JournalEntry[] {
  return unpackEntries(where, packEntries(where, entries))
}

test('every row of the released journals comes back as it was, also when its time is not that of its entries', () => {
  const rows = releasedRows()
  expect(rows.length).toBeGreaterThan(50)
  for (const { entries } of rows) {
    const [first] = entries
    const run = first?.kind === 'run.started' ? first.run : 'another'
    for (const at of [first?.at ?? 0, 1]) {
      expect(returned(entries, { run, at })).toEqual(entries)
      expect(unpackEntries({ run, at }, JSON.stringify(entries))).toEqual(entries)
    }
  }
})

const data = { customer: '王伟', note: 'x'.repeat(200) }
const event: FlowEvent = { id: 'e1', source: '/shop', type: 'order', subject: 'c-1', time: '2026-01-01T00:00:00Z', data }
const common = { version: 1, at: 5 } as const
const step = { ...common, kind: 'node.completed', port: 'out', why: null, scope: null } as const
const started: JournalEntry = {
  ...common,
  kind: 'run.started',
  run: 'r1',
  flow: 'orders',
  flowVersion: 2,
  digest: 'sha256:0',
  node: 'start',
  event,
  data,
  next: [{ id: 't1', node: 'large', port: 'in', edge: 0 }],
  scope: null,
  parent: null,
  limit: null,
}

test('data that a step hands on as it came is written once, and what every kind of step says comes back', () => {
  const other = { size: 'large' }
  const entries: readonly JournalEntry[] = [
    started,
    {
      ...step,
      node: 'large',
      token: 't1',
      data,
      why: { condition: true },
      next: [{ id: 't2', node: 'a', port: 'in', edge: 1, limit: null }],
    },
    {
      ...step,
      node: 'a',
      token: 't2',
      data: other,
      scope: 's1',
      next: [
        { id: 't3', node: 'b', port: 'in', edge: 2, limit: { timerId: 'm1', dueAt: 9 } },
        { id: 't4', node: 'c', port: 'in', edge: 3 },
        { id: 't5', node: 'large', port: 'in', edge: 4, round: 2 },
      ],
    },
    { ...step, node: 'b', token: 't3', data: 0, next: [], undoable: true },
    { ...step, at: 4, node: 'b', token: 't3', data: 0, next: [] },
    { ...step, node: 'b', token: 't3', data: other, next: [], authors: ['u-1'] },
    { ...step, node: 'c', token: 't4', data: null, next: [] },
    { ...common, kind: 'run.succeeded', output: null },
  ]
  expect(returned(entries)).toEqual(entries)
  expect(packEntries(place, entries).split('王伟')).toHaveLength(2)
})

test('a run of its own name and data, a null beside a null and an output of its own are not taken for repeated ones', () => {
  const own: JournalEntry = { ...started, run: 'r2', data: { customer: 'another' } }
  for (const first of [own, { ...own, event: null, data: null }, { ...started, event: { ...event, data: null }, data: null }]) {
    const entries: readonly JournalEntry[] = [
      first,
      { ...step, node: 'a', token: 't1', data: null, next: [] },
      { ...common, kind: 'run.succeeded', output: { done: true } },
    ]
    expect(returned(entries)).toEqual(entries)
  }
  const alone: readonly JournalEntry[] = [{ ...common, kind: 'run.succeeded', output: null }]
  expect(returned(alone)).toEqual(alone)
})

test('names with marks of their own, and text that is no proper Unicode, come back', () => {
  const odd = 'a"\\\n王 \u2028'
  const entries: readonly JournalEntry[] = [
    { ...started, event: { ...event, id: odd, data: { [odd]: ['\ud800', odd] } }, data: { [odd]: odd } },
    { ...step, node: odd, token: odd, port: odd, data: { [odd]: '\udc00' }, next: [{ id: odd, node: odd, port: odd, edge: 1 }] },
  ]
  expect(returned(entries)).toEqual(entries)
})

test('data of one event after another is never mixed up, however alike', () => {
  const row = (text: string): readonly JournalEntry[] => [
    { ...started, event: { ...event, data: { text } }, data: { text } },
    { ...step, node: 'a', token: 't1', data: { text }, next: [] },
  ]
  for (const text of ['one', 'two', 'one']) expect(returned(row(text))).toEqual(row(text))
})

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { CompiledFlow, EntryKind, JournalEntry } from '../src/core/index.ts'
import { digestRun, foldJournal, type JournalSlice } from '../src/replay.ts'
import { playScenario } from '../src/testing/index.ts'
import { operatedRuns } from './operated-runs.ts'

/** One run as a release recorded it. Files are written once and never again: a digest that changes is a broken promise. */
interface Golden {
  readonly flow: CompiledFlow
  readonly rows: readonly JournalSlice[]
  /** Of the state after each row. */
  readonly digests: readonly string[]
}

const folder = join(dirname(fileURLToPath(import.meta.url)), 'journals')

/** Every kind of entry a 0.1 journal can hold. */
const kindsOf01: readonly EntryKind[] = [
  'run.started',
  'node.completed',
  'node.waiting',
  'node.failed',
  'node.retry-scheduled',
  'node.retried',
  'join.arrived',
  'join.passed',
  'join.ignored',
  'token.cancelled',
  'timer.fired',
  'signal.received',
  'task.answered',
  'incident.raised',
  'run.succeeded',
  'run.failed',
  'run.cancelled',
]

/** Every kind there is: the compiler asks for each, and the last release's journals have to hold it. */
const everyKind: { readonly [Kind in EntryKind]: true } = {
  'run.started': true,
  'node.completed': true,
  'node.waiting': true,
  'node.failed': true,
  'node.retry-scheduled': true,
  'node.retried': true,
  'join.arrived': true,
  'join.passed': true,
  'join.ignored': true,
  'race.won': true,
  'each.started': true,
  'each.item-started': true,
  'each.item-failed': true,
  'each.reviewing': true,
  'each.reviewed': true,
  'region.entered': true,
  'region.left': true,
  'region.ended': true,
  'run.queued': true,
  'lock.taken': true,
  'lock.left': true,
  'lock.freed': true,
  'token.cancelled': true,
  'timer.fired': true,
  'signal.received': true,
  'task.answered': true,
  'task.noted': true,
  'incident.raised': true,
  'node.skipped': true,
  'run.forked': true,
  'run.moved': true,
  'undo.started': true,
  'undo.step-started': true,
  'undo.step-done': true,
  'undo.ended': true,
  'run.succeeded': true,
  'run.failed': true,
  'run.cancelled': true,
}

/** A new release records its own once: `SLUICE_RECORD_JOURNALS=0.2 npx vitest run engine/test/journals.test.ts`. */
const recording = process.env.SLUICE_RECORD_JOURNALS
if (recording !== undefined) record(recording)

for (const release of readdirSync(folder)) {
  for (const file of readdirSync(join(folder, release))) {
    test(`the journal ${file} of release ${release} replays to the states it was recorded with`, () => {
      const { flow, rows, digests } = read(release, file)
      rows.forEach((_row, index) => {
        const state = foldJournal(flow, rows.slice(0, index + 1))
        expect(state && digestRun(state)).toBe(digests[index])
      })
    })
  }
}

test('the journals of release 0.1 hold every kind of entry it knows', () => {
  const found = new Set(readdirSync(join(folder, '0.1')).flatMap((file) => entriesOf(read('0.1', file)).map(({ kind }) => kind)))
  expect([...kindsOf01].filter((kind) => !found.has(kind))).toEqual([])
})

test('every kind of entry stands in a golden journal', () => {
  const files = readdirSync(folder).flatMap((release) => readdirSync(join(folder, release)).map((file) => read(release, file)))
  const found = new Set<string>(files.flatMap((file) => entriesOf(file).map(({ kind }) => kind)))
  expect(Object.keys(everyKind).filter((kind) => !found.has(kind))).toEqual([])
})

test('what people do to a run, and undoing it, is played as it was recorded', () => {
  for (const { flow, rows } of operatedRuns()) {
    const state = foldJournal(flow, rows)
    expect(state?.endedAt, flow.key).not.toBeNull()
  }
})

test('a journal with a hole is refused, and folding may stop at any entry', () => {
  const [file = ''] = readdirSync(join(folder, '0.1'))
  const { flow, rows } = read('0.1', file)
  expect(() => foldJournal(flow, rows.slice(1))).toThrow('SLU_JOURNAL_GAP')
  expect(foldJournal(flow, rows, 1)?.seq).toBe(1)
  expect(foldJournal(flow, rows, 0)).toBeNull()
})

test('an entry of a later release is refused by name instead of being misread', () => {
  const [file = ''] = readdirSync(join(folder, '0.1'))
  const { flow, rows } = read('0.1', file)
  const later = { ...rows[0]?.entries[0], version: 2 } as unknown as JournalEntry
  expect(() => foldJournal(flow, [{ seq: 1, entries: [later] }])).toThrow('SLU_ENTRY_UNKNOWN: no applier for run.started@2')
})

function read(release: string, file: string): Golden {
  return JSON.parse(readFileSync(join(folder, release, file), 'utf8')) as Golden
}

function entriesOf({ rows }: Golden): readonly JournalEntry[] {
  return rows.flatMap(({ entries }) => entries)
}

/** Keeps each run that shows something no earlier one did. */
function record(release: string): void {
  mkdirSync(join(folder, release), { recursive: true })
  const seen = new Set<string>()
  for (let seed = 1; seed <= 40; seed++) {
    const world = playScenario(seed)
    for (const { id, flow: key, version } of world.runs()) {
      const flow = world.store.flows.get(key, version)
      const rows = world.store.journal.read(id).map(({ seq, entries }) => ({ seq, entries }))
      const shows = rows.flatMap(({ entries }) => entries.map(({ kind }) => `${key} ${kind}`))
      if (flow === null || shows.every((one) => seen.has(one))) continue
      for (const one of shows) seen.add(one)
      keep(release, `${key}-${seed}-${id}`, flow, rows)
    }
  }
  for (const { name, flow, rows } of operatedRuns()) keep(release, name, flow, rows)
}

function keep(release: string, name: string, flow: CompiledFlow, rows: readonly JournalSlice[]): void {
  const digests = rows.map((_row, index) => digestRun(foldJournal(flow, rows.slice(0, index + 1)) ?? raise()))
  const path = join(folder, release, `${name}.json`)
  if (!existsSync(path)) writeFileSync(path, `${JSON.stringify({ flow, rows, digests }, null, 2)}\n`)
}

function raise(): never {
  throw new Error('a run without entries')
}

import { expect, test } from 'vitest'
import { digestRun, type JournalEntry, type RunState } from '../core/index.ts'
import { defineTable, type OutboxRow, type Store, type TableDefinition } from '../worker/index.ts'
import { flow } from './builders/flow.ts'
import { Play } from './play.ts'
import { recordsConformance } from './records.conformance.ts'

export interface StoreUnderTest {
  readonly store: Store
  close(): void
}

interface Mark {
  readonly id: string
}
const marks = defineTable<Mark>({ name: 'conformance_marks', columns: { id: { type: 'text' } }, primaryKey: ['id'] })

/** What every store promises the loop. Each host runs it; equal answers are what makes hosts interchangeable. */
export function storeConformance(
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: tables of different rows share no row type.
  makeStore: (tables: readonly TableDefinition<any>[]) => StoreUnderTest,
): void {
  const check = (says: string, body: (store: Store) => void): void => {
    test(`${name}: ${says}`, () => {
      const { store, close } = makeStore([marks])
      try {
        body(store)
      } finally {
        close()
      }
    })
  }
  transactions(check)
  runs(check)
  forgetting(check)
  journal(check)
  timersAndWaits(check)
  outbox(check)
  inboxAndFlows(check)
  recordsConformance(name, makeStore)
}

type Check = (says: string, body: (store: Store) => void) => void

function transactions(check: Check): void {
  const mark = (store: Store, id: string): void => store.records.insert(marks, { id })
  const all = (store: Store): readonly string[] => store.records.list(marks).map(({ id }) => id)

  check('a savepoint that throws vanishes alone, however deep it lies', (store) => {
    store.transaction(() => {
      mark(store, 'a')
      expect(() =>
        store.savepoint(() => {
          mark(store, 'b')
          store.savepoint(() => mark(store, 'c'))
          expect(() =>
            store.savepoint(() => {
              mark(store, 'd')
              throw new Error('inner')
            }),
          ).toThrow('inner')
          expect(all(store)).toEqual(['a', 'b', 'c'])
          throw new Error('outer')
        }),
      ).toThrow('outer')
      store.savepoint(() => mark(store, 'e'))
    })
    expect(all(store)).toEqual(['a', 'e'])
  })

  check('a part that throws is undone with its transaction, and savepoints in it alone', (store) => {
    const work = () => {
      mark(store, 'a')
      expect(() =>
        store.savepoint(() => {
          mark(store, 'b')
          throw new Error('inner')
        }),
      ).toThrow('inner')
      expect(all(store)).toEqual(['a'])
    }
    expect(() =>
      store.transaction(() =>
        store.part(() => {
          work()
          throw new Error('outer')
        }),
      ),
    ).toThrow('outer')
    expect(all(store)).toEqual([])
    store.transaction(() => store.part(work))
    expect(all(store)).toEqual(['a'])
  })

  check('a transaction that throws vanishes whole, of every part of the store', (store) => {
    const { state } = waitingRun('r1')
    expect(() =>
      store.transaction(() => {
        mark(store, 'a')
        store.runs.save(state, { subject: 's', uses: [], eventId: null })
        store.journal.append({ run: 'r1', seq: 1, at: 1, entries: [ended] })
        store.timers.set({ run: 'r1', id: 'm1', dueAt: 5, command: null, payload: null })
        store.waits.open('r1', 't1', 'reply', 'k')
        store.outbox.insert(row('o1'))
        store.inbox.insert({ source: 's', id: 'e', event: 'x', runs: [] }, event, 1)
        store.flows.put(compiled)
        store.flows.activate(compiled.key, 1)
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(all(store)).toEqual([])
    expect(store.runs.load('r1')).toBeNull()
    expect(store.runs.liveOfSubject('s')).toEqual([])
    expect(store.journal.read('r1')).toEqual([])
    expect(store.timers.nextDueAt()).toBeNull()
    expect(store.waits.keyFrom('reply', '')).toBeNull()
    expect(store.outbox.find('o1')).toBeNull()
    expect(store.inbox.find('s', 'e')).toBeNull()
    expect(store.flows.get(compiled.key, 1)).toBeNull()
    expect(store.flows.active()).toEqual([])
  })

  check('a rolled back change restores what was there before', (store) => {
    const { state } = waitingRun('r1')
    const changed = { ...state, endedAt: 9, status: 'cancelled' } as const
    store.transaction(() => {
      store.runs.save(state, { subject: 's', uses: [], eventId: null })
      store.timers.set({ run: 'r1', id: 'm1', dueAt: 5, command: null, payload: null })
      store.outbox.insert(row('o1'))
    })
    expect(() =>
      store.transaction(() => {
        store.runs.save(changed, { subject: 's', uses: [], eventId: null })
        store.timers.set({ run: 'r1', id: 'm1', dueAt: 50, command: null, payload: null })
        store.timers.clear('r1', 'm1')
        store.outbox.update('o1', { state: 'done' })
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(store.runs.load('r1')?.state.status).toBe('waiting')
    expect(store.runs.liveOfSubject('s')).toHaveLength(1)
    expect(store.timers.nextDueAt()).toBe(5)
    expect(store.outbox.find('o1')?.state).toBe('queued')
  })
}

function runs(check: Check): void {
  check('a waiting run comes back exactly, to the digest, with what it is found by', (store) => {
    const { state } = waitingRun('r1')
    const index = { subject: 'c-1', uses: [{ purpose: 'p', scene: 's' }], eventId: 'e1' }
    store.transaction(() => store.runs.save(state, index))
    const loaded = store.runs.load('r1')
    expect(loaded?.index).toEqual(index)
    expect(loaded && digestRun(loaded.state)).toBe(digestRun(state))
    expect(store.runs.load('nobody')).toBeNull()
    expect(store.runs.liveOfSubject('c-1')).toEqual([{ id: 'r1', flow: 'f', version: 1, status: 'waiting', subject: 'c-1', index }])
  })

  check('an ended run keeps its summary and is no longer live', (store) => {
    const { state } = waitingRun('r1')
    const over: RunState = { ...state, status: 'failed', endedAt: 9, tokens: {}, error: { code: 'X', message: 'no', node: 'a' } }
    store.transaction(() => {
      store.runs.save(state, { subject: 'c-1', uses: [], eventId: null })
      store.runs.save(over, { subject: 'c-1', uses: [], eventId: null })
    })
    expect(store.runs.load('r1')?.state).toMatchObject({ id: 'r1', status: 'failed', endedAt: 9, error: { code: 'X' }, seq: state.seq })
    expect(store.runs.liveOfSubject('c-1')).toEqual([])
  })
}

function forgetting(check: Check): void {
  const over = (id: string, flowKey: string): RunState => ({
    ...waitingRun(id).state,
    flow: flowKey,
    status: 'succeeded',
    endedAt: 9,
    tokens: {},
  })
  const about = (subject: string | null) => ({ subject, uses: [], eventId: null })

  check('forgotten runs take their journals, acts and events along; what lives and what is others’ stays', (store) => {
    store.transaction(() => {
      store.runs.save(over('theirs', 'f'), about('c-1'))
      store.runs.save(over('nobody', 'demo'), about(null))
      store.runs.save(over('other', 'demo'), about('c-2'))
      store.runs.save(over('kept', 'f'), about(null))
      store.runs.save(waitingRun('live').state, about('c-1'))
      for (const run of ['theirs', 'nobody', 'other', 'kept', 'live']) {
        store.journal.append({ run, seq: 1, at: 1, entries: [ended] })
        store.outbox.insert(row(`${run}-act`, { run, state: run === 'live' ? 'begun' : 'done' }))
      }
      store.outbox.insert(
        row('loose', { run: null, state: 'done', use: { subject: 'c-1', purpose: 'p', scene: 's', session: null, effectKind: 'message' } }),
      )
      const take = (id: string, subject: string | null, ...runs: string[]): void =>
        store.inbox.insert(
          { source: 's', id, event: `x${id}`, runs: runs.map((run) => ({ flow: 'f', run })) },
          { ...event, id, subject },
          1,
        )
      take('1', 'c-1', 'theirs')
      take('2', null, 'nobody', 'kept')
      take('3', 'c-1')
      take('4', 'c-1', 'live')
      take('5', null)
    })
    let gone = 0
    store.transaction(() => {
      gone = store.runs.forget({ subjects: ['c-1'], flows: ['demo'] })
    })
    expect(gone).toBe(2)
    const left = (id: string) => [store.runs.load(id) !== null, store.journal.read(id).length > 0, store.outbox.find(`${id}-act`) !== null]
    for (const id of ['theirs', 'nobody']) expect(left(id)).toEqual([false, false, false])
    for (const id of ['other', 'kept', 'live']) expect(left(id)).toEqual([true, true, true])
    expect(store.outbox.find('loose')).toBeNull()
    const events = ['1', '2', '3', '4', '5'].map((id) => store.inbox.find('s', id)?.runs.map(({ run }) => run) ?? null)
    expect(events).toEqual([null, ['kept'], null, ['live'], []])
  })

  check('forgetting can be rolled back', (store) => {
    store.transaction(() => {
      store.runs.save(over('r', 'f'), about('c-1'))
      store.journal.append({ run: 'r', seq: 1, at: 1, entries: [ended] })
    })
    expect(() =>
      store.transaction(() => {
        store.runs.forget({ subjects: ['c-1'], flows: [] })
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(store.runs.load('r')).not.toBeNull()
    expect(store.journal.read('r')).toHaveLength(1)
  })
}

function journal(check: Check): void {
  check('a journal comes back in order; a gap or a repetition is refused', (store) => {
    store.transaction(() => {
      store.journal.append({ run: 'r', seq: 1, at: 1, entries: [ended, ended] })
      store.journal.append({ run: 'other', seq: 1, at: 1, entries: [ended] })
      store.journal.append({ run: 'r', seq: 3, at: 2, entries: [ended] })
    })
    expect(store.journal.read('r')).toEqual([
      { run: 'r', seq: 1, at: 1, entries: [ended, ended] },
      { run: 'r', seq: 3, at: 2, entries: [ended] },
    ])
    expect(store.journal.read('nobody')).toEqual([])
    for (const seq of [3, 5])
      expect(() => store.transaction(() => store.journal.append({ run: 'r', seq, at: 3, entries: [ended] }))).toThrow()
  })
}

function timersAndWaits(check: Check): void {
  check('due timers come earliest first, none before its time; setting one again moves it', (store) => {
    const set = (run: string, id: string, dueAt: number): void => store.timers.set({ run, id, dueAt, command: null, payload: { n: 1 } })
    store.transaction(() => {
      set('r', 'm1', 30)
      set('r', 'm2', 10)
      set('', 'pack', 20)
      set('r', 'm1', 15)
    })
    expect(store.timers.nextDueAt()).toBe(10)
    expect(store.timers.due(9, 10, 0)).toEqual([])
    expect(store.timers.due(20, 10, 0).map(({ id, dueAt }) => [id, dueAt])).toEqual([
      ['m2', 10],
      ['m1', 15],
      ['pack', 20],
    ])
    expect(store.timers.due(20, 1, 0)).toEqual([{ run: 'r', id: 'm2', dueAt: 10, command: null, payload: { n: 1 } }])
    store.transaction(() => store.timers.clear('r', 'm2'))
    store.transaction(() => store.timers.clear('r', 'never set'))
    expect(store.timers.nextDueAt()).toBe(15)
  })

  check('waits are found by type and key until they are closed', (store) => {
    store.transaction(() => {
      store.waits.open('r1', 't1', 'reply', 'k1')
      store.waits.open('r1', 't2', 'reply', 'k2')
      store.waits.open('r2', 't1', 'other', 'k1')
      store.waits.close('r1', 't2')
      store.waits.close('r9', 't9')
    })
    expect(store.waits.matching('reply', 'k1', 9)).toEqual([{ run: 'r1', token: 't1' }])
    expect(store.waits.matching('reply', 'k2', 9)).toEqual([])
    expect(store.waits.matching('nothing', 'k1', 9)).toEqual([])
    store.transaction(() => {
      store.waits.open('r0', 't1', 'reply', 'k1')
      store.waits.open('r3', 't1', 'reply', 'a/1/x/王伟')
      store.waits.open('r3', 't2', 'reply', 'a/1/x0')
    })
    expect(store.waits.matching('reply', 'k1', 9).map(({ run }) => run)).toEqual(['r0', 'r1'])
    expect(store.waits.matching('reply', 'k1', 1)).toEqual([{ run: 'r0', token: 't1' }])
    expect(['', 'a/1/x0', 'a/1/x1', 'k2'].map((from) => store.waits.keyFrom('reply', from))).toEqual(['a/1/x/王伟', 'a/1/x0', 'k1', null])
    expect(store.waits.keyFrom('nothing', '')).toBeNull()
  })
}

function outbox(check: Check): void {
  check('an act comes back as it was ordered and moves from queued over begun to done', (store) => {
    const ordered = row('o1', {
      use: { subject: 'c-1', purpose: 'p', scene: 's', session: null, effectKind: 'message' },
      refusedPort: 'no',
    })
    store.transaction(() => store.outbox.insert(ordered))
    expect(store.outbox.find('o1')).toEqual(ordered)
    expect(store.outbox.find('o2')).toBeNull()
    expect(store.outbox.openOfSubject('c-1')).toEqual([ordered])
    store.transaction(() => store.outbox.update('o1', { state: 'begun', begunAt: 7 }))
    expect(store.outbox.begun()).toEqual([{ ...ordered, state: 'begun', begunAt: 7 }])
    expect(store.outbox.ready(100, 10, 0)).toEqual([])
    store.transaction(() => store.outbox.update('o1', { state: 'done' }))
    expect(store.outbox.find('o1')).toEqual({ ...ordered, state: 'done', begunAt: 7 })
    expect(store.outbox.begun()).toEqual([])
    expect(store.outbox.openOfSubject('c-1')).toEqual([])
  })

  check('queued acts come oldest first, not before their time, by rank, and the oldest of all in any case', (store) => {
    store.transaction(() => {
      store.outbox.insert(row('late', { notBefore: 50, rank: -1 }))
      store.outbox.insert(row('low', { notBefore: 5, rank: 2 }))
      store.outbox.insert(row('second', { notBefore: 20 }))
      store.outbox.insert(row('first', { notBefore: 10 }))
      store.outbox.insert(row('high', { notBefore: 35, rank: 0 }))
      store.outbox.insert(row('withdrawal', { notBefore: 30, rank: -1 }))
    })
    const names = (limit: number, fair: number) => store.outbox.ready(40, limit, fair).map(({ id }) => id)
    expect(names(10, 0)).toEqual(['withdrawal', 'high', 'first', 'second', 'low'])
    expect(names(2, 0)).toEqual(['withdrawal', 'high'])
    expect(names(3, 1)).toEqual(['low', 'withdrawal', 'high'])
    expect(names(1, 1)).toEqual(['low'])
    expect(store.outbox.find('withdrawal')?.rank).toBe(-1)
    expect(store.outbox.find('first')).not.toHaveProperty('rank')
    store.transaction(() => store.outbox.update('withdrawal', { state: 'begun', begunAt: 40 }))
    expect(store.outbox.begun()).toMatchObject([{ id: 'withdrawal', rank: -1 }])
  })

  check('due timers of a withdrawal ring before all others, as far as places are not kept for those who wait longest', (store) => {
    const set = (id: string, dueAt: number, rank?: -1 | 0 | 2): void =>
      store.timers.set({ run: 'r', id, dueAt, command: null, payload: null, ...(rank === undefined ? {} : { rank }) })
    store.transaction(() => {
      set('plain', 1)
      set('low', 2, 2)
      set('high', 3, 0)
      set('fence', 4, -1)
      set('later', 9, -1)
    })
    const names = (limit: number, fair: number) => store.timers.due(5, limit, fair).map(({ id }) => id)
    expect(names(10, 0)).toEqual(['fence', 'high', 'plain', 'low'])
    expect(names(2, 1)).toEqual(['fence', 'plain'])
    expect(names(1, 1)).toEqual(['plain'])
    store.transaction(() => store.timers.clear('r', 'fence'))
    expect(names(1, 0)).toEqual(['high'])
  })

  check('of several attempts of a step the newest is found', (store) => {
    store.transaction(() => {
      store.outbox.insert(row('one', { state: 'cancelled' }))
      store.outbox.insert(row('two', { attempt: 2 }))
    })
    expect(store.outbox.findByToken('r', 't1')?.id).toBe('two')
    expect(store.outbox.findByToken('r', 't9')).toBeNull()
    expect(() => store.transaction(() => store.outbox.insert(row('one')))).toThrow()
  })
}

function inboxAndFlows(check: Check): void {
  check('an event is known by its source and id together, and taken once', (store) => {
    const taken = { source: 's', id: 'e', event: 'x', runs: [{ flow: 'f', run: 'r' }] }
    store.transaction(() => store.inbox.insert(taken, event, 1))
    expect(store.inbox.find('s', 'e')).toEqual(taken)
    expect(store.inbox.find('other', 'e')).toBeNull()
    expect(() => store.transaction(() => store.inbox.insert(taken, event, 2))).toThrow()
  })

  check('events are found again by type, in the order of their intake, from an instant on', (store) => {
    const take = (id: string, type: string, at: number): void =>
      store.inbox.insert({ source: 's', id, event: `x${id}`, runs: [] }, { ...event, id, type }, at)
    store.transaction(() => {
      take('1', 'x', 10)
      take('3', 'x', 20)
      take('2', 'x', 20)
      take('other', 'y', 20)
      take('4', 'x', 30)
    })
    const found = (since: number, limit = 10, offset = 0) => store.inbox.arrived({ type: 'x', since, limit, offset })
    expect(found(20)).toEqual(['3', '2', '4'].map((id) => ({ event: { ...event, id } })))
    expect(found(0, 2, 1).map(({ event: { id } }) => id)).toEqual(['3', '2'])
    expect(found(31)).toEqual([])
  })

  check('an event keeps whose words it may carry', (store) => {
    store.transaction(() => store.inbox.insert({ source: 's', id: 'e', event: 'x', runs: [], authors: ['u-1', 'u-2'] }, event, 1))
    expect(store.inbox.arrived({ type: event.type, since: 0, limit: 10, offset: 0 })).toEqual([{ event, authors: ['u-1', 'u-2'] }])
  })

  check('an event keeps what its sender added', (store) => {
    const added = { ...event, extensions: { partitionkey: 'k', sampledrate: 5, urgent: true } }
    store.transaction(() => {
      store.inbox.insert({ source: 's', id: 'e', event: 'x', runs: [] }, added, 1)
      store.inbox.insert({ source: 's', id: 'f', event: 'y', runs: [], authors: ['u-1'] }, { ...added, id: 'f' }, 2)
    })
    const found = store.inbox.arrived({ type: event.type, since: 0, limit: 10, offset: 0 })
    expect(found).toEqual([{ event: added }, { event: { ...added, id: 'f' }, authors: ['u-1'] }])
  })

  check('a published version never changes; one of a flow is active', (store) => {
    store.transaction(() => {
      store.flows.put(compiled)
      store.flows.put({ ...compiled, version: 2, digest: 'sha256:two' })
      store.flows.put(compiled)
    })
    expect(store.flows.active()).toEqual([])
    expect(store.flows.get('f', 1)).toEqual(compiled)
    expect(store.flows.get('f', 3)).toBeNull()
    expect(() => store.transaction(() => store.flows.put({ ...compiled, digest: 'sha256:other' }))).toThrow('SEALED')
    store.transaction(() => store.flows.activate('f', 1))
    store.transaction(() => store.flows.activate('f', 2))
    expect(store.flows.active().map(({ version }) => version)).toEqual([2])
    expect(() => store.transaction(() => store.flows.activate('f', 9))).toThrow()
    store.transaction(() => store.flows.activate('f', null))
    expect(store.flows.active()).toEqual([])
  })

  check('what was published of a flow vanishes only when it is not active and no run is explained by it', (store) => {
    store.transaction(() => {
      for (const key of ['f', 'g']) store.flows.put({ ...compiled, key })
      store.flows.activate('f', 1)
    })
    expect(store.transaction(() => store.flows.forget('f'))).toBe(false)
    store.transaction(() => store.flows.activate('f', null))
    store.transaction(() => store.runs.save(waitingRun('r').state, { subject: null, uses: [], eventId: null }))
    expect(store.transaction(() => store.flows.forget('f'))).toBe(false)
    expect(store.flows.get('f', 1)).toEqual(compiled)
    expect(store.transaction(() => store.flows.forget('g'))).toBe(true)
    expect(store.flows.get('g', 1)).toBeNull()
    store.transaction(() => store.flows.put({ ...compiled, key: 'g', digest: 'sha256:anew' }))
    expect(store.flows.get('g', 1)?.digest).toBe('sha256:anew')
  })
}

const play = new Play(flow('f').node('start', 'test.event').node('a', 'test.echo').node('b', 'test.act').wire('start', 'a', 'b').build())
const compiled = play.flow
const event = { id: 'e', source: 's', type: 'x', subject: 'c-1', time: '2026-01-01T00:00:00Z', data: { 名: '李雷', n: 1 } }
const ended: JournalEntry = { kind: 'run.succeeded', version: 1, at: 1, output: { text: '完成 🚗' } }

/** A run with a fork, an output and two kinds of waits in it. */
function waitingRun(id: string): { readonly state: RunState } {
  const one = new Play(flow('f').node('start', 'test.event').node('a', 'test.echo').node('b', 'test.echo').wire('start', 'a', 'b').build())
  one.ask({ kind: 'run.start', run: id, trigger: 'start', event, data: event.data, parent: null })
  one.ask({
    kind: 'node.wait',
    token: 't1',
    attempt: 1,
    why: null,
    wait: { kind: 'timer', dueAt: 5_000, port: 'out', data: [1, 'x', null] },
  })
  one.ask({
    kind: 'node.wait',
    token: 't2',
    attempt: 1,
    why: { row: 3 },
    wait: { kind: 'event', type: 'reply', key: 'c-1', timeoutAt: null },
  })
  if (one.run === null) throw new Error('the run did not start')
  return { state: one.run }
}

function row(id: string, patch: Partial<OutboxRow> = {}): OutboxRow {
  return {
    id,
    run: 'r',
    token: 't1',
    node: 'a',
    attempt: 1,
    handler: 'test.act',
    request: { say: ['你好', { deep: true }] },
    use: null,
    refusedPort: null,
    idempotencyKey: `key-${id}`,
    onResult: null,
    state: 'queued',
    notBefore: 0,
    begunAt: null,
    ...patch,
  }
}

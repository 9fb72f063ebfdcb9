import type { CompiledFlow, FlowEvent, RunState } from '../../core/index.ts'
import type { InboxRow, JournalRow, OutboxRow, RunIndex, Store, TimerRow } from '../../worker/index.ts'
import { memoryRecords } from './records.ts'
import { memoryTimers } from './timers.ts'
import { UndoLog } from './undo-log.ts'

export interface AuditEntry {
  readonly at: number
  readonly actor: { readonly kind: string; readonly id: string }
  readonly kind: string
  readonly refs: { readonly [name: string]: string }
  readonly payload: unknown
}

/** What tests may look at beside what the loop sees. */
export interface MemoryStore extends Store {
  readonly audited: readonly AuditEntry[]
  /** All run ids, in the order of their start. */
  runIds(): readonly string[]
  allTimers(): readonly TimerRow[]
  allOutbox(): readonly OutboxRow[]
  allWaits(): readonly { readonly run: string; readonly token: string; readonly type: string; readonly key: string }[]
}

/** The store without a disk: same promises, same refusals, one process long. */
export function memoryStore(): MemoryStore {
  const undo = new UndoLog()
  const runs = new Map<string, { readonly state: RunState; readonly index: RunIndex }>()
  const liveBySubject = new Map<string, Set<string>>()
  const journal = new Map<string, JournalRow[]>()
  const waits = new Map<string, { readonly run: string; readonly token: string; readonly type: string; readonly key: string }>()
  const outbox = new Map<string, OutboxRow>()
  const openRows = new Map<string, true>()
  const inbox = new Map<string, { readonly row: InboxRow; readonly event: FlowEvent; readonly at: number }>()
  const flows = new Map<string, CompiledFlow>()
  const active = new Map<string, number>()
  const audited: AuditEntry[] = []
  const timers = memoryTimers(undo)

  function setLive(subject: string | null, id: string, live: boolean): void {
    if (subject === null) return
    const ids = liveBySubject.get(subject) ?? new Set()
    liveBySubject.set(subject, ids)
    if (ids.has(id) === live) return
    undo.note(() => (live ? ids.delete(id) : ids.add(id)))
    if (live) ids.add(id)
    else ids.delete(id)
  }

  function setRow(row: OutboxRow): void {
    undo.set(outbox, row.id, row)
    if (row.state === 'queued' || row.state === 'begun') undo.set(openRows, row.id, true)
    else undo.delete(openRows, row.id)
  }

  const open = (): OutboxRow[] => [...outbox.values()].filter(({ id }) => openRows.has(id))
  const byNotBefore = (left: OutboxRow, right: OutboxRow): number => left.notBefore - right.notBefore

  return {
    transaction<Result>(work: () => Result): Result {
      if (undo.isOpen) throw new Error('a transaction is already open')
      return undo.run(work)
    },
    savepoint: (work) => undo.run(work),
    part: (work) => work(),
    records: memoryRecords(undo),
    runs: {
      load: (id) => runs.get(id) ?? null,
      save(state, index) {
        const before = runs.get(state.id)
        if (before !== undefined && before.index.subject !== index.subject) setLive(before.index.subject, state.id, false)
        undo.set(runs, state.id, { state, index })
        setLive(index.subject, state.id, state.endedAt === null)
      },
      forget({ subjects, flows }) {
        const isGone = ({ state, index }: { readonly state: RunState; readonly index: RunIndex }): boolean =>
          state.endedAt !== null && (index.subject === null ? flows.includes(state.flow) : subjects.includes(index.subject))
        const gone = new Set([...runs].filter(([, run]) => isGone(run)).map(([id]) => id))
        for (const id of gone) {
          undo.delete(runs, id)
          undo.delete(journal, id)
        }
        for (const row of [...outbox.values()]) {
          const isOurs = (row.run !== null && gone.has(row.run)) || (row.use !== null && subjects.includes(row.use.subject))
          if (isOurs && !openRows.has(row.id)) undo.delete(outbox, row.id)
        }
        for (const [key, { row, event, at }] of [...inbox]) {
          const left = row.runs.filter(({ run }) => !gone.has(run))
          const told = event.subject !== null && subjects.includes(event.subject)
          if (left.length === 0 && (told || row.runs.length > 0)) undo.delete(inbox, key)
          else if (left.length < row.runs.length) undo.set(inbox, key, { row: { ...row, runs: left }, event, at })
        }
        return gone.size
      },
      liveOfSubject: (subject) =>
        [...(liveBySubject.get(subject) ?? [])].sort().flatMap((id) => {
          const run = runs.get(id)
          if (run === undefined) return []
          const { flow, version, status } = run.state
          return [{ id, flow, version, status, subject, index: run.index }]
        }),
    },
    journal: {
      append(row) {
        const rows = journal.get(row.run) ?? []
        const last = rows.at(-1)
        const expected = last === undefined ? 1 : last.seq + last.entries.length
        if (row.seq !== expected) throw new Error(`SLU_JOURNAL_GAP: run ${row.run} goes on at entry ${expected}, not ${row.seq}`)
        undo.set(journal, row.run, rows)
        const { length } = rows
        undo.note(() => {
          rows.length = length
        })
        rows.push(row)
      },
      read: (run) => [...(journal.get(run) ?? [])],
    },
    timers,
    waits: {
      open: (run, token, type, key) => undo.set(waits, `${run} ${token}`, { run, token, type, key }),
      close(run, token) {
        undo.delete(waits, `${run} ${token}`)
      },
      matching: (type, key, limit) =>
        [...waits.values()]
          .filter((wait) => wait.type === type && wait.key === key)
          .map(({ run, token }) => ({ run, token }))
          .sort((left, right) => (`${left.run} ${left.token}` < `${right.run} ${right.token}` ? -1 : 1))
          .slice(0, limit),
      keyFrom(type, from) {
        let first: string | null = null
        for (const wait of waits.values()) {
          if (wait.type === type && wait.key >= from && (first === null || wait.key < first)) first = wait.key
        }
        return first
      },
    },
    outbox: {
      insert(row) {
        if (outbox.has(row.id)) throw new Error(`outbox row ${row.id} exists`)
        setRow({ ...row, request: JSON.parse(JSON.stringify(row.request)) as OutboxRow['request'] })
      },
      find: (id) => outbox.get(id) ?? null,
      findByToken: (run, token) => [...outbox.values()].reverse().find((row) => row.run === run && row.token === token) ?? null,
      update(id, patch) {
        const row = outbox.get(id)
        if (row !== undefined) setRow({ ...row, ...patch })
      },
      ready(now, limit, fair) {
        const oldest = open()
          .filter((row) => row.state === 'queued' && row.notBefore <= now)
          .sort(byNotBefore)
        const inTurn = oldest.slice(fair).sort((left, right) => (left.rank ?? 1) - (right.rank ?? 1))
        return [...oldest.slice(0, fair), ...inTurn].slice(0, limit)
      },
      begun: () => open().filter((row) => row.state === 'begun'),
      openOfSubject: (subject) => open().filter((row) => row.use?.subject === subject),
    },
    inbox: {
      find: (source, id) => inbox.get(`${source} ${id}`)?.row ?? null,
      insert(row, event, at) {
        const key = `${row.source} ${row.id}`
        if (inbox.has(key)) throw new Error(`event ${key} exists`)
        undo.set(inbox, key, { row, event, at })
      },
      arrived: ({ type, since, limit, offset }) =>
        [...inbox.values()]
          .filter(({ event, at }) => event.type === type && at >= since)
          .sort((left, right) => left.at - right.at)
          .slice(offset, offset + limit)
          .map(({ event, row: { authors } }) => (authors === undefined ? { event } : { event, authors })),
    },
    flows: {
      active: () =>
        [...active].sort(([left], [right]) => (left < right ? -1 : 1)).flatMap(([key, version]) => flows.get(`${key}@${version}`) ?? []),
      get: (key, version) => flows.get(`${key}@${version}`) ?? null,
      put(flow) {
        const name = `${flow.key}@${flow.version}`
        const before = flows.get(name)
        if (before !== undefined && before.digest !== flow.digest)
          throw new Error(`SLU_FLOW_VERSION_SEALED: ${name} was published with other content`)
        if (before === undefined) undo.set(flows, name, flow)
      },
      activate(key, version) {
        if (version === null) undo.delete(active, key)
        else if (!flows.has(`${key}@${version}`)) throw new Error(`SLU_FLOW_VERSION_UNKNOWN: ${key} has no version ${version}`)
        else undo.set(active, key, version)
      },
      forget(key) {
        if (active.has(key) || [...runs.values()].some(({ state }) => state.flow === key)) return false
        for (const [name, flow] of [...flows]) if (flow.key === key) undo.delete(flows, name)
        return true
      },
    },
    audit: {
      append(entry) {
        const { length } = audited
        undo.note(() => {
          audited.length = length
        })
        audited.push(entry)
      },
    },
    audited,
    runIds: () => [...runs.keys()],
    allTimers: timers.all,
    allOutbox: () => [...outbox.values()],
    allWaits: () => [...waits.values()],
  }
}

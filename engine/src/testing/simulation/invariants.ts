import { sameJson } from '@sluice/flows/document'
import { type Command, type CompiledFlow, decide, type JournalEntry, type RunState, type Token } from '../../core/index.ts'
import { foldJournal } from '../../replay.ts'
import { heldTable, locksTable } from '../../worker/index.ts'
import type { World } from './world.ts'

/** A promise of QUALITY.md §1 that did not hold. */
export class Broken extends Error {}

function must(holds: boolean, invariant: string, what: string): void {
  if (!holds) throw new Broken(`${invariant}: ${what}`)
}

/** Everything that must hold after every happening. */
export function checkInvariants(world: World): void {
  const runs = world.runs()
  for (const run of runs) {
    if (!hasChanged(world, run)) continue
    const flow = flowOf(world, run)
    const entries = world.store.journal.read(run.id).flatMap((row) => row.entries)
    sameWhenReplayed(world, flow, run)
    stepsOnce(run, entries)
    timersOnce(run, entries)
    versionKept(run, entries)
    undoneInOrder(run, entries)
    joinsOnce(flow, run, entries)
    endsLast(run, entries)
    refusesLate(flow, run)
  }
  if (isDue(world)) acknowledgedKept(world)
  actsHaveCause(world)
  actsCounted(world)
  const timers = armedTimers(world)
  for (const run of runs) waitsForSomethingNamed(world, run, timers.get(run.id) ?? none)
  checkStore(world)
}

/** What must hold of any store, whoever drives it. */
export function checkStore(host: Pick<World, 'store' | 'runs'>): void {
  nothingLeftOver(host)
  locksHonest(host)
}

/** Runs are checked in full when they changed; most did not. */
const checkedSeq = new WeakMap<World, Map<string, number>>()

function hasChanged(world: World, run: RunState): boolean {
  const known = checkedSeq.get(world) ?? new Map<string, number>()
  checkedSeq.set(world, known)
  if (known.get(run.id) === run.seq) return false
  known.set(run.id, run.seq)
  return true
}

function flowOf(world: World, run: RunState): CompiledFlow {
  const flow = world.store.flows.get(run.flow, run.version)
  if (flow === null) throw new Broken(`I11: run ${run.id} is on a version that does not exist`)
  return flow
}

/** What is gone stays gone, so looking at every answer ever given may wait for the sixteenth happening; `settle` looks once more. */
const happenings = new WeakMap<World, number>()

function isDue(world: World): boolean {
  const count = (happenings.get(world) ?? 0) + 1
  happenings.set(world, count)
  return count % 16 === 0
}

/** I1: an acknowledged event is never lost. */
export function acknowledgedKept(world: World): void {
  for (const { event, runs } of world.acknowledged) {
    const { source, id } = event
    const stored = world.store.inbox.find(source, id)
    must(stored !== null, 'I1', `event ${id} was acknowledged and is gone`)
    for (const { run } of runs) must(world.store.runs.load(run) !== null, 'I1', `run ${run} of event ${id} was acknowledged and is gone`)
    must(JSON.stringify(stored?.runs) === JSON.stringify(runs), 'I1', `event ${id} was answered differently the second time`)
  }
}

/** I2: a token leaves its node once; an attempt ends once. */
function stepsOnce(run: RunState, entries: readonly JournalEntry[]): void {
  const left = new Set<string>()
  const failed = new Set<string>()
  for (const entry of entries) {
    if (entry.kind === 'node.completed') {
      must(!left.has(entry.token), 'I2', `token ${entry.token} of run ${run.id} completed twice`)
      left.add(entry.token)
    }
    if (entry.kind !== 'node.failed') continue
    const attempt = `${entry.token} ${entry.attempt}`
    must(!failed.has(attempt) && !left.has(entry.token), 'I2', `attempt ${attempt} of run ${run.id} ended twice`)
    failed.add(attempt)
  }
}

/** I9: nothing is recorded of a run once it has ended. */
function endsLast(run: RunState, entries: readonly JournalEntry[]): void {
  const end = entries.findIndex(({ kind }) => kind === 'run.succeeded' || kind === 'run.failed' || kind === 'run.cancelled')
  if (run.endedAt !== null)
    must(end === entries.length - 1, 'I9', `run ${run.id} ended and ${entries.at(-1)?.kind ?? 'nothing'} is recorded last`)
  else must(end === -1, 'I9', `run ${run.id} lives after its end`)
}

/** I2: what belongs to another attempt, another timer or another task than the one at hand changes nothing, whoever asks. */
function refusesLate(flow: CompiledFlow, run: RunState): void {
  if (run.endedAt !== null) return
  const at = run.startedAt
  for (const { id: token, attempt: now } of Object.values(run.tokens)) {
    for (const attempt of [now - 1, now + 1]) {
      const error = { code: 'SLU_TEST', message: 'late', terminal: false }
      const late: readonly Command[] = [
        { kind: 'node.complete', at, token, attempt, port: 'out', data: null, why: null },
        { kind: 'node.fail', at, token, attempt, error },
      ]
      for (const command of late)
        must(
          !decide(flow, run, command).accepted,
          'I2',
          `${command.kind} of attempt ${attempt} counts for token ${token} at attempt ${now}`,
        )
    }
  }
  const timerId = `m${run.next.timer}`
  must(!decide(flow, run, { kind: 'timer.fire', at, timerId }).accepted, 'I5', `timer ${timerId} was never set and counts`)
}

/** I3: replaying the journal gives the state that is stored. */
function sameWhenReplayed(world: World, flow: CompiledFlow, run: RunState): void {
  const replayed = foldJournal(flow, world.store.journal.read(run.id))
  // Compared member by member: the digest of both, taken after every happening, was a quarter of all the time a seed took.
  must(sameJson(replayed, run), 'I3', `run ${run.id} replays to another state`)
}

/** I4: no act without an entry that created its token; I2: one key for all its attempts. */
function actsHaveCause(world: World): void {
  const last = world.performed.at(-1)
  if (last === undefined || last.act.run === null || last.act.token === null) return
  const { run, token, idempotencyKey } = last.act
  const entries = world.store.journal.read(run).flatMap((row) => row.entries)
  const created = entries.some((entry) => 'next' in entry && entry.next.some(({ id }) => id === token))
  must(created, 'I4', `${last.act.id} acted without a recorded cause`)
  for (const { act } of world.performed)
    must(
      (act.run === run && act.token === token) === (act.idempotencyKey === idempotencyKey),
      'I2',
      `${act.id} and ${last.act.id} share a key or lost it`,
    )
}

/** I9: what counts as outside is outside; a place that is never given back would one day be missing. */
function actsCounted(world: World): void {
  const begun = world.store.allOutbox().filter(({ state }) => state === 'begun').length
  must(world.inFlight === begun, 'I9', `${world.inFlight} acts count as outside, and ${begun} are`)
}

/** I5: a timer fires once, never before its time. */
function timersOnce(run: RunState, entries: readonly JournalEntry[]): void {
  const due = new Map<string, number>()
  const fired = new Set<string>()
  for (const entry of entries) {
    for (const { timerId, dueAt } of deadlinesIn(entry)) {
      must(!due.has(timerId), 'I5', `timer ${timerId} of run ${run.id} was set twice`)
      due.set(timerId, dueAt)
    }
    if (entry.kind !== 'timer.fired') continue
    must(!fired.has(entry.timerId), 'I5', `timer ${entry.timerId} of run ${run.id} fired twice`)
    must(entry.at >= (due.get(entry.timerId) ?? Number.POSITIVE_INFINITY), 'I5', `timer ${entry.timerId} of run ${run.id} fired early`)
    fired.add(entry.timerId)
  }
}

function deadlinesIn(entry: JournalEntry): readonly { readonly timerId: string; readonly dueAt: number }[] {
  const found: { readonly timerId: string; readonly dueAt: number }[] = []
  const note = (deadline: { readonly timerId: string | null; readonly dueAt: number | null } | null | undefined): void => {
    if (deadline?.timerId != null && deadline.dueAt !== null) found.push({ timerId: deadline.timerId, dueAt: deadline.dueAt })
  }
  if ('next' in entry) for (const { limit } of entry.next) note(limit)
  if ('limit' in entry) note(entry.limit)
  if (entry.kind === 'node.waiting' && 'timerId' in entry.wait) note(entry.wait)
  if (entry.kind === 'node.retry-scheduled' || entry.kind === 'join.arrived' || entry.kind === 'region.entered') note(entry)
  return found
}

const none: ReadonlyMap<string, number> = new Map()

/** When each timer is due, by run. */
function armedTimers(world: World): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const byRun = new Map<string, Map<string, number>>()
  for (const { run, id, dueAt } of world.store.allTimers()) {
    const ofRun = byRun.get(run)
    if (ofRun === undefined) byRun.set(run, new Map([[id, dueAt]]))
    else ofRun.set(id, dueAt)
  }
  return byRun
}

/** I9: a live run has tokens, and each of them moves by itself or waits for something that is really there. */
function waitsForSomethingNamed(world: World, run: RunState, timers: ReadonlyMap<string, number>): void {
  const tokens = Object.values(run.tokens)
  if (run.endedAt !== null) {
    must(
      tokens.length === 0 && ['succeeded', 'failed', 'cancelled'].includes(run.status),
      'I9',
      `run ${run.id} ended as ${run.status} with tokens`,
    )
    return
  }
  must(tokens.length > 0, 'I9', `run ${run.id} lives without a token`)
  // A run that is being undone goes on after its caller has ended.
  if (run.parent !== null && run.undoing === undefined) {
    const wait = world.store.runs.load(run.parent.run)?.state.tokens[run.parent.token]?.wait
    must(wait?.kind === 'call' && wait.run === run.id, 'I9', `run ${run.id} works for a caller that no longer waits`)
  }
  const expected = tokens.some(({ state }) => state === 'ready')
    ? 'running'
    : tokens.some(({ state }) => state === 'incident')
      ? 'incident'
      : 'waiting'
  must(run.status === expected, 'I9', `run ${run.id} says ${run.status} and is ${expected}`)
  itemsCounted(run)
  for (const region of Object.values(run.regions ?? {})) {
    const armed = timers.get(region.timerId) === region.dueAt
    must(armed, 'I9', `the time limit of group ${region.node} of run ${run.id} is not armed`)
  }
  for (const token of tokens) {
    const named = isNamed(world, run, token, timers)
    must(named, 'I9', `token ${token.id} of run ${run.id} at ${token.node} is ${token.state} for nothing (${JSON.stringify(token.wait)})`)
  }
}

/** A for-each counts the items that have lines, and no item outlives them. */
function itemsCounted(run: RunState): void {
  for (const [id, { active, ended, next }] of Object.entries(run.each ?? {})) {
    const lines = Object.values(run.scopes).filter(({ item }) => item?.of === id).length
    must(
      run.tokens[id] !== undefined && lines === active && ended.length + active === next,
      'I9',
      `the for-each ${id} of run ${run.id} counts ${active} items and has ${lines}`,
    )
  }
}

function isNamed(world: World, run: RunState, token: Token, timers: ReadonlyMap<string, number>): boolean {
  if (token.limit != null && timers.get(token.limit.timerId) !== token.limit.dueAt) return false
  if (token.state === 'incident') return token.error !== null && token.wait === null
  if (token.state === 'ready') {
    const isOut = world.store
      .allOutbox()
      .some(
        (row) =>
          row.run === run.id &&
          row.token === token.id &&
          row.attempt === token.attempt &&
          (row.state === 'queued' || row.state === 'begun'),
      )
    return isOut || timers.has('$continue') || world.store.records.find(heldTable, { run: run.id }) !== null
  }
  const { wait } = token
  if (wait === null) return false
  if (wait.kind === 'undo')
    return Object.values(run.undoing ?? {}).some(
      (undoing) => undoing.token === token.id || undoing.behind?.some((line) => line.token === token.id),
    )
  if (wait.kind === 'each') return (run.each?.[token.id]?.active ?? 0) > 0
  if ('timerId' in wait && wait.timerId !== null && timers.get(wait.timerId) !== wait.dueAt) return false
  if (wait.kind === 'event') return world.store.allWaits().some((open) => open.run === run.id && open.token === token.id)
  if (wait.kind === 'call') {
    const called = world.store.runs.load(wait.run)?.state
    return called !== undefined && called.endedAt === null && called.parent?.token === token.id
  }
  return true
}

/** Nothing in the store belongs to what no longer is: no timer, wait or open act without its token. */
function nothingLeftOver(world: Pick<World, 'store'>): void {
  const live = (run: string): RunState | undefined => world.store.runs.load(run)?.state
  for (const { run, id } of world.store.allTimers()) {
    if (run === '' || id === '$continue') continue
    const state = live(run)
    const known = Object.values(state?.tokens ?? {}).some(
      ({ wait, limit }) => limit?.timerId === id || (wait !== null && 'timerId' in wait && wait.timerId === id),
    )
    const ofGroup = Object.values(state?.regions ?? {}).some(({ timerId }) => timerId === id)
    must(known || ofGroup || state?.limit?.timerId === id, 'I9', `timer ${id} of run ${run} belongs to nothing`)
  }
  for (const { run, token } of world.store.allWaits())
    must(live(run)?.tokens[token]?.wait?.kind === 'event', 'I9', `the wait of ${token} of run ${run} belongs to nothing`)
  for (const { id, run, token, attempt, state } of world.store.allOutbox()) {
    if (run === null || token === null || (state !== 'queued' && state !== 'begun')) continue
    const standing = live(run)?.tokens[token]
    must(standing?.state === 'ready' && standing.attempt === attempt, 'I9', `act ${id} is ${state} for a token that has moved on`)
  }
}

/** I2: a join lets the lines of one fork through once. */
function joinsOnce(flow: CompiledFlow, run: RunState, entries: readonly JournalEntry[]): void {
  const forks = new Map<string, string>()
  const passed = new Set<string>()
  for (const entry of entries) {
    if ((entry.kind === 'run.started' || entry.kind === 'node.completed') && entry.scope !== null) forks.set(entry.scope, entry.node)
    if (entry.kind !== 'join.passed') continue
    if (entry.opened !== null) forks.set(entry.opened, entry.node)
    if (forks.get(entry.scope) !== flow.nodes[entry.node]?.join?.fork) continue
    const name = `${entry.node} ${entry.scope}`
    must(!passed.has(name), 'I2', `join ${name} of run ${run.id} passed twice`)
    passed.add(name)
  }
}

/** I2 for undoing: each completed step at most once, the last one first, and all of them before a run has failed. */
function undoneInOrder(run: RunState, entries: readonly JournalEntry[]): void {
  const completed = entries.flatMap((entry) => (entry.kind === 'node.completed' && entry.undoable === true ? [entry.token] : []))
  const begun: string[] = []
  const done: string[] = []
  for (const entry of entries) {
    if (entry.kind === 'undo.started') {
      const order = entry.steps.map((step) => completed.indexOf(step))
      const falls = order.every((position, at) => position >= 0 && (at === 0 || position < (order[at - 1] ?? 0)))
      must(falls, 'I2', `run ${run.id} undoes ${order.join(', ')}`)
    }
    if (entry.kind === 'undo.step-started') begun.push(entry.token)
    if (entry.kind === 'undo.step-done') done.push(entry.token)
  }
  must(new Set(begun).size === begun.length && new Set(done).size === done.length, 'I2', `run ${run.id} undid a step twice`)
  must(
    begun.slice(0, done.length).every((token) => done.includes(token)),
    'I2',
    `run ${run.id} began to undo a step before the last one was undone`,
  )
  if (run.status === 'failed')
    must(done.length === completed.length, 'I2', `run ${run.id} failed with ${done.length} of ${completed.length} undone`)
  const undone = (run.undone ?? []).map(({ token }) => token)
  must(undone.join() === done.join(), 'I3', `run ${run.id} lists ${undone.join()} as undone and undid ${done.join()}`)
}

/** I11: a run stays on the version it started on, or was moved to. */
function versionKept(run: RunState, entries: readonly JournalEntry[]): void {
  const begins = entries.filter(({ kind }) => kind === 'run.started' || kind === 'run.forked')
  must(begins.length === 1 && begins[0] === entries[0], 'I9', `run ${run.id} did not start once`)
  const set = entries.findLast(({ kind }) => kind === 'run.started' || kind === 'run.forked' || kind === 'run.moved')
  const on =
    set?.kind === 'run.moved'
      ? set.to
      : set?.kind === 'run.started' || set?.kind === 'run.forked'
        ? { version: set.flowVersion, digest: set.digest }
        : null
  must(on?.version === run.version && on.digest === run.digest, 'I11', `run ${run.id} changed its version`)
}

/** I9 for locks: who holds or waits is really there, never more at once than the limit, and nobody waits in front of a free place. */
function locksHonest(world: Pick<World, 'store' | 'runs'>): void {
  const rows = world.store.records.list(locksTable, { limit: 100_000 })
  for (const { run, token, state, key } of rows) {
    const { tokens = {}, locks = {}, endedAt } = world.store.runs.load(run)?.state ?? {}
    const known = state === 'held' ? Object.values(locks).some((hold) => hold.token === token) : tokens[token]?.wait?.kind === 'lock'
    must(endedAt === null && known, 'I9', `token ${token} of run ${run} is said to be ${state} at lock ${key}`)
  }
  for (const run of world.runs()) {
    if (run.endedAt !== null) continue
    for (const { token } of Object.values(run.locks ?? {}))
      must(
        rows.some((row) => row.run === run.id && row.token === token && row.state === 'held'),
        'I9',
        `run ${run.id} holds a lost lock`,
      )
    for (const { id, wait } of Object.values(run.tokens))
      must(
        wait?.kind !== 'lock' || rows.some((row) => row.run === run.id && row.token === id),
        'I9',
        `token ${id} of run ${run.id} waits in no queue`,
      )
  }
  for (const { key, limit } of rows.filter(({ state }) => state === 'waiting')) {
    const held = rows.filter((row) => row.key === key && row.state === 'held').length
    must(held === limit, 'I9', `a line waits for the lock ${key} of ${limit} with ${held} inside`)
  }
}

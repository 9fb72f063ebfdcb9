import type { FlowDefinition } from '@sluice/flows'
import { defineTable, lettersTable, type StepContext, type WriteContext } from '../../worker/index.ts'
import { flow } from '../builders/flow.ts'
import type { TestNode } from '../builders/nodes.ts'
import { type Faults, neverTopic } from './faults.ts'
import { Broken } from './invariants.ts'
import { simulate, type World } from './world.ts'

interface Written {
  readonly run: string
  readonly token: string
}
/** What the inside step of the scenario writes: a second time would clash. */
const written = defineTable<Written>({
  name: 'simulated_writes',
  columns: { run: { type: 'text' }, token: { type: 'text' } },
  primaryKey: ['run', 'token'],
})

interface Refusal {
  readonly subject: string
}
const refusals = defineTable<Refusal>({ name: 'simulated_refusals', columns: { subject: { type: 'text' } }, primaryKey: ['subject'] })

const nodes: readonly TestNode[] = [
  {
    type: 'sim.write',
    effect: 'internal',
    config: {},
    step: ({ records, run, token, input, random, emit, notify }: StepContext) => {
      records.insert(written, { run: run.id, token })
      if (random() < 0.05) {
        emit({ source: 'never', type: 'line', data: null })
        notify(neverTopic, {})
        throw new Error('after it wrote and told others')
      }
      return { kind: 'output', port: 'out', data: input }
    },
  },
]

const retry = { attempts: 3, backoff: 'exponential', delayMs: 500, maxDelayMs: 5_000, jitter: true } as const
const start = (key: string) => flow(key).node('start', 'test.event', { type: key })

/** Small flows that together use every construct of the core. */
export const referenceFlows: readonly FlowDefinition[] = [
  start('line')
    .node('a', 'sim.write', {}, { retry })
    .node('b', 'test.act', {}, { retry, timeoutMs: 4_000 })
    .node('c', 'sim.write', {}, { retry })
    .wire('start', 'a')
    .wire('a', 'b')
    .wire('b', 'c')
    .build(),
  start('fork')
    .node('a', 'test.act', {}, { retry })
    .node('b', 'test.wait', { ms: 1_500 })
    .node('c', 'sim.write', {}, { retry })
    .node('join', 'test.join')
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'a', 'b', 'c')
    .wire('a', 'join')
    .wire('a.error', 'join')
    .wire('b', 'join')
    .wire('c', 'join')
    .wire('join', 'end')
    .build(),
  start('race')
    .node('a', 'test.act', {}, { timeoutMs: 2_000 })
    .node('b', 'test.wait', { ms: 1_000 })
    .node('c', 'test.task', { dueMs: 4_000 })
    .node('join', 'test.join', { mode: 'first', cancelRest: true })
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'a', 'b', 'c')
    .wire('a', 'join')
    .wire('b', 'join')
    .wire('c.approve', 'join')
    .wire('join', 'end')
    .build(),
  start('some')
    .node('a', 'test.act')
    .node('b', 'test.act', {}, { retry })
    .node('c', 'test.act')
    .node('inner', 'test.join', { mode: 'first' })
    .node('join', 'test.join', { timeout: 'PT3S' })
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'a', 'b', 'c')
    .wire('a', 'inner')
    .wire('b', 'inner')
    .wire('inner', 'join')
    .wire('c', 'join')
    .wire('join', 'end')
    .wire('join.timeout', 'end')
    .settings({ onError: 'fail' })
    .build(),
  start('ask')
    .node(
      'wait',
      'test.wait-event',
      { type: 'reply', key: '{% event.subject %}', match: '{% event.subject %}', timeoutMs: 20_000 },
      { timeoutMs: 60_000 },
    )
    .node('task', 'test.task', { dueMs: 30_000 })
    .node('again', 'test.act', {}, { retry })
    .wire('start', 'wait')
    .wire('wait', 'task')
    .wire('wait.timeout', 'again')
    .wire('task.reject', 'again')
    .wire('again', 'task')
    .settings({ timeout: 'PT5M' })
    .build(),
  start('call')
    .node('call', 'test.call', { flow: 'called' })
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'call')
    .wire('call', 'end')
    .wire('call.error', 'end')
    .build(),
  flow('called')
    .node('start', 'core.manual')
    .node('a', 'test.act', {}, { retry })
    .wire('start', 'a')
    .settings({ timeout: 'PT30S', onError: 'fail' })
    .build(),
  start('items')
    .node('each', 'test.each', { group: 'work', items: [1, 2, 3, 4], concurrency: 2 })
    .node('act', 'test.act', {}, { retry })
    .node('write', 'sim.write', {}, { retry })
    .node('late', 'sim.write', {}, { retry })
    .node('end', 'sim.write', {}, { retry })
    .group('work', ['act', 'write', 'late'])
    .group('limited', ['act'], { timeout: 'PT4S' })
    .wire('start', 'each')
    .wire('act', 'write')
    .wire('limited.timeout', 'late')
    .wire('each', 'end')
    .wire('each.error', 'end')
    .build(),
  start('enough')
    .node('each', 'test.each', {
      group: 'work',
      items: [1, 2, 3, 4, 5],
      concurrency: 3,
      reviewed: true,
      collect: true,
      stop: '{% vars.done >= 3 %}',
    })
    .node('act', 'test.act')
    .node('end', 'sim.write', {}, { retry })
    .group('work', ['act'])
    .wire('start', 'each')
    .wire('each', 'end')
    .wire('each.stopped', 'end')
    .build(),
  start('wins')
    .node('race', 'test.race')
    .node('a', 'test.act', {}, { retry })
    .node('b', 'test.wait', { ms: 1_500 })
    .node('c', 'test.wait-event', { type: 'reply', key: '{% event.subject %}', match: '{% event.subject %}', timeoutMs: 20_000 })
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'race')
    .wire('race', 'a', 'b', 'c')
    .wire('a', 'end')
    .wire('b', 'end')
    .wire('c', 'end')
    .build(),
  start('region')
    .node('a', 'test.act')
    .node('b', 'test.wait', { ms: 6_000 })
    .node('c', 'test.task')
    .node('stop', 'test.wait-event', { type: 'reply', key: '{% event.subject %}', match: '{% event.subject %}', timeoutMs: 20_000 })
    .node('end', 'sim.write', {}, { retry })
    .group('group', ['a', 'b', 'c'], { cancel: true, timeout: 'PT10S' })
    .wire('start', 'a', 'b', 'c', 'stop')
    .wire('a', 'b')
    .wire('b', 'end')
    .wire('stop', 'group.cancel')
    .wire('group.error', 'end')
    .wire('group.timeout', 'end')
    .wire('group.cancelled', 'end')
    .build(),
  start('trip')
    .node('book', 'sim.write', {}, { retry })
    .node('pay', 'test.act')
    .node('rooms', 'test.each', { group: 'room', items: [1, 2, 3], concurrency: 2 })
    .node('take', 'test.act')
    .node('hold', 'sim.write', {}, { retry })
    .node('mend', 'sim.write', {}, { retry })
    .node('last', 'test.act')
    .node('unbook', 'sim.write', {}, { retry })
    .node('unpay', 'test.act')
    .node('note', 'sim.write', {}, { retry })
    .node('give', 'test.wait', { ms: 400 })
    .node('unmend', 'sim.write', {}, { retry })
    .group('room', ['take', 'hold', 'give'])
    .group('stay', ['rooms', 'pay'], { undo: true, timeout: 'PT6S' })
    .wire('start', 'book')
    .wire('book', 'rooms', 'pay')
    .wire('take', 'hold')
    .wire('rooms', 'last')
    .wire('stay.error', 'mend')
    .wire('stay.timeout', 'mend')
    .wire('mend', 'last')
    .wire('book.undo', 'unbook')
    .wire('pay.undo', 'unpay', 'note')
    .wire('hold.undo', 'give')
    .wire('mend.undo', 'unmend')
    .settings({ onError: 'fail' })
    .build(),
  start('send')
    .node('emit', 'test.emit', { type: 'line' })
    .node('once', 'test.act-once')
    .wire('start', 'emit')
    .wire('emit', 'once')
    .build(),
  start('tell')
    .node('tell', 'test.act', { purpose: 'p', refusedPort: 'no' }, { retry })
    .node('no', 'sim.write', {}, { retry })
    .wire('start', 'tell')
    .wire('tell.no', 'no')
    .build(),
  start('guard')
    .node('lock', 'test.lock', { key: 'k', limit: 2, timeoutMs: 20_000 })
    .node('a', 'test.act', {}, { retry })
    .node('b', 'test.wait', { ms: 700 })
    .node('join', 'test.join', { mode: 'first' })
    .node('unlock', 'test.unlock')
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'lock')
    .wire('lock', 'a', 'b')
    .wire('a', 'join')
    .wire('b', 'join')
    .wire('join', 'unlock')
    .wire('unlock', 'end')
    .build(),
  start('turns')
    .node('a', 'test.act', {}, { retry, timeoutMs: 4_000 })
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'a')
    .wire('a', 'end')
    .settings({ onError: 'fail', concurrency: { key: '{% event.subject %}', limit: 1 }, rate: { limit: 3, per: 'PT2S' } })
    .build(),
  start('while')
    .node('a', 'test.act', {}, { retry })
    .node('gate', 'test.milestone', { step: 'place' })
    .node('b', 'test.wait', { ms: 900 })
    .node('place', 'test.wait', { ms: 900 })
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'a', 'b')
    .wire('a', 'gate')
    .wire('gate', 'end')
    .wire('gate.missed', 'end')
    .wire('b', 'place')
    .build(),
  start('once')
    .node('a', 'test.act', {}, { retry })
    .node('end', 'sim.write', {}, { retry })
    .wire('start', 'a')
    .wire('a', 'end')
    .settings({ dedupe: '{% $string(event.data.n) & event.subject %}', rate: { limit: 1, per: 'PT2S' } })
    .build(),
  // Two lines take turns and a third waits for one of them at its place; a reply takes the first and its place away.
  start('taken')
    .node('lockA', 'test.lock', { key: '{% run.id %}' })
    .node('a', 'test.act', {}, { retry })
    .node('unlockA', 'test.unlock')
    .node('lockB', 'test.lock', { key: '{% run.id %}' })
    .node('b', 'test.wait', { ms: 900 })
    .node('unlockB', 'test.unlock')
    .node('gate', 'test.milestone', { step: 'a' })
    .node('stop', 'test.wait-event', { type: 'reply', key: '{% event.subject %}', match: '{% event.subject %}', timeoutMs: 2_000 })
    .node('late', 'test.act')
    .node('end', 'sim.write', {}, { retry })
    .group('turn', ['lockA', 'a', 'unlockA'], { cancel: true })
    .wire('start', 'lockB', 'lockA', 'gate', 'stop')
    .wire('lockA', 'a')
    .wire('a', 'unlockA')
    .wire('unlockA', 'end')
    .wire('lockB', 'b')
    .wire('b', 'unlockB')
    .wire('unlockB', 'end')
    .wire('gate', 'end')
    .wire('gate.missed', 'end')
    .wire('stop', 'turn.cancel')
    .wire('stop.timeout', 'late')
    .wire('late', 'turn.cancel')
    .wire('turn.cancelled', 'end')
    .build(),
]

const commands = {
  answer: (context: WriteContext, { run, task, action }: { run: string; task: string; action: string }) =>
    context.runs.answerTask(run, task, action, { by: 'somebody' }, 'u-1'),
  refuse: (context: WriteContext, subject: string) => {
    context.raiseFence(subject)
    context.records.upsert(refusals, { subject })
    context.audit('simulation.refused', { subject })
    return context.cancelEffects({ subject, covers: () => true, reason: 'refused' })
  },
  /** Writes, tells and arms, and then refuses: nothing of it may stay. */
  ghost: (context: WriteContext) => {
    context.records.insert(written, { run: 'ghost', token: 'ghost' })
    context.emit({ source: 'never', type: 'line', data: null })
    context.notify(neverTopic, {})
    context.schedule({ key: 'ghost', command: 'ghost', dueAt: context.now, payload: null })
    throw Object.assign(new Error('no'), { code: 'SLU_GHOST', status: 422 })
  },
  allow: (context: WriteContext, subject: string) => {
    context.raiseFence(subject)
    return context.records.delete(refusals, { subject })
  },
}

export const everyFault: Faults = { crash: 0.02, diskFull: 0.0005, duplicate: 0.1, actFails: 0.2, clockJump: 0.01, putBack: 0.1 }

/** A few hundred random happenings, then everything that can still happen, with every invariant checked at each step. */
export function playScenario(seed: number, faults: Faults = everyFault, happenings = 40, without: ReadonlySet<number> = new Set()): World {
  const isRefused = (world: { store: World['store'] }, subject: string): boolean => world.store.records.find(refusals, { subject }) !== null
  const world = simulate({
    seed,
    flows: referenceFlows,
    nodes,
    commands,
    faults,
    gates: [
      {
        name: 'refusals',
        check: ({ records }, { use }) =>
          use === null || records.find(refusals, { subject: use.subject }) === null
            ? { allowed: true }
            : { allowed: false, code: 'SLU_REFUSED', reason: 'the person refused', why: {} },
      },
    ],
    onAct: ({ id, use, handler }, it) => {
      // I6: after a withdrawal's commit no effect that needed the grant begins.
      if (use !== null && isRefused(it, use.subject)) throw new Broken(`I6: ${id} acted for ${use.subject} after the refusal`)
      // I2: what may not be repeated is not repeated unless a person asks for the next attempt.
      if (handler === 'test.act-once' && it.performed.some(({ act }) => act.id === id)) throw new Broken(`I2: ${id} acted twice`)
    },
  })
  for (let count = 0; count < happenings; count++) {
    if (without.has(count)) continue
    somethingNew(world)
    for (let steps = world.random.between(0, 6); steps > 0; steps--) world.step()
  }
  world.settle()
  everythingEnded(world)
  writesMatchJournal(world)
  joinsKeepTheirWord(world)
  regionsKeepTheirWord(world)
  sameOnesOnce(world)
  return world
}

function somethingNew(world: World): void {
  const { random } = world
  const subject = `c-${random.between(1, 4)}`
  const what = random.next()
  if (what < 0.5)
    world.publish(
      random.pick([
        'line',
        'fork',
        'race',
        'some',
        'ask',
        'call',
        'send',
        'tell',
        'tell',
        'items',
        'enough',
        'wins',
        'region',
        'trip',
        'trip',
        'guard',
        'guard',
        'while',
        'once',
        'once',
        'taken',
        'taken',
        'turns',
        'turns',
      ]),
      { n: random.between(1, 9) },
      { subject },
    )
  else if (what < 0.6) world.publish('reply', 'yes', { subject })
  else if (what < 0.8) answerSomeTask(world)
  else if (what < 0.85) world.command('refuse', subject)
  else if (what < 0.9) world.command('allow', subject)
  else if (what < 0.93) world.command('ghost', null)
  else actOnSomeRun(world)
}

function answerSomeTask(world: World): void {
  const tasks = world
    .runs()
    .flatMap(({ id, tokens }) =>
      Object.values(tokens).flatMap(({ wait }) => (wait?.kind === 'task' ? [{ run: id, task: wait.taskId }] : [])),
    )
  if (tasks.length > 0)
    world.command('answer', { ...world.random.pick(tasks), action: world.random.pick(['approve', 'reject', 'nonsense']) })
}

function actOnSomeRun(world: World): void {
  const live = world.runs().filter(({ endedAt }) => endedAt === null)
  if (live.length === 0) return
  const { id, status } = world.random.pick(live)
  if (status === 'incident') world.command('engine.run.retry', { run: id })
  else if (world.random.chance(0.3)) world.command('engine.run.cancel', { run: id, compensate: world.random.chance(0.5) })
}

/** When nobody does anything any more, only incidents are left, and what waits for them or for a person without a limit. */
function everythingEnded(world: World): void {
  for (const run of world.runs()) {
    if (run.endedAt !== null) continue
    const stuck = Object.values(run.tokens).filter(
      ({ state, wait }) =>
        state !== 'incident' && wait?.kind !== 'join' && wait?.kind !== 'call' && wait?.kind !== 'each' && wait?.kind !== 'undo',
    )
    if (stuck.length > 0) throw new Broken(`I9: run ${run.id} of ${run.flow} neither ended nor asks a person (${JSON.stringify(stuck[0])})`)
  }
}

/** I2: an inside effect and the record of its step are one commit, so there are as many of one as of the other. */
function writesMatchJournal(world: World): void {
  for (const run of world.runs()) {
    if (run.event?.source === 'never') throw new Broken(`I2: run ${run.id} was started by a step that threw`)
    const flowOfRun = world.store.flows.get(run.flow, run.version)
    const completed = world.store.journal
      .read(run.id)
      .flatMap(({ entries }) => entries)
      .filter((entry) => entry.kind === 'node.completed' && flowOfRun?.nodes[entry.node]?.type === 'sim.write').length
    const rows = world.store.records.count(written, { run: run.id })
    if (world.store.records.count(written, { run: 'ghost' }) > 0) throw new Broken('I2: a refused request left a row behind')
    if (rows !== completed) throw new Broken(`I2: run ${run.id} wrote ${rows} times for ${completed} completed steps`)
  }
}

/** What the two flows with plain joins promise whoever draws them. */
function joinsKeepTheirWord(world: World): void {
  for (const run of world.runs()) {
    const entries = world.store.journal.read(run.id).flatMap((row) => row.entries)
    const at = entries.findIndex(({ kind }) => kind === 'join.passed')
    const passed = entries[at]
    if (passed?.kind !== 'join.passed') continue
    if (run.flow === 'fork' && Object.keys(passed.data as object).length !== 3)
      throw new Broken(`run ${run.id} passed its join before all lines came`)
    const late = entries.slice(at).some((entry) => entry.kind === 'node.completed' && 'abc'.includes(entry.node))
    if (run.flow === 'race' && late) throw new Broken(`run ${run.id} went on with lines that had lost the race`)
  }
}

/** What the flows with regions promise: every item counts once, enough is enough, one line wins, and a group lets one line go on. */
function regionsKeepTheirWord(world: World): void {
  for (const run of world.runs()) {
    const entries = world.store.journal.read(run.id).flatMap((row) => row.entries)
    const left = (node: string, port?: string) =>
      entries.filter((entry) => entry.kind === 'node.completed' && entry.node === node && (port === undefined || entry.port === port))
    const [all] = left('each', 'out')
    const [some] = left('each', 'stopped')
    const sizeOf = (entry: typeof all) => (entry?.kind === 'node.completed' ? (entry.data as readonly unknown[]).length : -1)
    if (run.flow === 'items' && all !== undefined && sizeOf(all) !== 4)
      throw new Broken(`run ${run.id} went on with ${sizeOf(all)} of 4 items`)
    if (run.flow === 'enough' && (all !== undefined || (some !== undefined && sizeOf(some) < 3)))
      throw new Broken(`run ${run.id} went on with ${sizeOf(some ?? all)} items where 3 are enough`)
    if (run.flow === 'wins' && ['a', 'b', 'c'].flatMap((node) => left(node)).length > 1)
      throw new Broken(`race of run ${run.id} was won twice`)
    if (run.flow === 'region' && left('end').length > 2) throw new Broken(`the group of run ${run.id} let several lines go on`)
  }
}

/** Of events that a flow takes for the same one starts a run, and an event that started none has such a one before it. */
function sameOnesOnce(world: World): void {
  const begun = new Map<string, string>()
  for (const run of world.runs()) {
    if (run.flow !== 'once' || run.event === null) continue
    const key = sameness(run.event)
    const other = begun.get(key)
    if (other !== undefined) throw new Broken(`runs ${other} and ${run.id} began by the same event twice`)
    begun.set(key, run.id)
  }
  for (const { event } of world.acknowledged) {
    if (event.type !== 'once' || begun.has(sameness(event))) continue
    // One that came before the flow was published is a letter nobody wanted.
    const stored = world.store.inbox.find(event.source, event.id)?.event ?? ''
    if (world.store.records.count(lettersTable, { event: stored }) === 0)
      throw new Broken(`event ${event.id} was taken for another one, which started nothing`)
  }
}

function sameness({ data, subject }: { readonly data: unknown; readonly subject: string | null }): string {
  return `${JSON.stringify(data)} ${subject}`
}

import type { Json } from '@sluice/flows'
import type { RunState, Why } from '../../core/index.ts'
import type { WriteContext } from '../../worker/index.ts'
import type { Faults } from '../simulation/faults.ts'
import { Broken } from '../simulation/invariants.ts'
import { simulate, type World } from '../simulation/world.ts'
import { personSays } from './answers.ts'
import { predict } from './compare.ts'
import { type DrawOptions, drawFlow } from './grammar.ts'
import { answerOf, historyOf } from './hosted.ts'
import { isSame, type Who } from './operate.ts'
import { giveOrder } from './operator.ts'
import type { ReferenceRun } from './run.ts'
import { compileDrawn, playedNodes, writtenTable } from './types.ts'

const answer = ({ runs }: WriteContext, it: { run: string; task: string; action: string; data: Json }) =>
  runs.answerTask(it.run, it.task, it.action, it.data, 'u')

/**
 * Draws a flow whose result does not hang on time, and plays it on a machine that dies, forgets, repeats and pauses. What becomes of
 * it must be what the reference makes of it on a machine that never fails. Null: nothing to compare.
 */
export function playThroughFaults(options: DrawOptions, faults: Faults): World | null {
  const drawn = drawFlow({ ...options, confluent: true })
  const compiled = drawn.flows.map((flow) => compileDrawn(flow))
  if (compiled.includes(null)) return null
  const predicted = predict(drawn)
  if (predicted === 'long') return null
  const world = simulate({
    seed: options.seed,
    flows: drawn.flows,
    nodes: playedNodes,
    commands: { answer },
    // What acts answer is drawn, and part of what the reference is told.
    faults: { ...faults, actFails: 0 },
    compile: (flow, version) => compileDrawn(flow, version) ?? failed(flow.key),
    acts: { 'test.act': (act) => answerOf(act) },
  })
  world.publishFlow(drawn.next, 2, false)
  // The flows are published first.
  world.advance(60_000)
  for (const [index, { data }] of drawn.starts.entries()) world.publish('go', data, { id: `start${index}` })
  goOn(world)
  if (predicted === 'tied') return world
  const desk = { find: (who: Who) => findRun(world, who), command: world.command.bind(world) }
  for (const order of predicted.orders) {
    world.faults.on = true
    giveOrder(desk, order, (words) => {
      if (words.startsWith('there is no run')) throw new Broken(`the reference: ${words} like ${JSON.stringify(order.run)}`)
    })
    goOn(world)
  }
  const what = faultyDifference(predicted.runs, world)
  if (what !== null) throw new Broken(`the reference: ${what}`)
  return world
}

/** Faults change the order in which runs begin: it is the one that has come to the same. */
function findRun(world: World, { flow, input, history }: Who): RunState | undefined {
  const wanted = counted(history)
  return world.runs().find(({ id, flow: key }) => {
    const entries = world.store.journal.read(id).flatMap((row) => row.entries)
    const [first] = entries
    const began = first?.kind === 'run.started' ? first.data : first?.kind === 'run.forked' ? first.begin.input : null
    return key === flow && isSame(began, input) && counted(historyOf(entries).map(({ what }) => what)) === wanted
  })
}

/** Failed attempts do not count: how many there are is the faults' matter. */
function counted(history: readonly string[]): string {
  return history
    .filter((what) => !what.startsWith('failed '))
    .sort()
    .join('\n')
}

/** A while with faults and pauses, then until nothing happens any more. */
function goOn(world: World): void {
  for (let turn = 0; turn < 30; turn++) {
    world.advance(world.random.between(0, 4_000))
    answerTasks(world)
    if (world.random.chance(0.1)) world.command('engine.flow.pause', { flow: 'main', mode: 'hold', reason: 'a look' })
    if (world.random.chance(0.2)) world.command('engine.flow.resume', { flow: 'main' })
  }
  world.settle(60_000)
  // Not before: a pause that was told twice may come late.
  world.command('engine.flow.resume', { flow: 'main' })
  for (let turn = 0; turn < 40; turn++) {
    world.settle(3_600_000)
    if (!answerTasks(world)) return
  }
}

function failed(key: string): never {
  throw new Error(`flow ${key} does not compile any more`)
}

/** True: there was one. */
function answerTasks(world: World): boolean {
  let isAny = false
  for (const { id, flow, version, tokens } of world.runs()) {
    for (const { node, wait } of Object.values(tokens)) {
      if (wait?.kind !== 'task') continue
      const action = world.store.flows.get(flow, version)?.nodes[node]?.config.action
      world.command('answer', { run: id, task: wait.taskId, action, data: personSays })
      isAny = true
    }
  }
  return isAny
}

/** All that happened in all runs, in any order and at any time. Failed attempts do not count: how many there are is the faults' matter. */
function faultyDifference(predicted: readonly ReferenceRun[], world: World): string | null {
  const wanted = predicted.flatMap(({ drawing, history }) => history.map(({ what }) => `${drawing.flow.key}: ${what}`))
  const real = world.runs().flatMap(({ id, flow }) => {
    const entries = world.store.journal.read(id).flatMap((row) => row.entries)
    const writes = entries.filter((entry) => entry.kind === 'node.completed' && didIt(entry.why) && isWrite(world, id, entry.node)).length
    if (world.store.records.count(writtenTable, { run: id }) !== writes) throw new Broken(`I2: run ${id} did not write once for each step`)
    return historyOf(entries).map(({ what }) => `${flow}: ${what}`)
  })
  const counts = new Map<string, number>()
  const count = (list: readonly string[], by: number) => {
    for (const one of list) if (!one.includes(': failed ')) counts.set(one, (counts.get(one) ?? 0) + by)
  }
  count(wanted, 1)
  count(real, -1)
  const off = [...counts].filter(([, by]) => by !== 0).map(([one, by]) => `${by > 0 ? 'missing' : 'too much'} ${one}`)
  return off.length === 0 ? null : off.slice(0, 8).join(' | ')
}

/** Not skipped, and not handed on from an earlier run. */
function didIt(why: Why | null): boolean {
  return why?.skipped !== true && why?.kept !== true
}

function isWrite(world: World, run: string, node: string): boolean {
  const state = world.store.runs.load(run)?.state
  return state !== undefined && world.store.flows.get(state.flow, state.version)?.nodes[node]?.type === 'ref.write'
}

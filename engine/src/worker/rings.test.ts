import { describe, expect, test } from 'vitest'
import { type Bench, bench, flow, type TestNode } from '../testing/index.ts'
import { behindTable } from './behind.ts'
import type { StepContext, WriteContext } from './index.ts'
import { engineLimits } from './limits.ts'

const order = (context: WriteContext, handler = 'ring.ask') =>
  context.effect({ handler, request: {}, use: null, onResult: 'ring.answered', idempotencyKey: context.newId() })

/** A step that has its pack act outside, without waiting for it. */
const asks: TestNode = {
  type: 'ring.ask',
  effect: 'internal',
  config: {},
  step: (context: StepContext) => {
    order(context)
    return { kind: 'output', port: 'out', data: context.input }
  },
}

const ring = (key = 'ring') => flow(key).node('start', 'test.event', { type: 'go' }).node('ask', 'ring.ask').wire('start', 'ask').build()

const emits = (context: WriteContext) => context.emit({ source: 'ring', type: 'go', data: null })

/** Answers what is out, one after the other, as often as told at the most; gives how many were answered. */
function answerAll(world: Bench, most: number): number {
  let count = 0
  for (; world.acts.length > 0 && count < most; count++) world.answer()
  return count
}

const runsOf = (world: Bench) => world.store.runIds().length
const letters = (world: Bench) => world.store.audited.filter(({ refs }) => refs.code === 'SLU_CALL_DEPTH').length

describe('a ring of flows that goes through an act of a pack, which belongs to no run', () => {
  test('ends like any other when what is done with the answer sets off the next round', () => {
    const world = bench({
      flows: [ring()],
      nodes: [asks],
      commands: { 'ring.answered': emits },
    })
    world.send('go')
    expect(answerAll(world, 1_000)).toBe(engineLimits.callDepthMax + 1)
    expect([runsOf(world), letters(world)]).toEqual([engineLimits.callDepthMax + 1, 1])
    expect(world.store.records.count(behindTable)).toBe(0)
    // Nobody is shut out by it: an event from outside begins anew.
    world.send('go')
    expect(answerAll(world, 5)).toBe(5)
  })

  test('is counted across restarts and through acts that a gate refuses', () => {
    let asked = 0
    const refused = { allowed: false, code: 'SLU_TEST', reason: 'not this one', why: {} } as const
    const world = bench({
      flows: [ring()],
      nodes: [asks],
      commands: { 'ring.answered': emits },
      gates: [{ name: 'every third', check: () => (++asked % 3 === 0 ? refused : { allowed: true }) }],
    })
    world.send('go')
    for (let round = 0; round < 400 && world.acts.length > 0; round++) {
      if (round % 10 === 0) world.restart()
      if (world.acts.length > 0) world.answer()
    }
    expect([world.acts.length, runsOf(world)]).toEqual([0, engineLimits.callDepthMax + 1])
    expect(world.store.records.count(behindTable)).toBe(0)
  })

  test('is not mistaken for one when a step orders an act whose answer nobody takes, or when no step ordered it', () => {
    const silent: TestNode = {
      ...asks,
      type: 'ring.silent',
      step: (context: StepContext) => {
        context.effect({ handler: 'ring.ask', request: {}, use: null, idempotencyKey: context.newId() })
        return { kind: 'output', port: 'out', data: null }
      },
    }
    const quiet = flow('quiet').node('start', 'test.event', { type: 'quiet' }).node('ask', 'ring.silent').wire('start', 'ask').build()
    const world = bench({ flows: [quiet], nodes: [silent], commands: { 'ring.order': (context: WriteContext) => order(context) } })
    world.send('quiet')
    world.command('ring.order', null)
    expect([world.acts.length, world.store.records.count(behindTable)]).toEqual([2, 0])
  })

  test('ends when the answer starts the flow by name: the pack is told why', () => {
    const hand = flow('hand').node('start', 'core.manual').node('ask', 'ring.ask').wire('start', 'ask').build()
    const world = bench({
      flows: [hand],
      nodes: [asks],
      commands: { 'ring.answered': (context: WriteContext) => context.runs.start('hand', 'start', null, null) },
    })
    world.command('engine.run.start', { flow: 'hand', input: null })
    expect(answerAll(world, 1_000)).toBe(engineLimits.callDepthMax + 1)
    expect(world.store.audited.at(-1)).toMatchObject({ kind: 'engine.hook-failed', refs: { code: 'SLU_CALL_DEPTH' } })
  })
})

test('a ring through the tasks that runs leave behind when they end is one too', () => {
  const drawn = flow('ends')
    .node('start', 'test.event', { type: 'go' })
    .node('task', 'test.task')
    .node('act', 'test.act')
    .node('end', 'test.stop')
    .wire('start', 'task', 'act')
    .wire('act', 'end')
    .build()
  const world = bench({ flows: [drawn], commands: { 'tasks.closed': emits } })
  world.send('go')
  expect(answerAll(world, 1_000)).toBe(engineLimits.callDepthMax + 1)
})

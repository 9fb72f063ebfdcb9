import type { RunState } from '@sluice/engine/core'
import { compilePlainly, type MemoryStore, memoryStore } from '@sluice/engine/testing'
import {
  type Actor,
  type BegunRow,
  createEngine,
  type Engine,
  type EngineReply,
  type FeedItem,
  type NodeOutcome,
} from '@sluice/engine/worker'
import type { FlowDefinition, Json } from '@sluice/flows'
import type { PackDefinition } from '../pack.ts'
import { toRuntimes } from '../runtime.ts'
import type { PackServer } from '../server/pack-server.ts'
import { SluiceProblem } from '../server/problem.ts'

export interface WorldOptions {
  readonly packs: readonly PackDefinition[]
  readonly servers: readonly PackServer[]
  readonly flows?: readonly FlowDefinition[]
  readonly startAt?: number
}

/** Packs on the real loop with a memory store and a clock that moves when told. */
export interface World {
  readonly engine: Engine
  readonly store: MemoryStore
  /** Acts that left and have no answer yet, oldest first. */
  readonly acts: BegunRow[]
  readonly feed: FeedItem[]
  readonly now: () => number
  publish(flow: FlowDefinition): void
  /** Sends an event; gives the runs it started. */
  send(type: string, data?: Json, subject?: string | null): readonly string[]
  /** Runs a command; a refusal is thrown. */
  command<Result = unknown>(name: string, payload: unknown, actor?: Actor): Result
  /** Answers the oldest act that is out. */
  answer(outcome: NodeOutcome): void
  /** Moves the clock to each timer on the way and lets it fire. */
  advance(ms: number): void
  /** Sets the clock, also back; nothing fires before something is done. */
  jump(to: number): void
  run(id: string): RunState
}

const system: Actor = { kind: 'system', id: 'test' }

export function testWorld({ packs, servers, flows = [], startAt = Date.parse('2026-03-02T03:00:00.000Z') }: WorldOptions): World {
  let now = startAt
  let ids = 0
  const store = memoryStore()
  const acts: BegunRow[] = []
  const feed: FeedItem[] = []
  const fences = new Map<string, number>()
  const kinds = new Map(
    packs.flatMap((pack) => pack.nodes.map((node) => [node.type, { behaviour: node.behaviour ?? 'action', effect: node.effect }] as const)),
  )
  const engine = createEngine({
    store,
    clock: { now: () => now },
    newId: () => `id-${String(++ids).padStart(8, '0')}`,
    random: () => 0.5,
    nodes: toRuntimes(packs, servers),
    commands: new Map(servers.flatMap((server) => Object.entries(server.commands ?? {}))),
    gates: servers.flatMap((server) => server.gates ?? []),
    dispatch: { effects: (rows) => void acts.push(...rows), feed: (items) => void feed.push(...items) },
    fence: { bump: (subject) => void fences.set(subject, (fences.get(subject) ?? 0) + 1), read: (subject) => fences.get(subject) ?? 0 },
  })
  const one = <Result>(reply: EngineReply | undefined): Result => {
    if (reply?.ok === true) return reply.result as Result
    throw new SluiceProblem(reply?.code ?? 'SLU_NO_REPLY', reply?.status ?? 500, reply?.message ?? '', reply?.details ?? [])
  }
  const world: World = {
    engine,
    store,
    acts,
    feed,
    now: () => now,
    publish: (flow) => void world.command('engine.flow.put', { flow: compilePlainly(flow, kinds), activate: true }),
    send(type, data = null, subject = null) {
      const event = { id: `e-${++ids}`, source: 'test', type, subject, time: new Date(now).toISOString(), data }
      const { runs } = one<{ readonly runs: readonly { readonly run: string }[] }>(
        engine.execute([{ kind: 'event', actor: system, event }])[0],
      )
      return runs.map(({ run }) => run)
    },
    command: <Result>(name: string, payload: unknown, actor: Actor = system) =>
      one<Result>(engine.execute([{ kind: 'command', name, payload, actor }])[0]),
    answer(outcome) {
      const act = acts.shift()
      if (act === undefined) throw new Error('no act is out')
      one(engine.execute([{ kind: 'effect.result', id: act.id, outcome }])[0])
    },
    advance(ms) {
      const until = now + ms
      for (let next = engine.nextDueAt(); next !== null && next <= until; next = engine.nextDueAt()) {
        now = Math.max(now, next)
        engine.fireDue()
      }
      now = until
    },
    jump(to) {
      now = to
    },
    run(id) {
      const found = store.runs.load(id)
      if (found === null) throw new Error(`no run ${id}`)
      return found.state
    },
  }
  for (const flow of flows) world.publish(flow)
  return world
}

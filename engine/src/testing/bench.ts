import type { FlowDefinition, Json } from '@sluice/flows'
import type { CompiledFlow, RunState } from '../core/index.ts'
import {
  type Actor,
  type CommandHandler,
  createEngine,
  type Engine,
  type EngineReply,
  type EngineRequest,
  type FeedItem,
  type Gate,
  type NodeOutcome,
} from '../worker/index.ts'
import type { BegunRow } from '../worker/ports.ts'
import { compilePlainly } from './builders/compile-plainly.ts'
import { kindsOf, runtimesOf, type TestNode, testNodes } from './builders/nodes.ts'
import { type MemoryStore, memoryStore } from './memory/store.ts'

export interface BenchOptions {
  readonly flows?: readonly FlowDefinition[]
  readonly nodes?: readonly TestNode[]
  readonly commands?: { readonly [name: string]: CommandHandler }
  readonly consumers?: { readonly [type: string]: readonly string[] }
  readonly gates?: readonly Gate[]
  readonly startAt?: number
  readonly compile?: (definition: FlowDefinition, version: number) => CompiledFlow
}

/** A loop on the memory store with a clock that moves when told: for tests that look at one behaviour at a time. */
export interface Bench {
  readonly engine: Engine
  readonly store: MemoryStore
  /** Acts that left and have no answer yet, oldest first. */
  readonly acts: BegunRow[]
  readonly feed: FeedItem[]
  now: number
  publish(definition: FlowDefinition, version?: number): CompiledFlow
  send(type: string, data?: Json, options?: { id?: string; subject?: string | null; source?: string }): EngineReply
  command(name: string, payload: unknown, actor?: Actor): EngineReply
  execute(...requests: EngineRequest[]): readonly EngineReply[]
  /** Answers the oldest act that is out. */
  answer(outcome?: NodeOutcome): EngineReply
  /** Moves the clock to each timer on the way and lets it fire. */
  advance(ms: number): void
  /** As a kill -9 would: the same store, everything else anew. */
  restart(): void
  /** What the run looks like now. */
  run(id: string): RunState
  kinds(id: string): readonly string[]
}

const tester: Actor = { kind: 'user', id: 'u-test' }

export function bench(options: BenchOptions = {}): Bench {
  const store = memoryStore()
  const nodes = [...testNodes, ...(options.nodes ?? [])]
  const kinds = kindsOf(nodes)
  const compile = options.compile ?? ((definition: FlowDefinition, version: number) => compilePlainly(definition, kinds, version))
  let ids = 0
  const fences = new Map<string, number>()
  const start = (): Engine =>
    createEngine({
      store,
      clock: { now: () => it.now },
      newId: () => `id${String(++ids).padStart(6, '0')}`,
      random: () => 0.5,
      nodes: runtimesOf(nodes),
      commands: new Map(Object.entries(options.commands ?? {})),
      consumers: new Map(Object.entries(options.consumers ?? {})),
      gates: options.gates ?? [],
      dispatch: {
        effects: (rows) => it.acts.push(...rows),
        feed: (items) => it.feed.push(...items),
      },
      fence: {
        bump: (subject) => fences.set(subject, (fences.get(subject) ?? 0) + 1),
        read: (subject) => fences.get(subject) ?? 0,
      },
    })
  const one = (request: EngineRequest): EngineReply => it.engine.execute([request])[0] as EngineReply
  let events = 0
  const it: { -readonly [Key in keyof Bench]: Bench[Key] } = {
    engine: undefined as unknown as Engine,
    store,
    acts: [],
    feed: [],
    now: options.startAt ?? 1_000_000,
    publish(definition, version = 1) {
      const flow = compile(definition, version)
      const reply = it.command('engine.flow.put', { flow, activate: true })
      if (!reply.ok) throw new Error(reply.message)
      return flow
    },
    send: (type, data = null, { id = `e${++events}`, subject = null, source = 'test' } = {}) =>
      one({ kind: 'event', actor: tester, event: { id, source, type, subject, time: new Date(it.now).toISOString(), data } }),
    command: (name, payload, actor = tester) => one({ kind: 'command', name, payload, actor }),
    execute: (...requests) => it.engine.execute(requests),
    answer(outcome = { kind: 'output', port: 'out', data: null }) {
      const act = it.acts.shift()
      if (act === undefined) throw new Error('no act is out')
      return one({ kind: 'effect.result', id: act.id, outcome })
    },
    advance(ms) {
      const until = it.now + ms
      for (let next = it.engine.nextDueAt(); next !== null && next <= until; next = it.engine.nextDueAt()) {
        it.now = Math.max(it.now, next)
        it.engine.fireDue()
      }
      it.now = until
    },
    restart() {
      it.acts.length = 0
      it.engine = start()
      it.engine.recover()
    },
    run(id) {
      const run = store.runs.load(id)
      if (run === null) throw new Error(`no run ${id}`)
      return run.state
    },
    kinds: (id) => store.journal.read(id).flatMap(({ entries }) => entries.map(({ kind }) => kind)),
  }
  it.engine = start()
  for (const definition of options.flows ?? []) it.publish(definition)
  return it
}

/** Runs that an event started. */
export function startedBy(reply: EngineReply): readonly string[] {
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`)
  return (reply.result as { readonly runs: readonly { readonly run: string }[] }).runs.map(({ run }) => run)
}

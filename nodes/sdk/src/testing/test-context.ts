import type { FlowEvent } from '@sluice/engine/core'
import { type MemoryStore, memoryStore } from '@sluice/engine/testing'
import type { Actor, EventInput, PackEffect, StepContext, WriteContext } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'

/** What a command or step did beside writing records. */
export interface Traces {
  readonly emitted: EventInput[]
  readonly audited: string[]
  readonly timers: { readonly key: string; readonly command: string; readonly dueAt: number }[]
  readonly effects: PackEffect[]
  readonly started: { readonly flow: string; readonly data: Json }[]
  readonly commands: string[]
}

export interface StandIns {
  readonly now?: number
  readonly actor?: Actor
  readonly store?: MemoryStore
  /** Answers of other packs' commands. Calling one that is missing fails the test. */
  readonly commands?: { readonly [name: string]: (context: WriteContext, payload: never) => unknown }
}

/** A write context on memory records with nothing behind it: enough for one step or command, without an engine. */
export function testContext(standIns: StandIns = {}): {
  readonly context: WriteContext
  readonly traces: Traces
  readonly store: MemoryStore
} {
  const store = standIns.store ?? memoryStore()
  const traces: Traces = { emitted: [], audited: [], timers: [], effects: [], started: [], commands: [] }
  let ids = 0
  const newId = () => `id-${String(++ids).padStart(6, '0')}`
  const context: WriteContext = {
    records: store.records,
    now: standIns.now ?? 0,
    actor: standIns.actor ?? { kind: 'system', id: 'test' },
    newId,
    random: () => 0.5,
    emit(event) {
      traces.emitted.push(event)
      return { event: event.id ?? newId(), runs: [], repeated: false }
    },
    audit: (kind) => void traces.audited.push(kind),
    schedule: ({ key, command, dueAt }) => void traces.timers.push({ key, command, dueAt }),
    unschedule(key) {
      const at = traces.timers.findIndex((timer) => timer.key === key)
      if (at >= 0) traces.timers.splice(at, 1)
    },
    command<Result>(name: string, payload: unknown) {
      const handler = standIns.commands?.[name]
      if (handler === undefined) throw new Error(`The step calls ${name}; give it a stand-in under "commands".`)
      traces.commands.push(name)
      return handler(context, payload as never) as Result
    },
    effect: (effect) => void traces.effects.push(effect),
    cancelEffects: () => ({ cancelled: 0, begun: [] }),
    raiseFence: () => {},
    runs: {
      ofSubject: () => [],
      start(flow, _trigger, data) {
        traces.started.push({ flow, data })
        return newId()
      },
      cancel: () => true,
      retry: () => {},
      answerTask: () => {},
      noteTask: () => true,
      completeStep: () => true,
      forget: () => {},
      nodeTypes: () => [],
    },
    notify: () => {},
  }
  return { context, traces, store }
}

export interface StepInput {
  readonly config: object
  readonly input?: Json
  readonly event?: FlowEvent | null
  readonly subject?: string | null
}

/** A step's context around a write context. */
export function stepOf(context: WriteContext, { config, input, event, subject }: StepInput): StepContext {
  return {
    ...context,
    run: { id: 'run-1', flow: 'test-flow', version: 1, subject: subject ?? event?.subject ?? null },
    node: 'step',
    token: 't1',
    attempt: 1,
    config: config as StepContext['config'],
    input: input ?? null,
    event: event ?? null,
  }
}

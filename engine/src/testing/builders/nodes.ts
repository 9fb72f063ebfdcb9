import type { Json, JsonObject } from '@sluice/flows'
import type { EachPlan, FlowEvent } from '../../core/index.ts'
import type { NodeOutcome, NodeRuntime, PureContext, StepContext, Use } from '../../worker/index.ts'
import type { NodeKind } from './compile-plainly.ts'

export type TestNode = NodeRuntime & { readonly behaviour?: NodeKind['behaviour'] }

const anyConfig: JsonObject = { type: 'object', additionalProperties: true }

function pure(type: string, run: (context: PureContext) => NodeOutcome): TestNode {
  return { type, effect: 'none', config: anyConfig, pure: run }
}

function inside(type: string, step: (context: StepContext) => NodeOutcome): TestNode {
  return { type, effect: 'internal', config: anyConfig, step }
}

function out(data: Json): NodeOutcome {
  return { kind: 'output', port: 'out', data }
}

/** Small nodes for tests of the engine itself; the ones people use live in `nodes/`. */
export const testNodes: readonly TestNode[] = [
  {
    type: 'test.event',
    effect: 'none',
    behaviour: 'trigger',
    config: anyConfig,
    trigger: {
      eventTypes: (config) => [String(config.type ?? 'test')],
      matches: (event: FlowEvent, config) => event.type === String(config.type ?? 'test'),
    },
  },
  { type: 'core.manual', effect: 'none', behaviour: 'trigger', config: anyConfig },
  { type: 'test.race', effect: 'none', behaviour: 'race', config: anyConfig, pure: ({ input }) => out(input) },
  {
    type: 'test.each',
    effect: 'none',
    behaviour: 'each',
    config: anyConfig,
    pure: ({ config, input }) => {
      const {
        items = input,
        concurrency = 10,
        reviewed = false,
        collect = false,
        stop = false,
        finish = false,
      } = config as Partial<EachPlan>
      return { kind: 'each', plan: { items: items as readonly Json[], concurrency, reviewed, collect, stop, finish } }
    },
  },
  { type: 'test.join', effect: 'none', behaviour: 'join', config: anyConfig },
  /** Hands on `value`, or its input. */
  pure('test.echo', ({ config, input }) => out((config.value as Json) ?? input)),
  /** Leaves by the configured port. */
  pure('test.port', ({ config, input }) => ({ kind: 'output', port: String(config.port), data: input })),
  pure('test.stop', ({ config }) => ({ kind: 'stop', output: (config.output as Json) ?? null })),
  pure('test.fail-run', () => ({ kind: 'fail-run', error: { code: 'SLU_TEST', message: 'as drawn', terminal: true } })),
  pure('test.fail', ({ config }) => ({
    kind: 'failure',
    error: { code: String(config.code ?? 'SLU_TEST'), message: 'failed on purpose', terminal: config.terminal === true },
  })),
  pure('test.throw', () => {
    throw new TypeError('thrown on purpose')
  }),
  pure('test.wait', ({ config, input, now }) => ({
    kind: 'wait',
    wait: { kind: 'timer', dueAt: now + Number(config.ms ?? 1_000), port: 'out', data: input },
  })),
  pure('test.lock', ({ config, now }) => ({
    kind: 'wait',
    wait: {
      kind: 'lock',
      key: String(config.key),
      limit: Number(config.limit ?? 1),
      timeoutAt: config.timeoutMs === undefined ? null : now + Number(config.timeoutMs),
    },
  })),
  { ...pure('test.unlock', ({ input }) => out(input)), behaviour: 'unlock' },
  {
    ...pure('test.milestone', ({ config }) => ({ kind: 'wait', wait: { kind: 'milestone', step: String(config.step) } })),
    behaviour: 'milestone',
  },
  pure('test.wait-event', ({ config, now }) => ({
    kind: 'wait',
    wait: {
      kind: 'event',
      type: String(config.type),
      key: String(config.key),
      timeoutAt: config.timeoutMs === undefined ? null : now + Number(config.timeoutMs),
    },
  })),
  inside('test.task', ({ config, now, newId }) => ({
    kind: 'wait',
    wait: {
      kind: 'task',
      taskId: newId(),
      actions: ['approve', 'reject'],
      dueAt: config.dueMs === undefined ? null : now + Number(config.dueMs),
    },
  })),
  inside('test.call', ({ config, input, runs }) => {
    const run = runs.start(String(config.flow), null, input, null)
    return config.wait === false ? out({ run }) : { kind: 'wait', wait: { kind: 'call', run } }
  }),
  inside('test.emit', ({ config, emit, event }) => {
    const { event: id } = emit({
      source: 'test',
      type: String(config.type),
      subject: event?.subject ?? null,
      data: (config.data as Json) ?? null,
    })
    return out({ event: id })
  }),
  inside('test.command', ({ config, command }) => out((command(String(config.name), config.payload) ?? null) as Json)),
  { type: 'test.act', effect: 'idempotent', config: anyConfig, step: orderAct },
  { type: 'test.act-once', effect: 'unsafe', config: anyConfig, step: orderAct },
]

function orderAct({ config, input, event }: StepContext): NodeOutcome {
  const { purpose, scene, refusedPort } = config as { purpose?: string; scene?: string; refusedPort?: string }
  const subject = event?.subject ?? null
  const use: Use | null =
    purpose === undefined || subject === null ? null : { subject, purpose, scene: scene ?? 'any', session: null, effectKind: 'message' }
  const act = { kind: 'act', request: { say: (config.say as Json) ?? null, input }, use } as const
  return refusedPort === undefined ? act : { ...act, refusedPort }
}

export function runtimesOf(nodes: readonly TestNode[]): ReadonlyMap<string, NodeRuntime> {
  return new Map(nodes.map((node) => [node.type, node]))
}

export function kindsOf(nodes: readonly TestNode[]): ReadonlyMap<string, NodeKind> {
  return new Map(nodes.map(({ type, effect, behaviour }) => [type, { effect, behaviour: behaviour ?? 'action' }]))
}

import { compileFlow } from '@sluice/engine/compile'
import type { RunState } from '@sluice/engine/core'
import { evaluateWithJsonata, type Scope } from '@sluice/engine/expression'
import { memoryStore } from '@sluice/engine/testing'
import {
  type CommandHandler,
  createEngine,
  type EngineReply,
  type EngineRequest,
  evaluateHandler,
  type NodeOutcome,
  type OutboxRow,
  type WriteContext,
} from '@sluice/engine/worker'
import type { FlowDefinition, Json } from '@sluice/flows'
import { nodeTypes } from '@sluice/nodes'
import { output } from '@sluice/sdk'
import { createEngineParts } from '../packs/engine-parts.ts'
import { UsageError } from './options.ts'

/** What a step that acts on the outside world is said to have answered. */
export interface Mock {
  readonly port?: string
  readonly data?: Json
  readonly error?: { readonly code: string; readonly message: string }
}

export interface Answer {
  readonly action: string
  readonly data?: Json
}

/**
 * One flow on the real loop and the real packs, over a store in memory and a clock that moves when told. Nothing leaves: acts on the
 * outside world get the answers the caller gives.
 */
export interface Workbench {
  command(name: string, payload: unknown): unknown
  /** Starts the flow by hand; gives the run. */
  start(input: Json): string
  /** Sends an event; gives the flow's run, or null when it did not listen. */
  send(event: { readonly type: string; readonly subject?: string | null; readonly data?: Json }): string | null
  /** Does all that can be done now: answers acts, lets due timers fire. */
  settle(): Promise<void>
  /** Moves the clock, timer by timer. */
  advance(ms: number): Promise<void>
  /** Answers a waiting task of this step; false when there is none. */
  answer(run: string, node: string, answer: Answer): boolean
  run(id: string): RunState
}

const actor = { kind: 'user', id: 'workbench' } as const

export function workbench(flow: FlowDefinition, mocks: { readonly [node: string]: Mock }, startAt: number): Workbench {
  const store = memoryStore()
  const parts = createEngineParts()
  const acts: OutboxRow[] = []
  let now = startAt
  let ids = 0
  const answerTask: CommandHandler = (context: WriteContext, it: { run: string; task: string; action: string; data: Json }) =>
    context.runs.answerTask(it.run, it.task, it.action, it.data, actor.id)
  const engine = createEngine({
    store,
    clock: { now: () => now },
    newId: () => `01WORKBENCH${String(++ids).padStart(15, '0')}`,
    random: () => 0.5,
    nodes: parts.nodes,
    commands: new Map([...parts.commands, ['workbench.answer', answerTask]]),
    consumers: parts.consumers,
    gates: parts.gates,
    dispatch: { effects: (rows) => acts.push(...rows), feed: () => {} },
    fence: { bump: () => {}, read: () => 0 },
  })
  const ask = (request: EngineRequest): unknown => resultOf(engine.execute([request])[0])
  const command = (name: string, payload: unknown) => ask({ kind: 'command', name, payload, actor })

  const { compiled } = compileFlow(flow, { nodeTypes, version: 1 })
  if (compiled === null) throw new UsageError('The flow has errors; sluice validate says which', '流程有错误，可用 sluice validate 查看')
  command('engine.flow.put', { flow: compiled, activate: true })

  const settle = async () => {
    for (let rounds = 0; rounds < 10_000; rounds++) {
      const act = acts.shift()
      if (act !== undefined) ask({ kind: 'effect.result', id: act.id, outcome: await outcomeOf(act, mocks) })
      else if (!isDue()) return
      else engine.fireDue()
    }
  }
  const isDue = () => {
    const next = engine.nextDueAt()
    return next !== null && next <= now
  }

  return {
    command,
    start: (input) => (command('engine.run.start', { flow: flow.key, input }) as { run: string }).run,
    send({ type, subject = null, data = null }) {
      const event = { id: `event-${++ids}`, source: '/workbench', type, subject, time: new Date(now).toISOString(), data }
      const { runs } = ask({ kind: 'event', event, actor }) as { runs: readonly { flow: string; run: string }[] }
      return runs.find((run) => run.flow === flow.key)?.run ?? null
    },
    settle,
    async advance(ms) {
      const until = now + ms
      await settle()
      for (let next = engine.nextDueAt(); next !== null && next <= until; next = engine.nextDueAt()) {
        now = Math.max(now, next)
        await settle()
      }
      now = until
    },
    answer(run, node, { action, data = {} }) {
      const state = store.runs.load(run)?.state
      const wait = Object.values(state?.tokens ?? {}).find((token) => token.node === node && token.wait?.kind === 'task')?.wait
      if (wait?.kind !== 'task') return false
      command('workbench.answer', { run, task: wait.taskId, action, data })
      return true
    },
    run(id) {
      const state = store.runs.load(id)?.state
      if (state === undefined) throw new Error(`no run ${id}`)
      return state
    },
  }
}

/** Expressions are answered really; every other act by its mock, and without one by its own request. */
async function outcomeOf(act: OutboxRow, mocks: { readonly [node: string]: Mock }): Promise<NodeOutcome> {
  if (act.handler === evaluateHandler) return evaluated(act)
  const mock = act.node !== null && Object.hasOwn(mocks, act.node) ? mocks[act.node] : undefined
  if (mock?.error !== undefined) return { kind: 'failure', error: { ...mock.error, terminal: true } }
  return { kind: 'output', port: mock?.port ?? 'out', data: mock?.data ?? act.request }
}

async function evaluated(act: OutboxRow): Promise<NodeOutcome> {
  const { scope, expressions } = act.request as unknown as { scope: Scope; expressions: readonly { slot: string; source: string }[] }
  const results = await Promise.all(expressions.map(async ({ slot, source }) => [slot, await evaluateWithJsonata(source, scope)] as const))
  return output(Object.fromEntries(results) as unknown as Json)
}

function resultOf(reply: EngineReply | undefined): unknown {
  if (reply?.ok === true) return reply.result
  const why = reply === undefined ? null : `${reply.code}: ${reply.message}`
  throw new UsageError(why ?? 'no answer', why ?? '没有答复')
}

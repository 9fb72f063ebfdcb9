import type { FlowDefinition, Json } from '@sluice/flows'
import { applyAll, type RunState } from '../core/index.ts'
import {
  type Actor,
  createEngine,
  type EngineRequest,
  evaluateHandler,
  type NodeOutcome,
  type OutboxRow,
  type Store,
  type WriteContext,
} from '../worker/index.ts'
import { compilePlainly } from './builders/compile-plainly.ts'
import { kindsOf, runtimesOf, testNodes } from './builders/nodes.ts'
import { actOutcome, evaluateRequest } from './host-acts.ts'
import type { HostDriver } from './host-driver.ts'

const actor: Actor = { kind: 'system', id: 'driver' }

/** The storage shape: the loop over a store. */
export function storageDriver(store: Store, flows: readonly FlowDefinition[], close: () => void): HostDriver {
  let now = 1_000_000
  let ids = 0
  let events = 0
  const out: OutboxRow[] = []
  const acts = new Map<string, number>()
  const started: string[] = []
  const kinds = kindsOf(testNodes)
  const answerTask = ({ runs }: WriteContext, it: { run: string; task: string; action: string; data: Json }): void =>
    runs.answerTask(it.run, it.task, it.action, it.data, 'person')
  const engine = createEngine({
    store,
    clock: { now: () => now },
    newId: () => `id${String(++ids).padStart(6, '0')}`,
    random: () => 0.5,
    nodes: runtimesOf(testNodes),
    commands: new Map([['driver.answer', answerTask]]),
    gates: [],
    dispatch: {
      effects: (rows) => out.push(...rows),
      feed: (items) => {
        for (const item of items) if (item.kind === 'run' && !started.includes(item.run)) started.push(item.run)
      },
    },
    fence: { bump: () => {}, read: () => 0 },
  })

  async function execute(request: EngineRequest): Promise<unknown> {
    const [reply] = engine.execute([request])
    if (reply?.ok !== true) throw new Error(`${reply?.code}: ${reply?.message}`)
    await finishActs()
    return reply.result
  }
  async function finishActs(): Promise<void> {
    for (let row = out.shift(); row !== undefined; row = out.shift())
      engine.execute([{ kind: 'effect.result', id: row.id, outcome: row.handler === evaluateHandler ? await evaluated(row) : acted(row) }])
  }
  function acted(row: OutboxRow): NodeOutcome {
    const key = `${row.idempotencyKey}#${row.attempt}`
    acts.set(key, (acts.get(key) ?? 0) + 1)
    return actOutcome(row.request, row.attempt)
  }
  const command = (name: string, payload: unknown) => execute({ kind: 'command', name, payload, actor })
  const flowOf = new Map(flows.map((definition) => [definition.key, compilePlainly(definition, kinds)]))
  for (const flow of flowOf.values())
    engine.execute([{ kind: 'command', name: 'engine.flow.put', payload: { flow, activate: true }, actor }])

  function run(id: string): RunState {
    const state = store.runs.load(id)?.state
    const flow = flowOf.get(state?.flow ?? '')
    if (flow === undefined) throw new Error(`no run ${id}`)
    return applyAll(flow, null, entriesOf(id))
  }
  const entriesOf = (id: string) => store.journal.read(id).flatMap(({ entries }) => entries)

  return {
    acts,
    start: async (flow, data) => ((await command('engine.run.start', { flow, input: data })) as { run: string }).run,
    async event(type, data) {
      const event = { id: `event-${++events}`, source: 'driver', type, subject: null, time: new Date(now).toISOString(), data }
      await execute({ kind: 'event', actor, event })
    },
    async answer(id, node, action, data) {
      const wait = Object.values(run(id).tokens).find((token) => token.node === node && token.wait?.kind === 'task')?.wait
      if (wait?.kind !== 'task') throw new Error(`no task at ${node}`)
      await command('driver.answer', { run: id, task: wait.taskId, action, data })
    },
    async cancel(id, reason) {
      await command('engine.run.cancel', { run: id, reason })
    },
    async retry(id) {
      await command('engine.run.retry', { run: id })
    },
    async advance(ms) {
      const until = now + ms
      for (let next = engine.nextDueAt(); next !== null && next <= until; next = engine.nextDueAt()) {
        now = Math.max(now, next)
        engine.fireDue()
        await finishActs()
      }
      now = until
    },
    run: async (id) => run(id),
    journal: async (id) => entriesOf(id),
    children: async () => started,
    close: async () => close(),
  }
}

async function evaluated({ request }: OutboxRow): Promise<NodeOutcome> {
  return { kind: 'output', port: 'out', data: await evaluateRequest(request) }
}

import type { Json } from '@sluice/flows'
import type { JournalEntry, RunState } from '../../core/index.ts'
import { type Actor, type BegunRow, createEngine, type EngineReply, type EngineRequest, type WriteContext } from '../../worker/index.ts'
import { runtimesOf } from '../builders/nodes.ts'
import { memoryStore } from '../memory/store.ts'
import { neverTopic } from '../simulation/faults.ts'
import { Broken, checkStore } from '../simulation/invariants.ts'
import { type ActConfig, actAnswer, actMs, eventSays, personSays, type TaskConfig, withoutMessages } from './answers.ts'
import type { Drawn } from './grammar.ts'
import type { Order } from './operate.ts'
import { type Desk, giveOrder } from './operator.ts'
import { sorted } from './run.ts'
import { compileDrawn, playedNodes } from './types.ts'

const actor: Actor = { kind: 'system', id: 'reference' }

interface Happening {
  readonly at: number
  readonly rank: 0 | 2
  readonly happen: () => void
}

export interface PlayedRun {
  readonly state: RunState
  readonly history: readonly { readonly at: number; readonly what: string }[]
}

/** What becomes of an act, whoever is the host. */
export function answerOf({ request, attempt }: Pick<BegunRow, 'request' | 'attempt'>) {
  const { say, input } = request as unknown as { readonly say: ActConfig; readonly input: Json }
  const answer = actAnswer(say, input, attempt)
  return 'code' in answer
    ? ({ kind: 'failure', error: { code: answer.code, message: 'as drawn', terminal: answer.terminal } } as const)
    : ({ kind: 'output', port: answer.port, data: answer.data } as const)
}

export interface Played {
  readonly runs: readonly PlayedRun[]
  /** What operators heard. */
  readonly answers: readonly string[]
}

/** The real loop over a store, with a clock that stands still while something happens, and each result told twice. */
export function playHosted({ flows, next, starts, events, until }: Drawn, orders: readonly Order[]): Played {
  const store = memoryStore()
  const agenda: Happening[] = []
  let now = 0
  let ids = 0
  const later = (at: number, rank: 0 | 2, happen: () => void): void => {
    agenda.push({ at, rank, happen })
  }
  const nodesOf = new Map(flows.map((flow) => [flow.key, new Map(flow.nodes.map((node) => [node.id, node.config ?? {}]))]))
  const engine = createEngine({
    store,
    clock: { now: () => now },
    newId: () => `id${String(++ids).padStart(8, '0')}`,
    random: () => 0.5,
    nodes: runtimesOf(playedNodes),
    commands: new Map([
      [
        'play.answer',
        ({ runs }: WriteContext, it: { run: string; task: string; action: string }) =>
          runs.answerTask(it.run, it.task, it.action, personSays, 'u'),
      ],
    ]),
    gates: [],
    dispatch: {
      effects: (rows) => {
        for (const row of rows) {
          if (store.outbox.find(row.id)?.state !== 'begun') throw new Broken(`I6: ${row.id} left after it was withdrawn`)
          const { say, input } = row.request as unknown as { readonly say: ActConfig; readonly input: Json }
          later(now + actMs(say, input), 2, () => {
            // Told twice: the second time must change nothing.
            for (let time = 0; time < 2; time++) execute({ kind: 'effect.result', id: row.id, outcome: answerOf(row) })
          })
        }
      },
      feed: (items) => {
        for (const item of items) {
          if (item.kind === 'run') for (const entry of item.entries) open(item.run, item.flow, entry)
          else if (item.topic === neverTopic) throw new Broken('I2: something that threw was heard')
        }
      },
    },
    fence: { bump: () => {}, read: () => 0 },
  })
  const execute = (request: EngineRequest): EngineReply | undefined => engine.execute([request])[0]
  const command = (name: string, payload: unknown): EngineReply | undefined => execute({ kind: 'command', name, payload, actor })
  /** Whoever gets a task answers it when the drawing says. */
  function open(run: string, flow: string, entry: JournalEntry): void {
    if (entry.kind !== 'node.waiting' || entry.wait.kind !== 'task') return
    const { action, afterMs } = (nodesOf.get(flow)?.get(entry.node) ?? {}) as unknown as TaskConfig
    const task = entry.wait.taskId
    if (action !== null) later(now + afterMs, 2, () => command('play.answer', { run, task, action }))
  }
  for (const definition of flows) {
    command('engine.flow.put', { flow: compileDrawn(definition), activate: true })
  }
  command('engine.flow.put', { flow: compileDrawn(next, 2), activate: false })
  for (const { at, data } of starts) later(at, 0, () => command('engine.run.start', { flow: 'main', trigger: 'start', input: data }))
  events.forEach(({ at, type }, index) => {
    const event = { id: `e${index}`, source: 'play', type, subject: null, time: new Date(at).toISOString(), data: eventSays }
    later(at, 0, () => execute({ kind: 'event', event, actor }))
  })
  const runs = (): readonly RunState[] => store.runIds().flatMap((id) => store.runs.load(id)?.state ?? [])
  const answers: string[] = []
  const desk: Desk = {
    find: ({ number }) => runs()[number],
    command: (name, payload, answered) => {
      const reply = command(name, payload)
      if (reply !== undefined) answered(reply)
    },
  }
  for (const order of orders) later(order.at, 0, () => giveOrder(desk, order, (words) => answers.push(words)))
  for (;;) {
    const at = agenda.reduce((least, one) => Math.min(least, one.at), Number.POSITIVE_INFINITY)
    const timerAt = engine.nextDueAt() ?? Number.POSITIVE_INFINITY
    const isOutside = agenda.some((one) => one.at === at && one.rank === 0)
    const soonest = Math.min(at, timerAt)
    if (soonest > until) break
    now = Math.max(now, soonest)
    if (timerAt < at || (timerAt === at && !isOutside)) {
      engine.fireDue(1)
      continue
    }
    const index = agenda.findIndex((one) => one.at === at && (one.rank === 0 || !isOutside))
    agenda.splice(index, 1)[0]?.happen()
    checkStore({ store, runs })
  }
  const played = store.runIds().flatMap((id): PlayedRun[] => {
    const state = store.runs.load(id)?.state
    const entries = store.journal.read(id).flatMap((row) => row.entries)
    return state === undefined ? [] : [{ state, history: historyOf(entries) }]
  })
  return { runs: played, answers }
}

/** The journal in the words of the reference. */
export function historyOf(entries: readonly JournalEntry[]): { at: number; what: string }[] {
  return entries.flatMap((entry) => {
    const what = told(entry)
    return what === null ? [] : [{ at: entry.at, what }]
  })
}

function told(entry: JournalEntry): string | null {
  const left = (node: string, port: string, data: Json) => `left ${node} ${port} ${JSON.stringify(sorted(withoutMessages(data)))}`
  switch (entry.kind) {
    case 'node.completed':
    case 'join.passed':
    case 'lock.left':
    case 'region.ended':
      return left(entry.node, entry.port, entry.data)
    case 'lock.taken':
      return left(entry.node, 'out', entry.data)
    case 'run.queued':
      return 'queued'
    case 'node.failed':
      return `failed ${entry.node} ${entry.attempt} ${entry.error.code}`
    case 'incident.raised':
      return `incident ${entry.node} ${entry.error.code}`
    case 'token.cancelled':
      return `cancelled ${entry.node}`
    case 'join.ignored':
      return `ignored ${entry.node}`
    case 'race.won':
      return `won ${entry.node} ${entry.by}`
    case 'each.item-started':
      return `item ${entry.node} ${entry.index}`
    case 'each.item-failed':
      return `item failed ${entry.node} ${entry.index} ${entry.error.code}`
    case 'node.skipped':
      return `skipped ${entry.node}`
    case 'run.forked':
      return `taken up at ${entry.begin.node}`
    case 'run.moved':
      return 'moved'
    case 'undo.started':
      return `undoes ${entry.region ?? 'all'}`
    case 'undo.step-started':
      return `undo ${entry.node}`
    case 'undo.step-done':
      return `undone ${entry.node}`
    case 'run.succeeded':
      return 'run succeeded '
    case 'run.failed':
      return `run failed ${entry.error.code}`
    case 'run.cancelled':
      return 'run cancelled '
    default:
      return null
  }
}

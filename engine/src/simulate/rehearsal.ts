import type { Json } from '@sluice/flows'
import { evaluateWithJsonata, type Scope } from '../expression/index.ts'
import type { Mock, SimulationInput, SimulationResult } from '../simulate.ts'
import { type MemoryStore, memoryStore } from '../testing/memory/store.ts'
import { Agenda } from '../testing/simulation/agenda.ts'
import { Random } from '../testing/simulation/random.ts'
import {
  type Actor,
  createEngine,
  type Engine,
  EngineProblem,
  evaluateHandler,
  type NodeOutcome,
  type OutboxRow,
  type WriteContext,
} from '../worker/index.ts'
import { simulationLimits } from './limits.ts'
import { mockedOutcome } from './mocked-outcome.ts'
import { rehearsedNodes } from './rehearsed-nodes.ts'

type Happening =
  | { readonly kind: 'event'; readonly index: number }
  | { readonly kind: 'result'; readonly id: string; readonly outcome: NodeOutcome }
  | { readonly kind: 'answer'; readonly run: string; readonly task: string; readonly action: string; readonly data: Json }

const actor: Actor = { kind: 'system', id: 'simulation' }

/** The real loop over a store in memory; the outside world is what the input says it is. */
export class Rehearsal {
  readonly #input: SimulationInput
  readonly #store: MemoryStore = memoryStore()
  readonly #engine: Engine
  readonly #agenda = new Agenda<Happening>()
  readonly #acts: OutboxRow[] = []
  readonly #left: { -readonly [Key in keyof SimulationResult['acts'][number]]: SimulationResult['acts'][number][Key] }[] = []
  readonly #answered = new Set<string>()
  /** Answers not given yet, in the order in which they were written. */
  readonly #answers: NonNullable<SimulationInput['answers']>[number][]
  readonly #mocksTaken = new Map<string, number>()
  #now: number
  #ids = 0

  constructor(input: SimulationInput) {
    this.#input = input
    this.#now = input.startAt
    this.#answers = [...(input.answers ?? [])]
    const random = new Random(1)
    const asItIs: NonNullable<SimulationInput['answer']> = ({ runs }, { run, task, action, data }) =>
      runs.answerTask(run, task, action, data, 'simulation')
    const answer = (context: WriteContext, given: Extract<Happening, { kind: 'answer' }>): void => (input.answer ?? asItIs)(context, given)
    this.#engine = createEngine({
      store: this.#store,
      clock: { now: () => this.#now },
      newId: () => `s${String(++this.#ids).padStart(6, '0')}`,
      random: () => random.next(),
      nodes: rehearsedNodes(input, (node) => this.#nextMock(node)),
      commands: new Map([...(input.commands ?? []), ['simulation.answer', answer]]),
      gates: input.gates ?? [],
      ...(input.consumers === undefined ? {} : { consumers: input.consumers }),
      dispatch: { effects: (rows) => this.#acts.push(...rows), feed: () => {} },
      fence: { bump: () => {}, read: () => 0 },
    })
    for (const flow of [...(input.others ?? []), input.flow])
      this.#engine.execute([{ kind: 'command', name: 'engine.flow.put', payload: { flow, activate: true }, actor }])
    for (const { command, payload } of input.given ?? []) {
      const [reply] = this.#engine.execute([{ kind: 'command', name: command, payload, actor }])
      if (reply?.ok === false) throw new EngineProblem(reply.code, reply.status, reply.message)
    }
    input.events.forEach(({ after = 0 }, index) => {
      this.#agenda.add(input.startAt + after, { kind: 'event', index })
    })
  }

  /** True when it had to be cut. */
  async play(until: number): Promise<boolean> {
    for (let count = 0; count < simulationLimits.happeningsMax; count++) {
      await this.#answerActs()
      this.#planAnswers()
      const timerAt = this.#engine.nextDueAt() ?? Number.POSITIVE_INFINITY
      const nextAt = this.#agenda.nextAt ?? Number.POSITIVE_INFINITY
      const at = Math.min(timerAt, nextAt)
      if (at > until || at === Number.POSITIVE_INFINITY) return false
      this.#now = Math.max(this.#now, at)
      if (timerAt < nextAt) this.#engine.fireDue()
      else this.#happen()
    }
    return true
  }

  result(truncated: boolean): SimulationResult {
    const states = this.#store.runIds().flatMap((id) => this.#store.runs.load(id)?.state ?? [])
    const timeline = states
      .flatMap(({ id, flow }) =>
        this.#store.journal
          .read(id)
          .flatMap(({ seq, entries }) => entries.map((entry, index) => ({ run: id, flow, seq: seq + index, entry }))),
      )
      .sort((left, right) => left.entry.at - right.entry.at)
    const runs = states.map(({ id, flow, status, output, error, tokens }) => ({
      run: id,
      flow,
      status,
      output,
      error: error ?? Object.values(tokens).find((token) => token.state === 'incident')?.error ?? null,
      waits: Object.values(tokens).flatMap(({ node, wait }) => (wait === null ? [] : [{ node, wait }])),
    }))
    return { runs, timeline, acts: this.#left, endedAt: this.#now, truncated }
  }

  #happen(): void {
    const next = this.#agenda.take()
    if (next === null) return
    if (next.kind === 'result') this.#engine.execute([{ kind: 'effect.result', id: next.id, outcome: next.outcome }])
    else if (next.kind === 'answer') this.#engine.execute([{ kind: 'command', name: 'simulation.answer', payload: next, actor }])
    else this.#send(next.index)
  }

  #send(index: number): void {
    const event = this.#input.events[index]
    if (event === undefined) return
    const { type, id = `event-${index + 1}`, source = '/simulation', subject = null, data = null, extensions } = event
    const time = new Date(this.#now).toISOString()
    this.#engine.execute([
      { kind: 'event', actor, event: { id, source, type, subject, time, data, ...(extensions === undefined ? {} : { extensions }) } },
    ])
  }

  /** Expressions are answered really; every other act by its mock, and without one it succeeds with what it was asked. */
  async #answerActs(): Promise<void> {
    for (let act = this.#acts.shift(); act !== undefined; act = this.#acts.shift()) {
      if (act.handler === evaluateHandler) {
        this.#agenda.add(this.#now, { kind: 'result', id: act.id, outcome: await evaluated(act) })
        continue
      }
      this.#left.push({ at: this.#now, run: act.run, node: act.node, handler: act.handler, request: act.request })
      const mock = act.node === null ? undefined : this.#nextMock(act.node)
      this.#agenda.add(this.#now + (mock?.after ?? 0), { kind: 'result', id: act.id, outcome: mockedOutcome(mock ?? {}, act.request) })
    }
  }

  /** Each waiting task takes the first answer written for its step. */
  #planAnswers(): void {
    for (const id of this.#store.runIds()) {
      for (const { node, wait } of Object.values(this.#store.runs.load(id)?.state.tokens ?? {})) {
        if (wait?.kind !== 'task' || this.#answered.has(wait.taskId)) continue
        const at = this.#answers.findIndex((answer) => answer.node === node)
        const [answer] = at < 0 ? [] : this.#answers.splice(at, 1)
        if (answer === undefined) continue
        this.#answered.add(wait.taskId)
        const { action, data = null, after = 0 } = answer
        this.#agenda.add(this.#now + after, { kind: 'answer', run: id, task: wait.taskId, action, data })
      }
    }
  }

  #nextMock(node: string): Mock | undefined {
    const { mocks = {} } = this.#input
    const found = Object.hasOwn(mocks, node) ? mocks[node] : undefined
    if (found === undefined || !isList(found)) return found?.real === true ? undefined : found
    const taken = this.#mocksTaken.get(node) ?? 0
    this.#mocksTaken.set(node, taken + 1)
    const mock = found[Math.min(taken, found.length - 1)]
    return mock?.real === true ? undefined : mock
  }
}

function isList(mock: Mock | readonly Mock[]): mock is readonly Mock[] {
  return Array.isArray(mock)
}

async function evaluated(act: OutboxRow): Promise<NodeOutcome> {
  const { scope, expressions } = act.request as unknown as { scope: Scope; expressions: readonly { slot: string; source: string }[] }
  const results = await Promise.all(expressions.map(async ({ slot, source }) => [slot, await evaluateWithJsonata(source, scope)] as const))
  return { kind: 'output', port: 'out', data: Object.fromEntries(results) as unknown as Json }
}

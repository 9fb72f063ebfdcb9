/**
 * The second driver shape (ARCHITECTURE §7): one loop per run inside an existing distributed durable engine. For each wait that is
 * over: decide, then open or close waits. The core is the same as in the storage hosts; the state is never stored, it is what the
 * recorded waits give.
 */
import type { Json, JsonObject } from '@sluice/flows'
import type { Command } from '../core/command.ts'
import { advance } from '../core/decide.ts'
import type { CoreEffect } from '../core/effect.ts'
import type { JournalEntry } from '../core/entry.ts'
import type { NodeId, RunId, TokenId, UserId } from '../core/ids.ts'
import type { RunState, Token } from '../core/run.ts'
import { type Worded, worded } from '../core/words.ts'
import type { NodeOutcome } from '../worker/context.ts'
import { undeclaredAct } from '../worker/outbox.ts'
import type { PreparedConfig } from '../worker/prepared-config.ts'
import type { PreparedFlow } from '../worker/prepared-flow.ts'
import { scopeOf, thrown, toCommand, unknownType } from '../worker/steps.ts'
import type { Arrival, Durable, DurableContext, Message } from './durable-context.ts'
import type { ReplayPorts, StepOrder, StepResult } from './ports.ts'

export interface DurableStart {
  readonly run: RunId
  readonly flow: string
  readonly version: number
  readonly command: Extract<Command, { kind: 'run.start' }>
}

/** Runs until the run has ended, over as many lives of the process as that takes; gives its last state. */
export async function runDurably(context: DurableContext, ports: ReplayPorts, start: DurableStart): Promise<RunState> {
  const run = new DurableRun(context, ports, start)
  for (let state = await run.begin(); ; state = await run.next()) if (state.endedAt !== null) return state
}

type Follow = { readonly command: Command } | { readonly node: NodeId; readonly token: TokenId; readonly attempt: number }

class DurableRun {
  readonly #context: DurableContext
  readonly #ports: ReplayPorts
  readonly #start: DurableStart
  readonly #prepared: PreparedFlow
  readonly #open = new Map<string, Durable<Json>>()
  /** What a wait stood for, by its name. */
  readonly #meanings = new Map<string, (value: Json) => Promise<void>>()
  readonly #follow: Follow[] = []
  readonly #queued: (() => Promise<void>)[] = []
  #entries: JournalEntry[] = []
  #state: RunState | null = null
  #at: number
  #messages = 0

  constructor(context: DurableContext, ports: ReplayPorts, start: DurableStart) {
    this.#context = context
    this.#ports = ports
    this.#start = start
    this.#prepared = ports.flow(start.flow, start.version)
    this.#at = start.command.at
  }

  async begin(): Promise<RunState> {
    this.#expectMessage()
    this.#follow.push({ command: this.#start.command })
    return this.#settle()
  }

  /** The next wait that is over, and all that follows from it. */
  async next(): Promise<RunState> {
    const { name, at, value }: Arrival = await this.#context.first(this.#open)
    this.#at = at
    const meaning = this.#meanings.get(name)
    this.#close(name)
    await meaning?.(value)
    return this.#settle()
  }

  async #settle(): Promise<RunState> {
    for (let next = this.#follow.shift(); next !== undefined; next = this.#follow.shift()) {
      if ('command' in next) this.#ask(next.command)
      else await this.#runStep(next)
      for (let effect = this.#queued.shift(); effect !== undefined; effect = this.#queued.shift()) await effect()
    }
    if (this.#state === null) throw new Error(`the start of run ${this.#start.run} was refused`)
    await this.#record(this.#state)
    return this.#state
  }

  #ask(command: Command): boolean {
    const { decision, run } = advance(this.#prepared.flow, this.#state, command)
    if (!decision.accepted) return false
    this.#state = run
    this.#entries.push(...decision.entries)
    for (const effect of decision.effects) this.#carryOut(effect)
    return true
  }

  #carryOut(effect: CoreEffect): void {
    const { run } = this.#start
    switch (effect.kind) {
      case 'node.run':
        this.#follow.push({ node: effect.node, token: effect.token, attempt: effect.attempt })
        break
      case 'timer.set':
        this.#wait(
          `timer ${effect.timerId}`,
          (name) => this.#context.timer(name, effect.dueAt),
          async () => {
            this.#follow.push({ command: { kind: 'timer.fire', at: this.#at, timerId: effect.timerId } })
          },
        )
        break
      case 'timer.clear':
        this.#close(`timer ${effect.timerId}`)
        break
      case 'event.await':
        this.#queued.push(() => this.#subscribe(effect))
        break
      case 'event.ignore':
        this.#once(`unsubscribe ${effect.token}`, () => this.#ports.unsubscribe(run, effect.token))
        break
      case 'task.close':
        this.#once(`close ${effect.taskId}`, () => this.#ports.closeTask(effect.taskId, effect.reason))
        break
      case 'node.abandon':
        this.#close(`act ${effect.token} ${effect.attempt}`)
        this.#close(`evaluate ${effect.token} ${effect.attempt}`)
        break
      case 'call.cancel':
        this.#once(`cancel ${effect.run}`, () => this.#ports.send(effect.run, { kind: 'cancel', reason: effect.reason, by: null }))
        break
      case 'run.ended':
        if (effect.parent !== null) {
          const { parent, status, output } = effect
          const said = saidIn(effect)
          this.#once('returned', () =>
            this.#ports.send(parent.run, { kind: 'returned', token: parent.token, run, status, output, ...said }),
          )
        }
        break
    }
  }

  /** Recorded before anything else goes on, in the order in which the core asked for it. */
  #once(name: string, work: () => Promise<void>): void {
    const unique = `${name} ${this.#state?.seq ?? 0}`
    this.#queued.push(async () => {
      await this.#did(unique, work)
    })
  }

  #wait(name: string, open: (name: string) => Durable<Json>, meaning: (value: Json) => Promise<void>): void {
    this.#open.set(name, open(name))
    this.#meanings.set(name, meaning)
  }

  #close(name: string): void {
    this.#open.delete(name)
    this.#meanings.delete(name)
  }

  async #subscribe({ token, type, key }: Extract<CoreEffect, { kind: 'event.await' }>): Promise<void> {
    const standing = this.#token(token)
    if (standing === undefined) return
    const buffered = this.#buffered.delete(token)
    const wait = { run: this.#start.run, token, node: standing.node, type, key, buffered }
    const name = `subscribe ${token} ${standing.attempt}`
    const earlier = await this.#context.step(name, async () => (await this.#ports.subscribe(wait)) as Json).result()
    if (earlier !== null) this.#follow.push({ command: { kind: 'signal.deliver', at: this.#at, token, event: earlier as never } })
  }

  readonly #buffered = new Set<TokenId>()

  #token(id: TokenId): Token | undefined {
    return this.#state?.tokens[id]
  }

  async #runStep({ token: id, attempt }: Exclude<Follow, { readonly command: Command }>): Promise<void> {
    const token = this.#token(id)
    if (token === undefined || token.state !== 'ready' || token.attempt !== attempt) return
    const { config } = this.#prepared.node(token.node)
    await this.#runResolved(token, config.resolve(scopeOf(this.#prepared.flow, this.#state, token, this.#at)))
  }

  async #runResolved(token: Token, resolved: ReturnType<PreparedConfig['resolve']>): Promise<void> {
    const { runtime, compiled } = this.#prepared.node(token.node)
    if (runtime === undefined) return this.#fail(token, unknownType(compiled.type))
    if (resolved.kind === 'failed') {
      this.#follow.push({ command: { kind: 'node.fail', at: this.#at, token: token.id, attempt: token.attempt, error: resolved.error } })
      return
    }
    if (resolved.kind === 'later') return this.#evaluate(token, resolved.request)
    const outcome =
      runtime.pure === undefined
        ? await this.#inside(token, resolved.config)
        : pureOutcome(
            () => runtime.pure?.({ config: resolved.config, input: token.input, event: this.#state?.event ?? null, now: this.#at }),
            runtime.type,
          )
    this.#settleStep(token, resolved.config, outcome)
  }

  #fail({ id: token, attempt }: Token, error: Worded): void {
    this.#follow.push({ command: { kind: 'node.fail', at: this.#at, token, attempt, error: { ...error, terminal: true } } })
  }

  #evaluate(token: Token, request: JsonObject): void {
    const name = `evaluate ${token.id} ${token.attempt}`
    this.#wait(
      name,
      () => this.#context.step(name, () => this.#ports.evaluate(request)),
      async (answers) => {
        const standing = this.#token(token.id)
        if (standing?.attempt !== token.attempt) return
        await this.#runResolved(standing, this.#prepared.node(token.node).config.resolveWith(request, answers))
      },
    )
  }

  async #inside(token: Token, config: JsonObject): Promise<NodeOutcome> {
    const order = this.#order(token, config)
    const given = await this.#context
      .step(`inside ${token.id} ${token.attempt}`, async () => (await this.#ports.inside(order)) as unknown as Json)
      .result()
    const { outcome, started } = given as unknown as StepResult
    const waitsFor = outcome.kind === 'wait' && outcome.wait.kind === 'call' ? outcome.wait.run : null
    const depth = (this.#state?.depth ?? 0) + 1
    const said = saidIn(this.#state ?? {})
    for (const child of started) {
      const parent = child.run === waitsFor ? { run: this.#start.run, token: token.id } : null
      this.#once(`start ${child.run}`, () => this.#ports.startRun({ ...child, parent, depth, ...said }))
    }
    return outcome
  }

  #order(token: Token, config: JsonObject): StepOrder {
    const { run, flow, version } = this.#start
    const { type } = this.#prepared.node(token.node).compiled
    const { id, node, attempt, input } = token
    return {
      run,
      flow,
      version,
      node,
      token: id,
      attempt,
      type,
      config,
      input,
      event: this.#state?.event ?? null,
      now: this.#at,
      key: `${run}:${id}:${node}`,
    }
  }

  #settleStep(token: Token, config: JsonObject, outcome: NodeOutcome): void {
    if (outcome.kind === 'act') {
      this.#act(token, config, outcome)
      return
    }
    if (outcome.kind === 'wait' && outcome.wait.kind === 'event' && outcome.wait.buffered === true) this.#buffered.add(token.id)
    this.#follow.push({ command: toCommand(this.#at, token, outcome) })
  }

  #act(token: Token, config: JsonObject, act: Extract<NodeOutcome, { kind: 'act' }>): void {
    const { effect, type } = this.#prepared.node(token.node).compiled
    if (effect !== 'idempotent' && effect !== 'unsafe') {
      this.#fail(token, undeclaredAct(type))
      return
    }
    const name = `act ${token.id} ${token.attempt}`
    const order = { ...this.#order(token, config), request: act.request, use: act.use, refusedPort: act.refusedPort ?? null }
    this.#wait(
      name,
      () => this.#context.step(name, async () => (await this.#ports.outside(order)) as unknown as Json),
      async (outcome) => {
        const standing = this.#token(token.id)
        if (standing?.attempt === token.attempt) this.#settleStep(standing, config, outcome as unknown as NodeOutcome)
      },
    )
  }

  #expectMessage(): void {
    const number = this.#messages++
    this.#wait(
      `message ${number}`,
      () => this.#context.message(number),
      async (message) => {
        this.#expectMessage()
        this.#follow.push({ command: commandOf(message as unknown as Message, this.#at) })
      },
    )
  }

  async #record(state: RunState): Promise<void> {
    const entries = this.#entries
    if (entries.length === 0) return
    this.#entries = []
    const row = { run: this.#start.run, seq: state.seq - entries.length + 1, at: this.#at, entries }
    await this.#did(`record ${row.seq}`, () => this.#ports.record(row))
  }

  async #did(name: string, work: () => Promise<void>): Promise<void> {
    const done = async (): Promise<null> => {
      await work()
      return null
    }
    await this.#context.step(name, done).result()
  }
}

function pureOutcome(run: () => NodeOutcome | undefined, type: string): NodeOutcome {
  try {
    return (
      run() ?? {
        kind: 'failure',
        error: { ...worded('SLU_OUTCOME_INVALID', `${type} gave nothing`, `${type} 没有返回结果`), terminal: true },
      }
    )
  } catch (error) {
    return { kind: 'failure', error: thrown(type, error) }
  }
}

function saidIn({ authors }: { readonly authors?: readonly UserId[] }): { readonly authors?: readonly UserId[] } {
  return authors === undefined ? {} : { authors }
}

function commandOf(message: Message, at: number): Command {
  switch (message.kind) {
    case 'event':
      return { kind: 'signal.deliver', at, token: message.token, event: message.event, ...saidIn(message) }
    case 'answer':
      return {
        kind: 'task.answer',
        at,
        taskId: message.task,
        action: message.action,
        data: message.data,
        by: message.by,
        ...saidIn(message),
      }
    case 'returned':
      return {
        kind: 'call.return',
        at,
        token: message.token,
        run: message.run,
        status: message.status,
        output: message.output,
        ...saidIn(message),
      }
    case 'cancel':
      return { kind: 'run.cancel', at, reason: message.reason, by: message.by }
    case 'retry':
      return { kind: 'run.retry', at, by: message.by }
  }
}

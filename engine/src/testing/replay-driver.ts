import type { FlowDefinition, Json } from '@sluice/flows'
import { applyAll, type FlowEvent, type JournalEntry, type RunState } from '../core/index.ts'
import { type DurableStart, type Message, type ReplayPorts, runDurably, type StepOrder, type StepResult } from '../replay-host/index.ts'
import type { NodeOutcome, StepContext } from '../worker/index.ts'
import { PreparedFlow } from '../worker/prepared-flow.ts'
import { compilePlainly } from './builders/compile-plainly.ts'
import { kindsOf, runtimesOf, testNodes } from './builders/nodes.ts'
import { Crash, DurableRecord, FakeDurable, Suspended } from './fake-durable.ts'
import { actOutcome, evaluateRequest } from './host-acts.ts'
import type { HostDriver } from './host-driver.ts'

interface Hosted {
  readonly start: DurableStart
  readonly record: DurableRecord
  readonly rows: Map<number, readonly JournalEntry[]>
  ended: boolean
}

interface Subscription {
  readonly run: string
  readonly token: string
  readonly node: string
  readonly type: string
  readonly key: string
}

export interface ReplayDriverOptions {
  /** Whether the process dies at the next recorded place; never, unless told. */
  readonly crashes?: () => boolean
}

/** The replay shape: one durable loop per run, over a fake durable engine, forgotten whenever it waits. */
export function replayDriver(flows: readonly FlowDefinition[], options: ReplayDriverOptions = {}): HostDriver {
  return new ReplayDriver(flows, options.crashes ?? (() => false))
}

class ReplayDriver implements HostDriver {
  readonly acts = new Map<string, number>()
  readonly #runtimes = runtimesOf(testNodes)
  readonly #flows: ReadonlyMap<string, PreparedFlow>
  readonly #crashes: () => boolean
  readonly #hosted = new Map<string, Hosted>()
  readonly #subscriptions = new Map<string, Subscription>()
  /** The services' own memory: what they did by name, so that doing it again gives the same. */
  readonly #done = new Map<string, unknown>()
  readonly #awake: string[] = []
  #now = 1_000_000
  #ids = 0
  #events = 0

  constructor(flows: readonly FlowDefinition[], crashes: () => boolean) {
    const kinds = kindsOf(testNodes)
    this.#flows = new Map(flows.map((one) => [one.key, new PreparedFlow(compilePlainly(one, kinds), this.#runtimes)]))
    this.#crashes = crashes
  }

  async start(flow: string, data: Json): Promise<string> {
    const run = this.#newId()
    this.#host(run, flow, data, null, 0)
    await this.#settle()
    return run
  }

  async event(type: string, data: Json): Promise<void> {
    const event: FlowEvent = {
      id: `event-${++this.#events}`,
      source: 'driver',
      type,
      subject: null,
      time: new Date(this.#now).toISOString(),
      data,
    }
    this.#newId()
    for (const wait of [...this.#subscriptions.values()]) {
      const node = this.#flowOf(wait.run).node(wait.node)
      if (wait.type === type && node.config.matchKey(event, this.#now) === wait.key)
        this.#send(wait.run, { kind: 'event', token: wait.token, event })
    }
    await this.#settle()
  }

  async answer(run: string, node: string, action: string, data: Json): Promise<void> {
    const wait = Object.values((await this.run(run)).tokens).find((token) => token.node === node && token.wait?.kind === 'task')?.wait
    if (wait?.kind !== 'task') throw new Error(`no task at ${node}`)
    this.#send(run, { kind: 'answer', task: wait.taskId, action, data, by: 'person' })
    await this.#settle()
  }

  async cancel(run: string, reason: string): Promise<void> {
    this.#send(run, { kind: 'cancel', reason, by: null })
    await this.#settle()
  }

  async retry(run: string): Promise<void> {
    this.#send(run, { kind: 'retry', by: null })
    await this.#settle()
  }

  async advance(ms: number): Promise<void> {
    const until = this.#now + ms
    for (let next = this.#nextDue(); next !== null && next.at <= until; next = this.#nextDue()) {
      this.#now = Math.max(this.#now, next.at)
      this.#awake.push(next.run)
      await this.#settle()
    }
    this.#now = until
  }

  async run(id: string): Promise<RunState> {
    return applyAll(this.#flowOf(id).flow, null, await this.journal(id))
  }

  async journal(id: string): Promise<readonly JournalEntry[]> {
    return [...this.#get(id).rows].sort(([left], [right]) => left - right).flatMap(([, entries]) => entries)
  }

  children(): Promise<readonly string[]> {
    return Promise.resolve([...this.#hosted.keys()])
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  #nextDue(): { readonly at: number; readonly run: string } | null {
    let found: { at: number; run: string } | null = null
    for (const [run, { record, ended }] of this.#hosted) {
      const at = record.wakeAt
      if (!ended && at !== null && (found === null || at < found.at)) found = { at, run }
    }
    return found
  }

  async #settle(): Promise<void> {
    for (let run = this.#awake.shift(); run !== undefined; run = this.#awake.shift()) await this.#live(run)
  }

  /** Lives of one run, until it ends or waits. */
  async #live(run: string): Promise<void> {
    const hosted = this.#get(run)
    while (!hosted.ended) {
      hosted.record.wakeAt = null
      try {
        await runDurably(new FakeDurable(hosted.record, { now: () => this.#now, crashes: this.#crashes }), this.#ports, hosted.start)
        hosted.ended = true
      } catch (thrown) {
        if (thrown instanceof Suspended) return
        if (!(thrown instanceof Crash)) throw thrown
      }
    }
  }

  #host(
    run: string,
    flow: string,
    data: Json,
    parent: { readonly run: string; readonly token: string } | null,
    depth: number,
    authors: readonly string[] = [],
  ): void {
    const prepared = this.#prepared(flow)
    const [trigger = ''] = prepared.flow.triggers
    const command = {
      kind: 'run.start',
      at: this.#now,
      run,
      trigger,
      event: null,
      data,
      parent,
      ...(depth === 0 ? {} : { depth }),
      ...(authors.length === 0 ? {} : { authors }),
    } as const
    this.#hosted.set(run, { start: { run, flow, version: 1, command }, record: new DurableRecord(), rows: new Map(), ended: false })
    this.#awake.push(run)
  }

  #send(run: string, message: Message): void {
    this.#get(run).record.messages.push({ at: this.#now, message })
    this.#awake.push(run)
  }

  #get(run: string): Hosted {
    const hosted = this.#hosted.get(run)
    if (hosted === undefined) throw new Error(`no run ${run}`)
    return hosted
  }

  #flowOf(run: string): PreparedFlow {
    return this.#prepared(this.#get(run).start.flow)
  }

  #prepared(key: string): PreparedFlow {
    const flow = this.#flows.get(key)
    if (flow === undefined) throw new Error(`no flow ${key}`)
    return flow
  }

  #newId(): string {
    return `id${String(++this.#ids).padStart(6, '0')}`
  }

  #once<Result>(name: string, work: () => Result): Promise<Result> {
    if (!this.#done.has(name)) this.#done.set(name, work())
    return Promise.resolve(this.#done.get(name) as Result)
  }

  readonly #ports: ReplayPorts = {
    flow: (key) => this.#prepared(key),
    inside: (order) => this.#once(`inside ${order.key}#${order.attempt}`, () => this.#inside(order)),
    outside: (order) =>
      this.#once(`outside ${order.key}#${order.attempt}`, () => {
        const key = `${order.key}#${order.attempt}`
        this.acts.set(key, (this.acts.get(key) ?? 0) + 1)
        return actOutcome(order.request, order.attempt)
      }),
    evaluate: evaluateRequest,
    subscribe: (wait) => {
      this.#subscriptions.set(`${wait.run} ${wait.token}`, wait)
      return Promise.resolve(null)
    },
    unsubscribe: (run, token) => {
      this.#subscriptions.delete(`${run} ${token}`)
      return Promise.resolve()
    },
    closeTask: () => Promise.resolve(),
    startRun: ({ run, flow, data, parent, depth, authors }) =>
      this.#once(`start ${run}`, () => this.#host(run, flow, data, parent, depth, authors)),
    send: (run, message) => this.#once(`send ${run} ${JSON.stringify(message)}`, () => this.#send(run, message)),
    record: ({ run, seq, entries }) => {
      this.#get(run).rows.set(seq, entries)
      return Promise.resolve()
    },
  }

  /** The service that owns the data: its own transaction, and runs it starts in it. */
  #inside({ type, config, input, event, now, run, node, token, attempt, flow, version }: StepOrder): StepResult {
    const started: { run: string; flow: string; data: Json }[] = []
    const runs = {
      start: (called: string, _trigger: string | null, data: Json) => {
        const id = this.#newId()
        started.push({ run: id, flow: called, data })
        return id
      },
    }
    const context = {
      config,
      input,
      event,
      now,
      node,
      token,
      attempt,
      newId: () => this.#newId(),
      runs,
      run: { id: run, flow, version, subject: null },
    }
    const outcome: NodeOutcome | undefined = this.#runtimes.get(type)?.step?.(context as unknown as StepContext)
    if (outcome === undefined) throw new Error(`${type} has no step`)
    return { outcome, started }
  }
}

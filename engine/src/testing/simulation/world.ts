import type { FlowDefinition, Json } from '@sluice/flows'
import { type CompiledFlow, digestRun, type RunState } from '../../core/index.ts'
import {
  type Actor,
  type CommandHandler,
  createEngine,
  type Engine,
  type EngineReply,
  type EngineRequest,
  type EventEnvelope,
  type Gate,
  type NodeOutcome,
} from '../../worker/index.ts'
import type { BegunRow } from '../../worker/ports.ts'
import { compilePlainly } from '../builders/compile-plainly.ts'
import { kindsOf, runtimesOf, type TestNode, testNodes } from '../builders/nodes.ts'
import { type MemoryStore, memoryStore } from '../memory/store.ts'
import { Agenda } from './agenda.ts'
import { Crash, crashing, DiskFull, FaultSource, type Faults, neverTopic } from './faults.ts'
import { acknowledgedKept, Broken, checkInvariants } from './invariants.ts'
import { Random } from './random.ts'

export interface SimulationOptions {
  readonly seed: number
  readonly flows: readonly FlowDefinition[]
  readonly nodes?: readonly TestNode[]
  readonly commands?: { readonly [name: string]: CommandHandler }
  readonly consumers?: { readonly [type: string]: readonly string[] }
  readonly gates?: readonly Gate[]
  readonly faults?: Faults
  /** What an outside act answers, by handler; without one it succeeds with null. */
  readonly acts?: { readonly [handler: string]: (act: BegunRow, random: Random) => NodeOutcome }
  readonly compile?: (definition: FlowDefinition, version: number) => CompiledFlow
  readonly startAt?: number
  /** Called when an act is about to reach the world; throws when it must not. */
  readonly onAct?: (act: BegunRow, world: World) => void
}

/** An act that reached the outside world. */
export interface Performed {
  readonly act: BegunRow
  readonly at: number
}

type Happening =
  | { readonly kind: 'request'; readonly request: EngineRequest; readonly answered: (reply: EngineReply) => void }
  | { readonly kind: 'act'; readonly act: BegunRow }
  | { readonly kind: 'result'; readonly id: string; readonly outcome: NodeOutcome }

const actor: Actor = { kind: 'system', id: 'simulation' }

/** The real loop on a machine that may die at any moment, with virtual time. The same seed gives the same history. */
export class World {
  readonly random: Random
  readonly store: MemoryStore
  readonly faults: FaultSource
  /** Every act that reached the world, in order. */
  readonly performed: Performed[] = []
  /** Events somebody got an answer for. */
  readonly acknowledged: { readonly event: EventEnvelope; readonly runs: readonly { readonly run: string }[] }[] = []
  crashes = 0
  /** Batches that were refused because a write found no room. */
  refusedByDisk = 0
  /** Real time; the machine's clock may be off by `skew`. */
  now: number
  skew = 0
  readonly #options: SimulationOptions
  readonly #agenda = new Agenda<Happening>()
  readonly #fences = new Map<string, number>()
  readonly #nodes: readonly TestNode[]
  #engine: Engine | null = null
  #ids = 0

  constructor(options: SimulationOptions) {
    this.#options = options
    this.random = new Random(options.seed)
    this.now = options.startAt ?? 1_700_000_000_000
    this.faults = new FaultSource(this.random, options.faults ?? {}, options.seed)
    this.store = memoryStore()
    this.#nodes = [...testNodes, ...(options.nodes ?? [])]
    this.faults.on = false
    this.#restart()
    for (const definition of options.flows) this.publishFlow(definition)
    this.faults.on = true
  }

  /** A published version, active from now on unless told otherwise. */
  publishFlow(definition: FlowDefinition, version = 1, activate = true): CompiledFlow {
    const compile = this.#options.compile ?? ((one: FlowDefinition, number: number) => compilePlainly(one, kindsOf(this.#nodes), number))
    const flow = compile(definition, version)
    this.command('engine.flow.put', { flow, activate })
    return flow
  }

  /** Sends an event; whoever sends it repeats it until it is answered. */
  publish(
    type: string,
    data: Json = null,
    { id = `e${++this.#ids}`, subject = null }: { id?: string; subject?: string | null } = {},
  ): void {
    const time = new Date(this.now).toISOString()
    const event: EventEnvelope = { id, source: 'simulation', type, subject, time, data }
    this.#send({ kind: 'event', event, actor }, (reply) => {
      if (!reply.ok) return
      const { runs } = reply.result as { runs: readonly { readonly run: string }[] }
      this.acknowledged.push({ event, runs })
    })
  }

  /** A command, repeated until it is answered. It must bear repetition. */
  command(name: string, payload: unknown, answered: (reply: EngineReply) => void = () => {}): void {
    this.#send({ kind: 'command', name, payload, actor }, answered)
  }

  /** Lets the world go on for so long. Checks every invariant after every happening. */
  advance(ms: number): void {
    const until = this.now + ms
    while (this.step(until)) {}
    this.now = Math.max(this.now, until)
  }

  /** The next thing that happens, if anything does until then. */
  step(until = Number.POSITIVE_INFINITY): boolean {
    const dueAt = this.#engine?.nextDueAt() ?? null
    const timerAt = dueAt === null ? Number.POSITIVE_INFINITY : Math.max(this.now, dueAt - this.skew)
    const happensAt = this.#agenda.nextAt ?? Number.POSITIVE_INFINITY
    if (Math.min(timerAt, happensAt) > until || (timerAt === Number.POSITIVE_INFINITY && happensAt === Number.POSITIVE_INFINITY))
      return false
    if (this.faults.happens('clockJump')) this.skew += this.random.between(-60_000, 3_600_000)
    this.now = Math.max(this.now, Math.min(timerAt, happensAt))
    this.#survive(() => {
      if (timerAt <= happensAt) this.#engine?.fireDue(this.random.between(1, 20))
      else this.#happen()
    })
    checkInvariants(this)
    return true
  }

  /** No more faults; everything that can happen does. */
  settle(ms = 86_400_000): void {
    this.faults.on = false
    this.advance(ms)
    acknowledgedKept(this)
  }

  /** Acts of this handler that reached the world. */
  effects(handler: string): readonly Performed[] {
    return this.performed.filter(({ act }) => act.handler === handler)
  }

  runs(): readonly RunState[] {
    return this.store.runIds().flatMap((id) => this.store.runs.load(id)?.state ?? [])
  }

  /** Acts that count as outside just now; null while the process is down. */
  get inFlight(): number | null {
    return this.#engine?.stats().inFlight ?? null
  }

  /** One value for everything that is stored about runs: equal histories give equal values. */
  digest(): string {
    return this.runs().map(digestRun).join('\n')
  }

  #send(request: EngineRequest, answered: (reply: EngineReply) => void): void {
    this.#agenda.add(this.now + this.random.between(0, 20), { kind: 'request', request, answered })
    if (this.faults.happens('duplicate')) this.#agenda.add(this.now + this.random.between(0, 5_000), { kind: 'request', request, answered })
  }

  /** Takes what is next; requests that are ready share a commit. */
  #happen(): void {
    const next = this.#agenda.take()
    if (next === null) return
    if (next.kind === 'act') this.#perform(next.act)
    else if (next.kind === 'result') this.#result(next.id, next.outcome)
    else this.#execute([next, ...this.#agenda.takeWhile(this.now + this.random.between(0, 15), 10, (one) => one.kind === 'request')])
  }

  #execute(batch: readonly Happening[]): void {
    const requests = batch.filter((one) => one.kind === 'request')
    let replies: readonly EngineReply[] = []
    try {
      replies = this.#running().execute(requests.map(({ request }) => request))
    } catch (crash) {
      // Nobody got an answer, so everybody asks again.
      for (const one of requests) this.#agenda.add(this.now + this.random.between(100, 2_000), one)
      throw crash
    }
    requests.forEach(({ answered }, index) => {
      const reply = replies[index]
      if (reply === undefined) return
      if (!reply.ok && reply.status >= 500) throw new Broken(`I9: a request was answered with ${reply.code}: ${reply.message}`)
      answered(reply)
    })
  }

  /** Some acts reach the world at once, even before the loop has its thread back. */
  #leave(act: BegunRow): void {
    if (this.faults.on && !act.handler.startsWith('$') && this.random.chance(0.2)) this.#reach(act)
    else this.#agenda.add(this.now + this.random.between(0, 2_000), { kind: 'act', act })
  }

  #perform(act: BegunRow): void {
    const fence = act.use === null ? 0 : this.#fenceOf(act.use.subject)
    if (fence !== act.fence) {
      this.#untilWritten({ kind: 'act', act }, () => this.#tell({ kind: 'effect.recheck', id: act.id }))
      return
    }
    const delayMs = this.faults.putsBack()
    if (delayMs === null) this.#reach(act)
    else this.#untilWritten({ kind: 'act', act }, () => this.#tell({ kind: 'effect.put-back', id: act.id, delayMs }))
  }

  #reach(act: BegunRow): void {
    if (!act.handler.startsWith('$')) {
      this.#options.onAct?.(act, this)
      this.performed.push({ act, at: this.now })
    }
    this.faults.mayCrash('during-act')
    const outcome: NodeOutcome = this.faults.happens('actFails')
      ? { kind: 'failure', error: { code: 'SLU_SIMULATED', message: 'the other side failed', terminal: this.random.chance(0.2) } }
      : (this.#options.acts?.[act.handler]?.(act, this.random) ?? { kind: 'output', port: 'out', data: null })
    const copies = this.faults.happens('duplicate') ? 2 : 1
    for (let copy = 0; copy < copies; copy++)
      this.#agenda.add(this.now + this.random.between(1, 3_000), { kind: 'result', id: act.id, outcome })
  }

  #result(id: string, outcome: NodeOutcome): void {
    this.faults.mayCrash('before-result')
    this.#untilWritten({ kind: 'result', id, outcome }, () => this.#tell({ kind: 'effect.result', id, outcome }))
  }

  /** What the door says; it may come too late, but never break anything. */
  #tell(request: EngineRequest): void {
    const [reply] = this.#running().execute([request])
    if (reply?.ok === false && reply.status >= 500)
      throw new Broken(`I9: ${request.kind} was answered with ${reply.code}: ${reply.message}`)
  }

  /** What could not be written is told again later. */
  #untilWritten(what: Happening, tell: () => void): void {
    try {
      tell()
    } catch (error) {
      if (error instanceof DiskFull) this.#agenda.add(this.now + this.random.between(100, 2_000), what)
      throw error
    }
  }

  /** What dies with the process: the loop's memory, the fence slots, acts and results on their way. */
  #survive(work: () => void): void {
    try {
      work()
    } catch (error) {
      if (error instanceof DiskFull) {
        this.refusedByDisk++
        this.now += 1
        return
      }
      if (!(error instanceof Crash)) throw error
      this.crashes++
      this.#agenda.drop((one) => one.kind !== 'request')
      this.now += this.random.between(1, 30_000)
      this.#restart()
    }
  }

  #restart(): void {
    this.#fences.clear()
    this.#engine = this.#start()
    this.#survive(() => this.#recover())
  }

  /** A start for which there is no room is made again. */
  #recover(): void {
    for (;;) {
      try {
        this.faults.mayCrash('during-recovery')
        this.#running().recover()
        return
      } catch (error) {
        if (!(error instanceof DiskFull)) throw error
        this.refusedByDisk++
        this.#fences.clear()
        this.#engine = this.#start()
      }
    }
  }

  #start(): Engine {
    const { commands = {}, consumers = {}, gates = [] } = this.#options
    return createEngine({
      store: crashing(this.store, this.faults),
      clock: { now: () => this.now + this.skew },
      newId: () => `id${String(++this.#ids).padStart(8, '0')}`,
      random: () => this.random.next(),
      nodes: runtimesOf(this.#nodes),
      commands: new Map(Object.entries(commands)),
      consumers: new Map(Object.entries(consumers)),
      gates,
      dispatch: {
        effects: (rows) => {
          this.faults.mayCrash('before-dispatch')
          for (const { id } of rows)
            if (this.store.outbox.find(id)?.state !== 'begun') throw new Broken(`I6: ${id} left after it was withdrawn`)
          for (const act of rows) this.#leave(act)
          this.faults.mayCrash('after-dispatch')
        },
        feed: (items) => {
          if (items.some((item) => item.kind === 'topic' && item.topic === neverTopic))
            throw new Broken('I2: something that threw was heard')
        },
      },
      fence: { bump: (subject) => this.#fences.set(subject, this.#fenceOf(subject) + 1), read: (subject) => this.#fenceOf(subject) },
    })
  }

  #fenceOf(subject: string): number {
    return this.#fences.get(subject) ?? 0
  }

  #running(): Engine {
    if (this.#engine === null) throw new Error('the engine is not running')
    return this.#engine
  }
}

/** A world to try flows in. @example `const world = simulate({ seed: 7, flows: [withdrawal], faults: { crash: 0.05 } })` */
export function simulate(options: SimulationOptions): World {
  return new World(options)
}

import type { Json } from '@sluice/flows'
import type { Arrival, Durable, DurableContext, Message } from '../replay-host/index.ts'

/** The process died here. What was recorded stays; the function is called again from its beginning. */
export class Crash extends Error {}

/** Nothing has come: the process forgets the run until something does. */
export class Suspended extends Error {}

interface Waiting {
  readonly name: string
  readonly kind: 'step' | 'timer' | 'message'
  readonly dueAt: number
  readonly order: number
}

/** What an engine keeps of one run: the results of its steps, and which wait came first, in turn. */
export class DurableRecord {
  readonly steps = new Map<string, Json>()
  readonly turns: Arrival[] = []
  readonly messages: { readonly at: number; readonly message: Message }[] = []
  /** Earliest timer the last life waited for. */
  wakeAt: number | null = null
}

export interface FakeDurableOptions {
  readonly now: () => number
  /** Asked before and after each recorded step: whether the process dies there. */
  readonly crashes: () => boolean
}

/** One life of a run's function over its record: what is recorded is given again, the rest is done for the first time. */
export class FakeDurable implements DurableContext {
  readonly #record: DurableRecord
  readonly #options: FakeDurableOptions
  readonly #waiting = new Map<Durable<Json>, Waiting & { readonly work: (() => Promise<Json>) | null }>()
  readonly #names = new Set<string>()
  #turn = 0
  #order = 0

  constructor(record: DurableRecord, options: FakeDurableOptions) {
    this.#record = record
    this.#options = options
  }

  step<Result extends Json>(name: string, work: () => Promise<Result>): Durable<Result> {
    return this.#add({ name, kind: 'step', dueAt: 0 }, work) as Durable<Result>
  }

  timer(name: string, dueAt: number): Durable<null> {
    return this.#add({ name, kind: 'timer', dueAt }, null) as Durable<null>
  }

  message(number: number): Durable<Json> {
    return this.#add({ name: `message ${number}`, kind: 'message', dueAt: number }, null)
  }

  async first(open: ReadonlyMap<string, Durable<Json>>): Promise<Arrival> {
    const recorded = this.#record.turns[this.#turn]
    if (recorded !== undefined) {
      if (!open.has(recorded.name)) throw new Error(`the replay took another way: ${recorded.name} is not awaited`)
      this.#turn++
      return recorded
    }
    const arrival = await this.#arrive(open)
    if (this.#options.crashes()) throw new Crash()
    this.#record.turns.push(arrival)
    this.#turn++
    return arrival
  }

  #add(waiting: Omit<Waiting, 'order'>, work: (() => Promise<Json>) | null): Durable<Json> {
    if (this.#names.has(waiting.name)) throw new Error(`two waits are called ${waiting.name}`)
    this.#names.add(waiting.name)
    const handle: Durable<Json> = { result: () => this.#do(waiting.name, work) }
    this.#waiting.set(handle, { ...waiting, order: this.#order++, work })
    return handle
  }

  async #do(name: string, work: (() => Promise<Json>) | null): Promise<Json> {
    const { steps } = this.#record
    if (steps.has(name)) return steps.get(name) ?? null
    if (work === null) throw new Error(`${name} can only be awaited among others`)
    if (this.#options.crashes()) throw new Crash()
    // As JSON, because that is what an engine keeps.
    const result = JSON.parse(JSON.stringify((await work()) ?? null)) as Json
    if (this.#options.crashes()) throw new Crash()
    steps.set(name, result)
    return result
  }

  /** Steps first, in the order of their start; then what was sent; then what is due, earliest first. */
  async #arrive(open: ReadonlyMap<string, Durable<Json>>): Promise<Arrival> {
    const waits = [...open].flatMap(([name, handle]) => {
      const waiting = this.#waiting.get(handle)
      return waiting === undefined ? [] : [{ ...waiting, as: name }]
    })
    const now = this.#options.now()
    const step = waits.filter(({ kind }) => kind === 'step').sort((left, right) => left.order - right.order)[0]
    if (step !== undefined) return { name: step.as, at: now, value: await this.#do(step.name, step.work) }
    for (const { kind, dueAt, as } of waits) {
      const sent = kind === 'message' ? this.#record.messages[dueAt] : undefined
      if (sent !== undefined) return { name: as, at: sent.at, value: sent.message as unknown as Json }
    }
    const timers = waits.filter(({ kind }) => kind === 'timer').sort((left, right) => left.dueAt - right.dueAt || left.order - right.order)
    const due = timers[0]
    if (due !== undefined && due.dueAt <= now) return { name: due.as, at: now, value: null }
    this.#record.wakeAt = due?.dueAt ?? null
    throw new Suspended()
  }
}

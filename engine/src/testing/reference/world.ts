import type { FlowDefinition, Json } from '@sluice/flows'
import { eventSays } from './answers.ts'
import { ReferenceClock, rank } from './clock.ts'
import { Drawing } from './drawing.ts'
import { ReferenceLocks } from './locks.ts'
import { type Act, type Order, operate } from './operate.ts'
import { type Begun, type Kept, normalRank, ReferenceRun, type Status } from './run.ts'
import { ReferenceStarts } from './starts.ts'
import { stepsComparedMax, TooLong } from './too-long.ts'

const ranks = { high: normalRank - 1, normal: normalRank, low: normalRank + 1 } as const

function rankOf({ flow }: Drawing): number {
  return ranks[flow.settings?.priority ?? 'normal']
}

export interface Arrived {
  readonly at: number
  readonly type: string
}

/** All runs of a play, with one clock. What follows from one thing follows in the order in which it was caused. */
export class ReferenceWorld {
  readonly clock: ReferenceClock
  readonly locks = new ReferenceLocks()
  readonly runs: ReferenceRun[] = []
  /** What operators did, and how it was answered. */
  readonly orders: Order[] = []
  /** Events that came, the first one first. */
  readonly arrived: Arrived[] = []
  readonly #drawings: ReadonlyMap<string, Drawing>
  readonly #starts = new Map<string, ReferenceStarts>()
  readonly #queue: (() => void)[] = []
  #draining = false
  #steps = 0

  constructor(flows: readonly FlowDefinition[], now: number) {
    this.#drawings = new Map(flows.map((flow) => [flow.key, new Drawing(flow)]))
    this.clock = new ReferenceClock(now)
    this.clock.ranked = flows.some(({ settings }) => settings?.priority !== undefined)
  }

  /** Starts a run at a time. */
  start(at: number, flow: string, data: Json): void {
    this.clock.at(at, rank.outside, 0, () => {
      this.#begin(this.#named(flow, data, {}))
      this.drain()
    })
  }

  /** An event at a time: wakes all that wait for its type. */
  event(at: number, type: string): void {
    this.clock.at(at, rank.outside, 0, () => {
      const event = { at, type }
      this.arrived.push(event)
      for (const run of [...this.runs]) {
        const woken = run.lines.filter(({ at: place, doing }) => doing.kind === 'event' && run.drawing.config(place).type === type)
        if (woken.length > 1) this.clock.tied = true
        for (const line of woken)
          this.follow(() =>
            run.act(() => {
              if (!run.lives(line) || line.doing.kind !== 'event') return
              run.taken.add(event)
              run.leave(line, 'out', eventSays)
            }),
          )
      }
      this.drain()
    })
  }

  /** Somebody operates a run at a time. `next` is the version runs may be moved to. */
  act(act: Act, next: Drawing): void {
    this.clock.at(act.at, rank.outside, 0, () => {
      const order = operate(this, act, next)
      if (order !== null) this.orders.push(order)
      this.drain()
    })
  }

  /** A new run on the version the other one is on. */
  takeUp({ drawing }: ReferenceRun, begun: Begun, kept: Kept): void {
    const run = new ReferenceRun(this, drawing, this.runs.length, begun, { kept, rank: rankOf(drawing) })
    this.runs.push(run)
    run.note(`taken up at ${begun.node}`)
    this.follow(() => run.start())
  }

  /** A run that another one waits for takes no turn. */
  startCalled(by: ReferenceRun, flow: string, data: Json, returns: (status: Status, output: Json, code: string) => void): ReferenceRun {
    const run = this.#named(flow, data, { returns, rank: by.rank })
    this.runs.push(run)
    this.follow(() => run.start())
    return run
  }

  /** Starts one that nobody waits for; false when it does not fit in. */
  send(by: ReferenceRun, flow: string, data: Json): boolean {
    return this.#begin(this.#named(flow, data, { rank: by.rank }))
  }

  /** It goes with the run that starts it, when its own flow would come later. */
  #named(
    flow: string,
    data: Json,
    { returns = null, rank = normalRank + 1 }: { returns?: ReferenceRun['returns']; rank?: number },
  ): ReferenceRun {
    const drawing = this.#drawings.get(flow)
    if (drawing === undefined) throw new Error(`the reference has no flow ${flow}`)
    const begun = { node: drawing.trigger, from: null, input: data }
    return new ReferenceRun(this, drawing, this.runs.length, begun, { returns, rank: Math.min(rankOf(drawing), rank) })
  }

  #begin(run: ReferenceRun): boolean {
    const { key, settings = {} } = run.drawing.flow
    const starts = this.#starts.get(key) ?? new ReferenceStarts(this, key, settings)
    this.#starts.set(key, starts)
    if (!starts.admit(run)) return false
    this.runs.push(run)
    this.follow(() => {
      starts.begins(run)
      run.start()
    })
    return true
  }

  follow(next: () => void): void {
    this.#queue.push(next)
  }

  drain(): void {
    if (this.#draining) return
    this.#draining = true
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      if (++this.#steps > stepsComparedMax) throw new TooLong()
      next()
    }
    this.#draining = false
  }

  play(until: number): void {
    while (this.clock.step(until)) {
      this.drain()
      if (++this.#steps > stepsComparedMax) throw new TooLong()
    }
    this.clock.now = until
  }
}

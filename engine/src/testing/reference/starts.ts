import type { FlowSettings, Json } from '@sluice/flows'
import { isObject } from './answers.ts'
import { msOf } from './drawing.ts'
import type { Line } from './line.ts'
import type { ReferenceRun } from './run.ts'
import type { ReferenceWorld } from './world.ts'

/** What a start waits for: its moment, then its turn. */
export interface Gate {
  until: number
  readonly lock: { readonly key: string; readonly limit: number; readonly whenFull: 'drop' | 'replace' | 'queue' } | null
}

interface Share {
  at: number
  readonly key: string
  readonly run: ReferenceRun
  /** It had to wait for it, so that others may take it. */
  readonly waited: boolean
  passed: number
}

/** Whoever waited longest lets so many others go first and no more. */
export const passedMax = 7

/** Keys tell starts apart by whether their number is even, or not at all. */
export function startKey(key: string | undefined, data: Json): string {
  if (key === undefined) return ''
  const number = isObject(data) ? data.n : undefined
  return typeof number === 'number' ? String(number % 2) : ''
}

/** Starts of one flow. Each goes through quiet time, then gets its share of the rate, then asks for its turn. */
export class ReferenceStarts {
  readonly #world: ReferenceWorld
  readonly #settings: FlowSettings
  readonly #flow: string
  /** The last start of each key that waits for quiet. */
  readonly #quiet = new Map<string, ReferenceRun>()
  #shares: Share[] = []
  /** Admitted, and about to begin. */
  readonly #about = new Set<ReferenceRun>()

  constructor(world: ReferenceWorld, flow: string, settings: FlowSettings) {
    this.#world = world
    this.#flow = flow
    this.#settings = settings
  }

  /** False: it does not fit in and is not to run. Otherwise the run knows what it waits for. */
  admit(run: ReferenceRun): boolean {
    const { concurrency, rate, debounce } = this.#settings
    const data = run.begun.input
    const { now } = this.#world.clock
    const key = `$flow/${this.#flow}/${startKey(concurrency?.key, data)}`
    if (concurrency?.whenFull === 'drop' && debounce === undefined && this.#inside(key) >= concurrency.limit) return false
    let until = now
    if (debounce !== undefined) {
      this.#hush(startKey(debounce.key, data), run)
      until = now + msOf(debounce.for)
    }
    if (rate !== undefined) {
      const at = this.#share(run, startKey(rate.key, data), until)
      if (at === null) return false
      until = at
    }
    const whenFull = (until > now ? concurrency?.whenFull : undefined) ?? 'queue'
    if (concurrency?.whenFull === 'replace' && until <= now) makeRoom(run, key, concurrency.limit)
    run.gate = { until, lock: concurrency === undefined ? null : { key, limit: concurrency.limit, whenFull } }
    this.#about.add(run)
    return true
  }

  begins(run: ReferenceRun): void {
    this.#about.delete(run)
  }

  #inside(key: string): number {
    return this.#world.locks.count(key) + [...this.#about].filter(({ gate }) => gate?.lock?.key === key).length
  }

  /** The one before gives way, and its share of the rate with it. */
  #hush(key: string, run: ReferenceRun): void {
    const before = this.#quiet.get(key)
    if (before !== undefined && this.#isWaiting(before)) {
      this.#shares = this.#shares.filter((share) => share.run !== before)
      this.#world.follow(() => before.act(() => before.end('cancelled', null, '')))
    }
    this.#quiet.set(key, run)
  }

  #isWaiting(run: ReferenceRun): boolean {
    return this.#about.has(run) || startLine(run)?.doing.kind === 'timer'
  }

  /** The first moment with room in the window that ends there; who had to wait may lose it to who goes first. */
  #share(run: ReferenceRun, key: string, from: number): number | null {
    const { rate, debounce } = this.#settings
    if (rate === undefined) return from
    const given = this.#shares.filter((share) => share.key === key).map(({ at }) => at)
    given.sort((left, right) => left - right)
    const nth = given.at(-rate.limit)
    const at = nth === undefined || given.length < rate.limit ? from : Math.max(from, nth + msOf(rate.per))
    if (at > from && rate.whenFull === 'drop' && debounce === undefined) return null
    const own = { at, key, run, waited: at > from, passed: 0 }
    if (own.waited) this.#goBefore(own, from)
    this.#shares.push(own)
    return own.at
  }

  #goBefore(own: Share, from: number): void {
    const behind = this.#shares.filter(({ key, at, run, waited }) => waited && key === own.key && at >= from && run.rank > own.run.rank)
    behind.sort((left, right) => left.at - right.at)
    const first = behind.findIndex(({ passed }) => passed < passedMax)
    const giving = first < 0 ? [] : behind.slice(first).filter(({ run }) => this.#isWaiting(run))
    const moments = [...giving.map(({ at }) => at), own.at]
    own.at = moments[0] ?? own.at
    for (const [index, share] of giving.entries()) {
      const at = moments[index + 1] ?? own.at
      share.at = at
      if (index === 0) share.passed++
      this.#world.follow(() => share.run.act(() => putOff(share.run, at)))
    }
  }
}

/** The oldest ones end, none that goes before the new one. */
function makeRoom(by: ReferenceRun, key: string, limit: number): void {
  const runs = by.world.locks.runsOf(key)
  const ending = runs.filter(({ rank }) => rank >= by.rank).slice(0, Math.max(0, runs.length - limit + 1))
  for (const run of ending) by.world.follow(() => run.act(() => run.end('cancelled', null, '')))
}

/** The line that stands at the trigger until the run may begin. */
export function startLine(run: ReferenceRun): Line | undefined {
  return run.lines.find(({ at, from }) => at === run.drawing.trigger && from === null)
}

function putOff(run: ReferenceRun, at: number): void {
  const line = startLine(run)
  if (line?.doing.kind !== 'timer') return
  if (line.due !== null) line.due.off = true
  waitUntil(run, line, at)
}

/** Its moment first, then its turn. */
export function waitForStart(run: ReferenceRun, { until, lock }: Gate): boolean {
  if (until <= run.world.clock.now && lock === null) return false
  const line = run.addStart()
  if (until > run.world.clock.now) waitUntil(run, line, until)
  else askForTurn(run, line)
  return true
}

function waitUntil(run: ReferenceRun, line: Line, at: number): void {
  line.doing = { kind: 'timer' }
  line.due = run.timer(at - run.world.clock.now, () => askForTurn(run, line))
}

function askForTurn(run: ReferenceRun, line: Line): void {
  const lock = run.gate?.lock ?? null
  if (lock === null) {
    run.leave(line, 'out', line.input)
    return
  }
  line.doing = { kind: 'lock' }
  const { key, limit, whenFull } = lock
  if (whenFull === 'drop' && run.world.locks.count(key) >= limit) {
    run.world.follow(() => run.act(() => run.end('cancelled', null, '')))
    return
  }
  if (whenFull === 'replace') makeRoom(run, key, limit)
  run.world.locks.ask(run, line, key, limit)
}

import type { Store } from '../../worker/index.ts'
import { Random } from './random.ts'

/** What is told under this topic was told by something that then threw: nobody may hear it. */
export const neverTopic = 'never'

/** Where the process may die. Each is a place in the order in which a commit, its answer and its acts happen. */
export const crashPoints = [
  'in-savepoint',
  'at-write',
  'before-commit',
  'after-commit',
  'during-recovery',
  'before-dispatch',
  'after-dispatch',
  'during-act',
  'before-result',
] as const
export type CrashPoint = (typeof crashPoints)[number]

/** What is written; each of them may find the disk full. */
export const writePoints = ['runs', 'journal', 'timers', 'waits', 'outbox', 'inbox', 'records', 'audit'] as const
export type WritePoint = (typeof writePoints)[number]

/** Probabilities, each for one occasion. */
export interface Faults {
  /** The process dies at a crash point. */
  readonly crash?: number
  /** Only at these; at all of them unless told. */
  readonly crashAt?: readonly CrashPoint[]
  /** A write finds the disk full: its whole batch is refused. */
  readonly diskFull?: number
  /** Only these; any of them unless told. */
  readonly fullAt?: readonly WritePoint[]
  /** A request or a result arrives twice. */
  readonly duplicate?: number
  /** An outside act fails. */
  readonly actFails?: number
  /** The host puts an act back in line: too many for one address, or it is about to stop. */
  readonly putBack?: number
  /** The clock of the machine jumps, to and fro. */
  readonly clockJump?: number
}

/** Thrown through the loop as a kill would stop it: nothing after it happens. */
export class Crash extends Error {
  readonly point: CrashPoint
  /** Makes the loop let it through instead of answering it. */
  readonly fatal = true
  constructor(point: CrashPoint) {
    super(`crash ${point}`)
    this.point = point
  }
}

/** The disk took no more: nothing of the batch is kept, and the process goes on. */
export class DiskFull extends Error {
  readonly fatal = true
  readonly code = 'SLU_SIMULATED_DISK_FULL'
}

/** Places passed so often that a crash there is as rare as at the others only when it is made rarer. */
const often: ReadonlySet<CrashPoint> = new Set(['in-savepoint', 'at-write'])

export class FaultSource {
  readonly #random: Random
  /** Chance of its own, so that a seed without it keeps its history. */
  readonly #puttingBack: Random
  readonly faults: Faults
  /** Off while a test looks at the end of things. */
  on = true
  /** How often each point was struck. */
  readonly struck = new Map<CrashPoint | WritePoint, number>()
  putBacks = 0

  constructor(random: Random, faults: Faults, seed = 0) {
    this.#random = random
    this.#puttingBack = new Random(seed ^ 0x70757462)
    this.faults = faults
  }

  mayCrash(point: CrashPoint): void {
    const { crash, crashAt } = this.faults
    if (!this.on || crash === undefined) return
    if (crashAt !== undefined && !crashAt.includes(point)) return
    if (!this.#random.chance(often.has(point) ? crash / 10 : crash)) return
    this.#strike(point)
    throw new Crash(point)
  }

  mayWrite(point: WritePoint): void {
    this.mayCrash('at-write')
    const { diskFull, fullAt } = this.faults
    if (!this.on || diskFull === undefined || (fullAt !== undefined && !fullAt.includes(point))) return
    if (!this.#random.chance(diskFull)) return
    this.#strike(point)
    throw new DiskFull(`no room for ${point}`)
  }

  happens(fault: 'duplicate' | 'actFails' | 'clockJump'): boolean {
    return this.on && this.#random.chance(this.faults[fault] ?? 0)
  }

  /** For how long an act is put back; null: it is not. The host may ask for less or more than the engine grants. */
  putsBack(): number | null {
    if (!this.on || !this.#puttingBack.chance(this.faults.putBack ?? 0)) return null
    this.putBacks++
    return this.#puttingBack.between(0, this.#puttingBack.chance(0.1) ? 100_000 : 4_000)
  }

  #strike(point: CrashPoint | WritePoint): void {
    this.struck.set(point, (this.struck.get(point) ?? 0) + 1)
  }
}

type Writes = { readonly [name: string]: (...values: never[]) => unknown }

/** The same store, on a machine that may die at any commit, savepoint or write, and whose disk may be full. */
export function crashing<Kind extends Store>(store: Kind, source: FaultSource): Kind {
  const writing = <Part extends object>(part: Part, point: WritePoint, ...names: readonly (keyof Part & string)[]): Part => {
    const all = part as Writes
    const wrapped = names.map((name) => [
      name,
      (...values: never[]) => {
        source.mayWrite(point)
        return all[name]?.(...values)
      },
    ])
    return { ...part, ...Object.fromEntries(wrapped) }
  }
  return {
    ...store,
    runs: writing(store.runs, 'runs', 'save'),
    journal: writing(store.journal, 'journal', 'append'),
    timers: writing(store.timers, 'timers', 'set', 'clear'),
    waits: writing(store.waits, 'waits', 'open', 'close'),
    outbox: writing(store.outbox, 'outbox', 'insert', 'update'),
    inbox: writing(store.inbox, 'inbox', 'insert'),
    records: writing(store.records, 'records', 'insert', 'upsert', 'update', 'delete'),
    audit: writing(store.audit, 'audit', 'append'),
    savepoint: <Result>(work: () => Result): Result =>
      store.savepoint(() => {
        const done = work()
        source.mayCrash('in-savepoint')
        return done
      }),
    part: <Result>(work: () => Result): Result =>
      store.part(() => {
        const done = work()
        source.mayCrash('in-savepoint')
        return done
      }),
    transaction<Result>(work: () => Result): Result {
      const result = store.transaction(() => {
        const done = work()
        source.mayCrash('before-commit')
        return done
      })
      source.mayCrash('after-commit')
      return result
    },
  }
}

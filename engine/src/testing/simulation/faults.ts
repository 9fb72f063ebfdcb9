import type { Store } from '../../worker/index.ts'
import type { Random } from './random.ts'

/** Where the process may die. Each is a place in the order in which a commit, its answer and its acts happen. */
export const crashPoints = ['before-commit', 'after-commit', 'before-dispatch', 'during-act', 'before-result'] as const
export type CrashPoint = (typeof crashPoints)[number]

/** Probabilities, each for one occasion. */
export interface Faults {
  /** The process dies at a crash point. */
  readonly crash?: number
  /** Only at these; at all of them unless told. */
  readonly crashAt?: readonly CrashPoint[]
  /** A request or a result arrives twice. */
  readonly duplicate?: number
  /** An outside act fails. */
  readonly actFails?: number
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

export class FaultSource {
  readonly #random: Random
  readonly faults: Faults
  /** Off while a test looks at the end of things. */
  on = true

  constructor(random: Random, faults: Faults) {
    this.#random = random
    this.faults = faults
  }

  mayCrash(point: CrashPoint): void {
    if (!this.on || this.faults.crash === undefined) return
    if (this.faults.crashAt !== undefined && !this.faults.crashAt.includes(point)) return
    if (this.#random.chance(this.faults.crash)) throw new Crash(point)
  }

  happens(fault: 'duplicate' | 'actFails' | 'clockJump'): boolean {
    return this.on && this.#random.chance(this.faults[fault] ?? 0)
  }
}

/** The same store, on a machine that may die before or after any commit. */
export function crashing<Kind extends Store>(store: Kind, source: FaultSource): Kind {
  return {
    ...store,
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

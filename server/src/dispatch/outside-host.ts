/** What one outside act may use: reads, the guarded way out, named secrets and the model, each only with the permit of this order. */
import type { BegunRow, EffectPermit, RecordsReader } from '@sluice/engine/worker'
import { type OutsideHost, problem, type SluiceProblem } from '@sluice/sdk/server'
import type { GuardedFetch } from './guarded-fetch.ts'
import { type Objection, objection, permitProblem } from './permit.ts'

export interface OutsideWorld {
  readonly records: RecordsReader
  readonly fetch: GuardedFetch['fetch']
  readonly secret: (name: string) => string | null
  readonly model: { readonly url: string; readonly key: string; readonly name: string } | null
  readonly runCode: OutsideHost['runCode']
  /** Does the ledger still hold this permit open? Read anew each time. */
  readonly holds: (permit: EffectPermit) => boolean
  readonly now: () => number
}

export interface ActHost {
  readonly host: OutsideHost
  /** The fence moved before anything had left: nothing happened, ask again. */
  readonly untouched: () => boolean
  /** A way out was refused for the permit's sake. It counts, whatever the handler made of it. */
  readonly refusal: () => SluiceProblem | null
  /** The order has its result: whatever the handler still does finds every way out closed. */
  end(): void
}

export function actHost(world: OutsideWorld, order: BegunRow, signal: AbortSignal, fenceMoved: () => boolean): ActHost {
  let sent = 0
  let stopped = false
  let ended = false
  let refusal: SluiceProblem | null = null

  function demand(permit: EffectPermit): void {
    const code = objection(permit, order, ended, world.now())
    if (code !== null) refuse(code)
    if (fenceMoved()) {
      stopped = true
      throw problem('SLU_FENCE_MOVED', 409, 'Consent changed before this request left.')
    }
    // After the fence: what a withdrawal closes is asked again, what anybody else closed is over.
    if (!world.holds(order.permit)) refuse('SLU_PERMIT_CLOSED')
  }

  function refuse(code: Objection): never {
    refusal ??= permitProblem(code)
    throw permitProblem(code)
  }

  const host: OutsideHost = {
    records: world.records,
    runCode: world.runCode,
    signal,
    now: world.now,
    model(permit) {
      demand(permit)
      return world.model
    },
    secret(permit, name) {
      demand(permit)
      return world.secret(name)
    },
    async fetch(permit, url, init) {
      demand(permit)
      sent += 1
      return world.fetch(url, init, signal)
    },
  }
  return {
    host,
    untouched: () => stopped && sent === 0,
    refusal: () => refusal,
    end() {
      ended = true
    },
  }
}

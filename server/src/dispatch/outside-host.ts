/** What one outside act may use: reads, the guarded way out, named secrets, and a fence that is looked at before every request. */
import type { RecordsReader } from '@sluice/engine/worker'
import { type OutsideHost, problem } from '@sluice/sdk/server'
import type { GuardedFetch } from './guarded-fetch.ts'

export interface OutsideWorld {
  readonly records: RecordsReader
  readonly fetch: GuardedFetch['fetch']
  readonly secret: (name: string) => string | null
  readonly model: OutsideHost['model']
  readonly runCode: OutsideHost['runCode']
  readonly now: () => number
}

export interface ActHost {
  readonly host: OutsideHost
  /** The fence moved before anything had left: nothing happened, ask again. */
  readonly untouched: () => boolean
}

export function actHost(world: OutsideWorld, signal: AbortSignal, fenceMoved: () => boolean): ActHost {
  let sent = 0
  let stopped = false
  const host: OutsideHost = {
    records: world.records,
    model: world.model,
    runCode: world.runCode,
    signal,
    secret: world.secret,
    now: world.now,
    async fetch(url, init) {
      if (fenceMoved()) {
        stopped = true
        throw problem('SLU_FENCE_MOVED', 409, 'Consent changed before this request left.')
      }
      sent += 1
      return world.fetch(url, init, signal)
    },
  }
  return { host, untouched: () => stopped && sent === 0 }
}

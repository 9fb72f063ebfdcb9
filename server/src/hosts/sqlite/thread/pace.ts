import { queueLimits } from './protocol.ts'

/**
 * How many requests the next commit takes. A withdrawal costs many times what a small event does (about 7 ms on two busy cores), so a
 * bound on number alone would let 1,000 of them hold everybody else, and the timers, up for seconds.
 */
export interface Pace {
  readonly batchMax: number
  took(requests: number, ms: number): void
}

/** Below this many, the commit itself outweighs the requests and says nothing about them. */
const tellingMin = 16
const batchMin = 32

export function pace(bounds: { readonly ms: number; readonly min: number } = { ms: queueLimits.turnMsMax, min: batchMin }): Pace {
  let perRequestMs = 1
  return {
    get batchMax() {
      return Math.max(bounds.min, Math.min(queueLimits.batchMax, Math.floor(bounds.ms / perRequestMs)))
    },
    took(requests, ms) {
      if (requests >= Math.min(tellingMin, bounds.min)) perRequestMs = Math.max(0.01, (perRequestMs + ms / requests) / 2)
    },
  }
}

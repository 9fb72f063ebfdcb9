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

export function pace(): Pace {
  let perRequestMs = 1
  return {
    get batchMax() {
      return Math.max(batchMin, Math.min(queueLimits.batchMax, Math.floor(queueLimits.turnMsMax / perRequestMs)))
    },
    took(requests, ms) {
      if (requests >= tellingMin) perRequestMs = Math.max(0.01, (perRequestMs + ms / requests) / 2)
    },
  }
}

import { queueLimits } from './protocol.ts'

/**
 * How many requests the next commit takes. A withdrawal costs many times what a small event does (about 7 ms on two busy cores), so a
 * bound on number alone would let 1,000 of them hold everybody else, and the timers, up for seconds.
 */
export interface Pace {
  readonly batchMax: number
  /** How many of those that wait go into the next commit, when writing one to the disk takes so long. */
  part(waiting: number, commitMs: number): number
  took(requests: number, ms: number): void
}

/** Below this many, the commit itself outweighs the requests and says nothing about them. */
const tellingMin = 16
const batchMin = 32
/** What no request takes on any machine. */
const msEachMax = 10_000
/** Fewer are not parted: waking the other thread would cost more than it brings. */
const partMin = 24

export function pace(bounds: { readonly ms: number; readonly min: number } = { ms: queueLimits.turnMsMax, min: batchMin }): Pace {
  let perRequestMs = 1
  const batchMax = () => Math.max(bounds.min, Math.min(queueLimits.batchMax, Math.floor(bounds.ms / perRequestMs)))
  return {
    get batchMax() {
      return batchMax()
    },
    /**
     * Half of them. Whoever was answered sends the next request while the other half is at work; in one commit for all, this thread, the
     * door's and the senders would wait for each other in turn (5,000 runs/s against 6,400, measured). But never so few that the disk
     * takes longer than the work.
     */
    part: (waiting, commitMs) => Math.min(batchMax(), Math.max(partMin, Math.ceil(waiting / 2), Math.ceil(commitMs / perRequestMs))),
    took(requests, ms) {
      // A clock that was set in between says nothing about the work.
      if (ms < 0 || ms > requests * msEachMax) return
      if (requests >= Math.min(tellingMin, bounds.min)) perRequestMs = Math.max(0.01, (perRequestMs + ms / requests) / 2)
    },
  }
}

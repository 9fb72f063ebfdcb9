/**
 * Checks flows over and over while the server has nothing else to do, for a few seconds after it began to listen. The first check of a
 * flow of thousands of steps takes twice what later ones take, because V8 does not know the code yet, and somebody waits for it.
 */
import type { FlowDefinition } from '@sluice/flows'

export const warmLimits = {
  /** After the start: the first screens go first. */
  afterMs: 1_000,
  pauseMs: 15,
  /** A timer that rings so late says that the thread has work. */
  lateMs: 10,
  restMs: 500,
  /** Of all flows; each check takes a few milliseconds, all of them about half a second. */
  rounds: 60,
} as const

export interface WarmChecks {
  stop(): void
}

export function warmChecks(
  flows: readonly FlowDefinition[],
  check: (flow: FlowDefinition) => unknown,
  now = () => performance.now(),
): WarmChecks {
  let left = warmLimits.rounds * flows.length
  let timer: NodeJS.Timeout | undefined

  function wait(ms: number): void {
    const due = now() + ms
    timer = setTimeout(() => goOn(now() - due), ms)
    // Nobody waits for this, least of all the end of the process.
    timer.unref()
  }

  function goOn(lateMs: number): void {
    const flow = flows[left % flows.length]
    if (left <= 0 || flow === undefined) return
    if (lateMs > warmLimits.lateMs) {
      wait(warmLimits.restMs)
      return
    }
    left -= 1
    try {
      check(flow)
    } catch {
      // Whoever asks for a check is told what is wrong; a server does not end because of this one.
      return
    }
    wait(warmLimits.pauseMs)
  }

  wait(warmLimits.afterMs)
  return { stop: () => clearTimeout(timer) }
}

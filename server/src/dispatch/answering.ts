/** Brings results of acts to the engine until it has taken them: an act that happened must not be forgotten because of a busy moment. */
import type { EngineReply, EngineRequest } from '@sluice/engine/worker'
import { failure } from '@sluice/sdk'

const waitMs = { min: 100, max: 5_000 } as const
/** A result the engine itself stumbles over this often is replaced by a failure, so that the run stands still with a reason. */
const stumblesMax = 5

export interface Answering {
  send(request: EngineRequest): void
  close(): void
}

export function answering(execute: (request: EngineRequest) => Promise<EngineReply>): Answering {
  const clocks = new Set<NodeJS.Timeout>()
  let closed = false

  async function attempt(request: EngineRequest, tries: number): Promise<void> {
    const reply = await execute(request)
    // Below 500 it is an answer: taken, or refused for good because the step was withdrawn or had answered before.
    if (reply.ok || reply.status < 500 || closed) return
    if (reply.status !== 503 && tries >= stumblesMax) {
      if (request.kind === 'effect.result' && request.outcome.kind !== 'failure') {
        const outcome = failure('SLU_RESULT_REFUSED', `The engine could not take the result (${reply.code}).`)
        await attempt({ ...request, outcome }, 0)
      }
      return
    }
    const clock = setTimeout(
      () => {
        clocks.delete(clock)
        void attempt(request, tries + 1)
      },
      Math.min(waitMs.min * 2 ** tries, waitMs.max),
    )
    clocks.add(clock)
  }

  return {
    send(request) {
      void attempt(request, 0)
    },
    close() {
      closed = true
      for (const clock of clocks) clearTimeout(clock)
    },
  }
}

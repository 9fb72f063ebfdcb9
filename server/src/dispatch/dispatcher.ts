/**
 * Takes begun outbox rows and acts. Just before an act the fence is compared: when a withdrawal raised it since the permit was given,
 * nothing leaves and the engine is asked again. Whether a failed act is repeated is the core's decision, not ours.
 */
import type { EngineRequest, NodeOutcome, OutboxRow } from '@sluice/engine/worker'
import { failure } from '@sluice/sdk'
import type { OutsideAct, OutsideHost } from '@sluice/sdk/server'
import { actHost, type OutsideWorld } from './outside-host.ts'

export type OutsideHandler = (act: OutsideAct, host: OutsideHost) => Promise<NodeOutcome>
export type BegunRow = OutboxRow & { readonly fence: number }

export const dispatchLimits = { actsMax: 64, actMsMax: 120_000 } as const

export interface DispatcherPorts {
  readonly handlers: ReadonlyMap<string, OutsideHandler>
  readonly world: OutsideWorld
  readonly fence: { read(subject: string): number }
  /** Sends a result to the engine until it is taken. */
  readonly answer: (request: EngineRequest) => void
  /** Expressions too heavy for the engine's thread. */
  readonly evaluate: (row: BegunRow) => Promise<NodeOutcome>
}

export interface Dispatcher {
  take(rows: readonly BegunRow[]): void
  readonly waiting: number
  readonly acting: number
  /** Ends what is under way; the rows stay `begun` and are sent again after the next start. */
  close(): void
}

export function dispatcher(ports: DispatcherPorts): Dispatcher {
  const queue: BegunRow[] = []
  const controllers = new Set<AbortController>()
  let closed = false

  const moved = (row: BegunRow) => row.use !== null && ports.fence.read(row.use.subject) !== row.fence

  async function act(row: BegunRow): Promise<EngineRequest> {
    if (moved(row)) return { kind: 'effect.recheck', id: row.id }
    const handler = ports.handlers.get(row.handler)
    if (handler === undefined) return result(row, failure('SLU_HANDLER_UNKNOWN', `No pack handles ${row.handler}.`))
    const controller = new AbortController()
    const clock = setTimeout(() => controller.abort(), dispatchLimits.actMsMax)
    controllers.add(controller)
    const { host, untouched } = actHost(ports.world, controller.signal, () => moved(row))
    const outcome = await Promise.race([run(handler, row, host), aborted(controller.signal)])
    clearTimeout(clock)
    controllers.delete(controller)
    return untouched() ? { kind: 'effect.recheck', id: row.id } : result(row, outcome)
  }

  function pump(): void {
    while (!closed && controllers.size < dispatchLimits.actsMax) {
      const row = queue.shift()
      if (row === undefined) return
      void act(row).then((request) => {
        if (!closed) ports.answer(request)
        pump()
      })
    }
  }

  return {
    take(rows) {
      for (const row of rows) {
        if (row.handler === '$evaluate') {
          void ports.evaluate(row).then((outcome) => {
            if (!closed) ports.answer(result(row, outcome))
          })
        } else queue.push(row)
      }
      pump()
    },
    get waiting() {
      return queue.length
    },
    get acting() {
      return controllers.size
    },
    close() {
      closed = true
      for (const controller of controllers) controller.abort()
    },
  }
}

function result(row: BegunRow, outcome: NodeOutcome): EngineRequest {
  return { kind: 'effect.result', id: row.id, outcome }
}

async function run(handler: OutsideHandler, row: BegunRow, host: OutsideHost): Promise<NodeOutcome> {
  const { id, run: runId, node, attempt, request, idempotencyKey } = row
  try {
    return await handler({ id, run: runId, node, attempt, request, idempotencyKey }, host)
  } catch (error) {
    return failed(error)
  }
}

/** Refusals (4xx) stay refusals; everything else may pass on another try. Unknown errors give their name only: texts may hold data. */
function failed(error: unknown): NodeOutcome {
  const { code, status, message, name } = error as { code?: unknown; status?: unknown; message?: unknown; name?: unknown }
  if (typeof code === 'string' && code.startsWith('SLU_')) return failure(code, String(message), typeof status === 'number' && status < 500)
  return failure('SLU_ACT_FAILED', `The act stopped unexpectedly (${typeof name === 'string' ? name : 'unknown'}).`, false)
}

function aborted(signal: AbortSignal): Promise<NodeOutcome> {
  return new Promise((settle) => {
    const late = () => settle(failure('SLU_ACT_TIMEOUT', `The act took longer than ${dispatchLimits.actMsMax / 1000} s.`, false))
    signal.addEventListener('abort', late, { once: true })
  })
}

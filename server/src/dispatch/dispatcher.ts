/**
 * Takes begun outbox rows and acts. Just before an act its permit is looked at: when a withdrawal raised the fence since it was given,
 * or it lay here too long, nothing leaves and the engine is asked again. Whether a failed act is repeated is the core's decision, not ours.
 */
import type { BegunRow, EngineRequest, NodeOutcome } from '@sluice/engine/worker'
import { failure } from '@sluice/sdk'
import { actUnder, type OutsideHandler, type OutsideHost } from '@sluice/sdk/server'
import { type Ending, lineLimits, lines } from './lines.ts'
import { actHost, type OutsideWorld } from './outside-host.ts'
import { isStale, permitProblem } from './permit.ts'

const dispatchLimits = { actMsMax: 120_000, lookMs: 1_000 } as const

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
  const queue = lines()
  let looking: NodeJS.Timeout | null = null
  const controllers = new Set<AbortController>()
  /** Asked again because they had waited too long: their turn has come, or a long line would never end. */
  const overdue = new Set<string>()
  let closed = false

  const moved = (row: BegunRow) => row.use !== null && ports.fence.read(row.use.subject) !== row.fence

  async function act(row: BegunRow): Promise<EngineRequest> {
    if (moved(row)) return { kind: 'effect.recheck', id: row.id }
    if (isStale(row.permit, ports.world.now())) {
      overdue.add(row.id)
      return { kind: 'effect.recheck', id: row.id }
    }
    const handler = ports.handlers.get(row.handler)
    if (handler === undefined) return result(row, failure('SLU_HANDLER_UNKNOWN', `No pack handles ${row.handler}.`))
    const begin = actUnder(handler, row.permit)
    if (begin === null) return result(row, failed(permitProblem('SLU_PERMIT_SCOPE')))
    const controller = new AbortController()
    const clock = setTimeout(() => controller.abort(), dispatchLimits.actMsMax)
    controllers.add(controller)
    const outside = actHost(ports.world, row, controller.signal, () => moved(row))
    const outcome = await Promise.race([run(begin, row, outside.host), aborted(controller.signal)])
    outside.end()
    clearTimeout(clock)
    controllers.delete(controller)
    const refusal = outside.refusal()
    if (refusal !== null) return result(row, failed(refusal))
    return outside.untouched() ? { kind: 'effect.recheck', id: row.id } : result(row, outcome)
  }

  function pump(): void {
    while (!closed) {
      const row = queue.next()
      if (row === undefined) break
      const began = performance.now()
      void act(row).then((request) => {
        queue.done(row, endingOf(request, performance.now() - began))
        if (!closed) ports.answer(request)
        pump()
      })
    }
    look()
  }

  /** While a line is long: what would wait too long there gives its place in the engine to acts for others. */
  function look(): void {
    if (closed || looking !== null || !queue.long) return
    looking = setTimeout(() => {
      looking = null
      for (const { row, delayMs } of queue.shorten(dispatchLimits.lookMs)) {
        overdue.delete(row.id)
        ports.answer({ kind: 'effect.put-back', id: row.id, delayMs })
      }
      look()
    }, dispatchLimits.lookMs)
  }

  return {
    take(rows) {
      for (const row of rows) {
        if (row.handler === '$evaluate') {
          void ports.evaluate(row).then((outcome) => {
            if (!closed) ports.answer(result(row, outcome))
          })
        } else queue.join(row, overdue.delete(row.id))
      }
      pump()
    },
    get waiting() {
      return queue.waiting
    },
    get acting() {
      return queue.acting
    },
    close() {
      closed = true
      if (looking !== null) clearTimeout(looking)
      for (const controller of controllers) controller.abort()
    },
  }
}

/** An act that was sent back had not left. */
function endingOf(request: EngineRequest, tookMs: number): Ending {
  if (request.kind !== 'effect.result') return 'unasked'
  return request.outcome.kind === 'failure' && tookMs >= lineLimits.silentMs ? 'silent' : 'answered'
}

function result(row: BegunRow, outcome: NodeOutcome): EngineRequest {
  return { kind: 'effect.result', id: row.id, outcome }
}

type Begin = NonNullable<ReturnType<typeof actUnder>>

async function run(begin: Begin, row: BegunRow, host: OutsideHost): Promise<NodeOutcome> {
  const { id, run: runId, node, attempt, request, idempotencyKey, permit } = row
  try {
    return await begin({ id, run: runId, node, attempt, request, idempotencyKey, permit }, host)
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

import type { Why } from '@sluice/engine/core'
import type { NodeOutcome, Use } from '@sluice/engine/worker'
import type { Json, JsonObject } from '@sluice/flows'

/** The step is done and leaves by `out`. */
export function output(data: Json, why?: Why): NodeOutcome {
  return leave('out', data, why)
}

/** The step is done and leaves by a named port. */
export function leave(port: string, data: Json, why?: Why): NodeOutcome {
  return why === undefined ? { kind: 'output', port, data } : { kind: 'output', port, data, why }
}

/** This attempt failed. `terminal`: a retry cannot help. */
export function failure(code: string, message: string, terminal = true): NodeOutcome {
  return { kind: 'failure', error: { code, message, terminal } }
}

/** Order an outside act; it begins only after the gates agreed in the same transaction. */
export function act(request: JsonObject, use: Use | null, refusedPort?: string): NodeOutcome {
  return refusedPort === undefined ? { kind: 'act', request, use } : { kind: 'act', request, use, refusedPort }
}

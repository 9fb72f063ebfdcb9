import type { Json } from '@sluice/flows'
import type { Mock } from '../simulate.ts'
import type { NodeOutcome } from '../worker/index.ts'

/** What a mock says a step gave; the journal shows that it was not real. */
export function mockedOutcome({ port = 'out', data, error }: Mock, otherwise: Json): NodeOutcome {
  if (error !== undefined) return { kind: 'failure', error: { terminal: true, ...error } }
  return { kind: 'output', port, data: data === undefined ? otherwise : data, why: { simulated: true } }
}

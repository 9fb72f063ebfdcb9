import { type FlowDefinition, readFlow } from '@sluice/flows'
import { refuse } from '../http/errors/refusal.ts'
import type { Language } from '../http/language.ts'
import { utf8 } from '../http/utf8.ts'
import { detailsOf, sayProblems } from './say-problems.ts'

/** The flow file a client sent, or its problems with their paths. */
export function readFlowBody(bytes: Uint8Array, language: Language): FlowDefinition {
  const read = readFlow(utf8(bytes))
  if (read.ok) return read.flow
  throw refuse('SLU_FLOW_INVALID', {
    details: detailsOf(read.problems, language),
    members: { problems: sayProblems(read.problems.slice(0, 200), language) },
  })
}

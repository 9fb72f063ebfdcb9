import { type FlowDefinition, type FlowFileProblem, readFlow, say } from '@sluice/flows'
import { refuse } from '../http/errors/refusal.ts'
import type { Language } from '../http/language.ts'
import { utf8 } from '../http/utf8.ts'

/** The flow file a client sent, or its problems with their paths. */
export function readFlowBody(bytes: Uint8Array, language: Language): FlowDefinition {
  const read = readFlow(utf8(bytes))
  if (read.ok) return read.flow
  throw refuse('SLU_FLOW_INVALID', {
    details: read.problems.slice(0, 200).map((problem) => detailOf(problem, language)),
    members: { problems: read.problems.slice(0, 200) },
  })
}

function detailOf({ path, message }: FlowFileProblem, language: Language): { readonly path: string; readonly message: string } {
  return { path: path ?? '', message: say(message, language) }
}

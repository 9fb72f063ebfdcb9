import type { Json, JsonObject } from '@sluice/flows'
import { evaluateWithJsonata, type Scope } from '../expression/index.ts'
import type { NodeOutcome } from '../worker/index.ts'

/** What an outside act of `test.act` answers in every host: `{ fails: n }` fails its first n attempts, everything else is handed back. */
export function actOutcome(request: JsonObject, attempt: number): NodeOutcome {
  const { say } = request
  const fails = typeof say === 'object' && say !== null && 'fails' in say ? Number(say.fails) : 0
  if (attempt <= fails) return { kind: 'failure', error: { code: 'SLU_TEST', message: 'not yet', terminal: false } }
  return { kind: 'output', port: 'out', data: say ?? null }
}

/** What the worker pool of a real host gives: each expression of one config, by slot. */
export async function evaluateRequest(request: JsonObject): Promise<Json> {
  const { scope, expressions } = request as unknown as { scope: Scope; expressions: readonly { slot: string; source: string }[] }
  const answers = await Promise.all(expressions.map(async ({ slot, source }) => [slot, await evaluateWithJsonata(source, scope)] as const))
  return Object.fromEntries(answers) as unknown as Json
}

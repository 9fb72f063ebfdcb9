/** Answers an outbox row `$evaluate`: the expressions of one step's config that may take long. */
import type { Scope } from '@sluice/engine/expression'
import type { NodeOutcome, OutboxRow } from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import { output } from '@sluice/sdk'
import type { ExpressionPool } from './pool.ts'

interface EvaluateRequest {
  readonly scope: Scope
  readonly expressions: readonly { readonly slot: string; readonly source: string }[]
}

/** Errors are answers too: the engine words them as the step's failure. */
export async function evaluateRow(pool: ExpressionPool, row: Pick<OutboxRow, 'request'>): Promise<NodeOutcome> {
  const { scope, expressions } = row.request as unknown as EvaluateRequest
  return output((await pool.evaluateAll(expressions, scope)) as unknown as Json)
}

import type { CompiledEdge } from '../compiled.ts'
import type { NewToken } from '../entry.ts'
import type { ScopeId, TokenId } from '../ids.ts'
import type { RunError, RunState } from '../run.ts'
import { itemScope } from '../scopes.ts'
import { worded } from '../words.ts'
import { unhandled } from './failure.ts'
import { isGate, type Progress } from './progress.ts'

/** Numbers the tokens that come back to the head of a loop; within an item of a for-each, from one again. */
export function countRounds(run: RunState, scope: ScopeId, wires: readonly CompiledEdge[], next: readonly NewToken[]): NewToken[] {
  const seen = { ...(itemScope(run, scope)?.item ?? run).rounds }
  return next.map((token, index) => {
    if (wires[index]?.back !== true) return token
    const round = (seen[token.node] ?? 0) + 1
    seen[token.node] = round
    return { ...token, round }
  })
}

/**
 * Lines that came round too often stand still at the head of their loop, where a person sees them: retried, one goes round once
 * more; skipped, it goes on by the port that was named. A group around them may take them like any failure.
 */
export function stopLoops(progress: Progress): void {
  for (let id = progress.overruns.shift(); id !== undefined; id = progress.overruns.shift()) stopLoop(progress, id)
}

function stopLoop(progress: Progress, id: TokenId): void {
  const token = progress.run.tokens[id]
  if (token === undefined) return
  const node = progress.node(token.node)
  const error = loopLimit(node.id, node.loopLimit ?? 0)
  // Nothing is run where lines only meet, so no person could let one go on from there.
  if (isGate(node)) progress.exceeded ??= error
  else unhandled(progress, token, { ...error, terminal: true })
}

function loopLimit(node: string, limit: number): RunError {
  const said = worded(
    'SLU_LOOP_LIMIT',
    `the loop came back to ${node} more often than its limit of ${limit}; see why it does not end, or allow more rounds there`,
    `循环回到 ${node} 的次数超过上限 ${limit}；请检查它为何没有结束，或在该步骤允许更多次数`,
  )
  return { ...said, node }
}

import type { CompiledFlow } from '../compiled.ts'
import { endRun } from './end.ts'
import { arrive, passOne } from './join.ts'
import type { Progress } from './progress.ts'

/** After each command: count in who arrived at joins, let pass what is complete, and end a run in which nothing lives. */
export function settle(progress: Progress): void {
  if (hasJoins(progress.flow)) {
    do {
      for (let id = progress.arrivals.shift(); id !== undefined; id = progress.arrivals.shift()) arrive(progress, id)
    } while (progress.exceeded === null && passOne(progress))
  }
  const { run } = progress
  if (run.endedAt !== null) return
  if (progress.exceeded !== null) endRun(progress, { kind: 'run.failed', error: progress.exceeded })
  else if (isEmpty(run.tokens)) endRun(progress, { kind: 'run.succeeded', output: run.output })
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false
  return true
}

const joins = new WeakMap<CompiledFlow, boolean>()

/** Most flows have no join; they skip the search at every step. */
function hasJoins(flow: CompiledFlow): boolean {
  let known = joins.get(flow)
  if (known === undefined) {
    known = Object.values(flow.nodes).some(({ behaviour }) => behaviour === 'join')
    joins.set(flow, known)
  }
  return known
}

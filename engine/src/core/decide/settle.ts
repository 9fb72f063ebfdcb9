import type { CompiledFlow } from '../compiled.ts'
import type { TokenId } from '../ids.ts'
import { regionsOf } from '../regions.ts'
import { turnEach } from './each.ts'
import { endRun } from './end.ts'
import { arrive, passOne } from './join.ts'
import type { Progress } from './progress.ts'
import { cancelRegion, watchRegions } from './region.ts'

/** After each command: count in who arrived at joins, let pass what is complete, and end a run in which nothing lives. */
export function settle(progress: Progress): void {
  if (hasGates(progress.flow)) {
    do {
      for (let id = progress.arrivals.shift(); id !== undefined; id = progress.arrivals.shift()) arriveAnywhere(progress, id)
    } while (progress.exceeded === null && (passOne(progress) || turnEach(progress) || watchRegions(progress)))
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

function arriveAnywhere(progress: Progress, id: TokenId): void {
  const token = progress.run.tokens[id]
  const region = token === undefined ? undefined : regionsOf(progress.flow).find((one) => one.id === token.node)
  if (token !== undefined && region !== undefined) cancelRegion(progress, region, token)
  else arrive(progress, id)
}

const gated = new WeakMap<CompiledFlow, boolean>()
const gates: ReadonlySet<string> = new Set(['join', 'each', 'region'])

/** Most flows have no join and no region; they skip the search at every step. */
function hasGates(flow: CompiledFlow): boolean {
  let known = gated.get(flow)
  if (known === undefined) {
    known = Object.values(flow.nodes).some(({ behaviour }) => gates.has(behaviour))
    gated.set(flow, known)
  }
  return known
}

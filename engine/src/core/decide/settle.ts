import type { Behaviour, CompiledFlow } from '../compiled.ts'
import type { TokenId } from '../ids.ts'
import { regionsOf } from '../regions.ts'
import { turnEach } from './each.ts'
import { endRun } from './end.ts'
import { arrive, passOne, passRing } from './join.ts'
import { freeLocks } from './lock.ts'
import { stopLoops } from './loop.ts'
import { passMilestone } from './milestone.ts'
import type { Progress } from './progress.ts'
import { cancelRegion, watchRegions } from './region.ts'
import { turnUndo } from './undo.ts'

/** After each command: count in who arrived at joins, let pass what is complete, and end a run in which nothing lives. */
export function settle(progress: Progress): void {
  const { flow } = progress
  stopLoops(progress)
  if (hasGates(flow) || progress.run.undoing !== undefined) {
    do {
      for (let id = progress.arrivals.shift(); id !== undefined; id = progress.arrivals.shift()) arriveAnywhere(progress, id)
      stopLoops(progress)
    } while (
      progress.exceeded === null &&
      (passOne(progress) ||
        turnEach(progress) ||
        watchRegions(progress) ||
        (has(flow, 'milestone') && passMilestone(progress)) ||
        turnUndo(progress) ||
        passRing(progress))
    )
  }
  freeLocks(progress)
  const { run } = progress
  if (run.endedAt !== null) return
  if (progress.exceeded !== null) {
    const error = progress.exceeded
    progress.exceeded = null
    endRun(progress, { kind: 'run.failed', error })
    settle(progress)
  } else if (isEmpty(run.tokens)) endRun(progress, { kind: 'run.succeeded', output: run.output })
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

const behaviours = new WeakMap<CompiledFlow, ReadonlySet<Behaviour>>()
const gates: readonly Behaviour[] = ['join', 'each', 'region', 'milestone']
const gated = new WeakMap<CompiledFlow, boolean>()

/** Most flows have no join, no region and no milestone; they skip the search at every step. */
function hasGates(flow: CompiledFlow): boolean {
  let known = gated.get(flow)
  if (known === undefined) {
    known = gates.some((behaviour) => has(flow, behaviour))
    gated.set(flow, known)
  }
  return known
}

function has(flow: CompiledFlow, behaviour: Behaviour): boolean {
  let known = behaviours.get(flow)
  if (known === undefined) {
    known = new Set(Object.values(flow.nodes).map((node) => node.behaviour))
    behaviours.set(flow, known)
  }
  return known.has(behaviour)
}

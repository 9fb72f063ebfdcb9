import type { CompiledFlow } from '../compiled.ts'
import type { NodeId } from '../ids.ts'
import type { RunState, Token } from '../run.ts'
import { waysFrom } from '../scopes.ts'
import type { Progress } from './progress.ts'
import { release } from './release.ts'

/**
 * Lets one line on that waits for a place to be reached: by `out` while another line stands there, by `missed` once none can come
 * there any more. So a milestone never waits for what cannot happen. False when none has moved.
 */
export function passMilestone(progress: Progress): boolean {
  const { run, flow } = progress
  const waiting = waitingAtMilestones(run)
  for (const { token, step } of waiting) {
    const others = Object.values(run.tokens).filter(({ id }) => id !== token.id)
    if (others.some(({ node }) => node === step)) return pass(progress, token, step, true)
    const before = placesBefore(flow, step)
    if (!others.some(({ node }) => before.has(node))) return pass(progress, token, step, false)
  }
  // Lines that wait for one another in a ring wait for ever: when nothing else lives, the oldest has missed its place.
  const [oldest] = waiting
  const idle = Object.values(run.tokens).every(({ wait }) => wait?.kind === 'milestone' || wait?.kind === 'join' || wait?.kind === 'each')
  return oldest !== undefined && idle ? pass(progress, oldest.token, oldest.step, false) : false
}

function pass(progress: Progress, token: Token, step: NodeId, reached: boolean): true {
  release(progress, token, 'answered')
  progress.complete(token, reached ? 'out' : 'missed', token.input, { step, reached })
  return true
}

/** In the order in which their tokens were made. */
function waitingAtMilestones(run: RunState): readonly { readonly token: Token; readonly step: NodeId }[] {
  const found: { readonly token: Token; readonly step: NodeId }[] = []
  for (const id in run.tokens) {
    const token = run.tokens[id]
    if (token?.wait?.kind === 'milestone') found.push({ token, step: token.wait.step })
  }
  return found.sort((left, right) => Number(left.token.id.slice(1)) - Number(right.token.id.slice(1)))
}

const known = new WeakMap<CompiledFlow, Map<NodeId, ReadonlySet<NodeId>>>()

/** Steps from which a line can still come to this one. */
function placesBefore(flow: CompiledFlow, step: NodeId): ReadonlySet<NodeId> {
  const ofFlow = known.get(flow) ?? new Map<NodeId, ReadonlySet<NodeId>>()
  known.set(flow, ofFlow)
  const found = ofFlow.get(step)
  if (found !== undefined) return found
  const sources = new Map<NodeId, NodeId[]>()
  for (const { id, entry } of Object.values(flow.nodes))
    for (const node of [...waysFrom(flow, id), ...(entry === undefined ? [] : [entry])])
      sources.set(node, [...(sources.get(node) ?? []), id])
  const before = new Set<NodeId>()
  const open = [...(sources.get(step) ?? [])]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (before.has(id)) continue
    before.add(id)
    open.push(...(sources.get(id) ?? []))
  }
  ofFlow.set(step, before)
  return before
}

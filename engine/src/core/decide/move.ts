import type { CommandOf } from '../command.ts'
import type { Behaviour } from '../compiled.ts'
import type { Token } from '../run.ts'
import { type Progress, type Rejection, rejected } from './progress.ts'

/** Hosts compare both versions first (`moveCheck`); here the run is held to what this version has to have for it to live on. */
export function decideRunMove(progress: Progress, { reason, by }: CommandOf<'run.move'>): Rejection | null {
  const { run, flow, at } = progress
  if (run.flow !== flow.key || run.digest === flow.digest)
    return rejected('SLU_MOVE_REFUSED', `run ${run.id} is on version ${run.version} of ${run.flow} already`)
  for (const token of Object.values(run.tokens)) {
    const node = Object.hasOwn(flow.nodes, token.node) ? flow.nodes[token.node] : undefined
    if (node === undefined || !mayStand(token, node.behaviour))
      return rejected('SLU_MOVE_REFUSED', `version ${flow.version} has no place for what stands at ${token.node}`)
  }
  const from = { version: run.version, digest: run.digest }
  progress.emit({ kind: 'run.moved', version: 1, at, from, to: { version: flow.version, digest: flow.digest }, reason, by })
  return null
}

/** Lines wait for one another at joins only. One that its group ended at a join is left to a person, or waits for what is undone. */
function mayStand({ state, wait }: Token, behaviour: Behaviour): boolean {
  if (behaviour !== 'join') return wait?.kind !== 'join'
  return wait?.kind === 'join' || wait?.kind === 'undo' || state === 'incident'
}

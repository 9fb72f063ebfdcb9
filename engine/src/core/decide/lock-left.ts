import type { Json } from '@sluice/flows'
import type { Port } from '../ids.ts'
import type { Token } from '../run.ts'
import { scopesAround } from '../scopes.ts'
import type { Progress } from './progress.ts'
import { leaveRegions } from './region.ts'

/** A line gives its part of the nearest lock around it back. False when it holds none: then the step is passed like any other. */
export function leaveLock(progress: Progress, token: Token, port: Port, data: Json): boolean {
  const { run, at } = progress
  // An item of a for-each keeps within itself: the lock around them all is not its to give back.
  const held = scopesAround(run, token.scope).find((id) => run.locks?.[id] !== undefined || run.scopes[id]?.item !== undefined)
  // The turn of the whole run is taken at its trigger, and kept to its end.
  const hold = held === undefined ? undefined : run.locks?.[held]
  if (held === undefined || hold === undefined || hold.node === run.trigger) return false
  const scope = run.scopes[held]?.parent ?? null
  if (scope === null) return false
  const { next, scope: opened } = progress.spawn(progress.node(token.node), port, data, scope, 1)
  progress.emit({ kind: 'lock.left', version: 1, at, node: token.node, token: token.id, port, data, next, scope, opened })
  progress.launch(next)
  leaveRegions(progress, token.node, token.scope, next)
  return true
}

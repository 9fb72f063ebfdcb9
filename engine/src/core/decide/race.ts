import type { Token } from '../run.ts'
import { isInside } from '../scopes.ts'
import type { Progress } from './progress.ts'
import { cancelToken } from './release.ts'

/** A line that leaves its first step behind a race, by whatever port, has won it: the others end with all they armed and ordered. */
export function winRace(progress: Progress, token: Token): void {
  const { flow, run, at } = progress
  const scope = run.scopes[token.scope]
  if (scope?.fork == null || flow.nodes[scope.fork]?.behaviour !== 'race' || scope.closedBy.includes(scope.fork)) return
  progress.emit({ kind: 'race.won', version: 1, at, node: scope.fork, scope: scope.id, token: token.id, by: token.node })
  for (const other of Object.values(progress.run.tokens)) {
    if (other.id !== token.id && isInside(progress.run, other, scope.id)) cancelToken(progress, other, `${token.node} won the race`)
  }
}

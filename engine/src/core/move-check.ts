import { canonicalJson } from './canonical.ts'
import type { CompiledFlow, CompiledNode } from './compiled.ts'
import type { NodeId, TokenId } from './ids.ts'
import { regionsOf } from './regions.ts'
import type { RunState, Token } from './run.ts'

export type MoveObstacle =
  | { readonly kind: 'ended' | 'same-version' | 'other-flow' }
  | { readonly kind: 'step-missing' | 'step-other' | 'acting' | 'fork-missing' | 'join-changed' | 'group-changed'; readonly node: NodeId }

/** What is different for the run in the other version, seen from where it stands. */
export interface MoveChange {
  readonly node: NodeId
  /** `here`: a line stands at it now; `passed`: it is behind; nothing of it happens again. */
  readonly where: 'here' | 'passed'
  readonly what: 'config' | 'wires' | 'limits' | 'removed'
}

export interface MoveCheck {
  readonly obstacles: readonly MoveObstacle[]
  readonly changes: readonly MoveChange[]
}

/**
 * Whether a run can go on in another version of its flow, and what that would change for it. A line must stand at a step that is
 * of the same kind there, nothing may be acting outside just now, and forks and joins it has passed must mean what they meant.
 */
export function moveCheck(from: CompiledFlow, to: CompiledFlow, run: RunState, acting: ReadonlySet<TokenId>): MoveCheck {
  if (from.key !== to.key) return { obstacles: [{ kind: 'other-flow' }], changes: [] }
  if (from.digest === to.digest || run.digest === to.digest) return { obstacles: [{ kind: 'same-version' }], changes: [] }
  if (run.endedAt !== null) return { obstacles: [{ kind: 'ended' }], changes: [] }
  const tokens = Object.values(run.tokens)
  const obstacles = [...tokens.flatMap((token) => obstaclesOf(from, to, token, acting)), ...structure(from, to, run)]
  const here = [...new Set(tokens.map(({ node }) => node))]
  const passed = Object.keys(run.outputs).filter((node) => !here.includes(node))
  const changes = [
    ...here.flatMap((node) => changesAt(from, to, node).map((what): MoveChange => ({ node, where: 'here', what }))),
    ...passed.flatMap((node) => passedChange(from, to, node)),
  ]
  return { obstacles, changes }
}

function obstaclesOf(from: CompiledFlow, to: CompiledFlow, token: Token, acting: ReadonlySet<TokenId>): readonly MoveObstacle[] {
  const { node } = token
  const there = nodeOf(to, node)
  if (there === undefined) return [{ kind: 'step-missing', node }]
  const now = nodeOf(from, node)
  if (now?.type !== there.type || now.behaviour !== there.behaviour) return [{ kind: 'step-other', node }]
  return acting.has(token.id) ? [{ kind: 'acting', node }] : []
}

/** The journal is folded with the flow the run ends on, so joins and forks of the part behind must be the same in it. */
function structure(from: CompiledFlow, to: CompiledFlow, run: RunState): readonly MoveObstacle[] {
  const forks = Object.values(run.scopes).flatMap(({ fork }) => (fork === null || nodeOf(to, fork) !== undefined ? [] : [fork]))
  const joins = Object.values(from.nodes).filter((node) => node.join !== null && joinOf(nodeOf(to, node.id)) !== joinOf(node))
  const groups = regionsOf(from).filter(({ id, region }) => {
    const entered =
      region.nodes.some((node) => Object.hasOwn(run.outputs, node)) || touches(run, region.nodes) || touches(run, [region.each ?? ''])
    return entered && canonicalJson(nodeOf(to, id)?.region ?? null) !== canonicalJson(region)
  })
  return [
    ...groups.map(({ id }): MoveObstacle => ({ kind: 'group-changed', node: id })),
    ...forks.map((node): MoveObstacle => ({ kind: 'fork-missing', node })),
    ...joins.filter(({ id }) => matters(run, id)).map(({ id }): MoveObstacle => ({ kind: 'join-changed', node: id })),
  ]
}

function touches(run: RunState, nodes: readonly NodeId[]): boolean {
  return Object.values(run.tokens).some(({ node }) => nodes.includes(node))
}

function matters(run: RunState, join: NodeId): boolean {
  if (Object.hasOwn(run.outputs, join)) return true
  if (Object.values(run.scopes).some(({ closedBy }) => closedBy.includes(join))) return true
  return Object.values(run.tokens).some(({ node }) => node === join)
}

function joinOf(node: CompiledNode | undefined): string {
  return canonicalJson(node?.join?.fork ?? null)
}

function changesAt(from: CompiledFlow, to: CompiledFlow, id: NodeId): readonly MoveChange['what'][] {
  const now = nodeOf(from, id)
  const there = nodeOf(to, id)
  if (now === undefined || there === undefined) return []
  const limits = (node: CompiledNode) => canonicalJson([node.retry, node.timeoutMs])
  const wires = (node: CompiledNode) =>
    canonicalJson(Object.entries(node.out).map(([port, edges]) => [port, edges.map((edge) => [edge.node, edge.port])]))
  return [
    ...(canonicalJson(now.config) === canonicalJson(there.config) ? [] : (['config'] as const)),
    ...(wires(now) === wires(there) ? [] : (['wires'] as const)),
    ...(limits(now) === limits(there) ? [] : (['limits'] as const)),
  ]
}

function passedChange(from: CompiledFlow, to: CompiledFlow, node: NodeId): readonly MoveChange[] {
  if (nodeOf(to, node) === undefined) return [{ node, where: 'passed', what: 'removed' }]
  return changesAt(from, to, node).includes('config') ? [{ node, where: 'passed', what: 'config' }] : []
}

function nodeOf(flow: CompiledFlow, id: NodeId): CompiledNode | undefined {
  return Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined
}

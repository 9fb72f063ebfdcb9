import type { FlowDefinition, FlowNode, Json } from '@sluice/flows'
import type { Behaviour, CompiledEdge, CompiledFlow, CompiledJoin, CompiledNode, Effect } from '../../core/index.ts'
import { digestOf } from '../../core/index.ts'

/** What the plain compiler has to know of a node type. */
export interface NodeKind {
  readonly behaviour: Behaviour
  readonly effect: Effect
}

/**
 * A second, slow and obviously right compiler: reachability and dominance by their definitions, no checks. The core's own tests
 * use it so that they stand alone, and the real compiler is compared with it.
 */
export function compilePlainly(definition: FlowDefinition, kinds: ReadonlyMap<string, NodeKind>, version = 1): CompiledFlow {
  const ids = definition.nodes.map(({ id }) => id)
  const next = new Map(ids.map((id) => [id, targetsOf(definition, id)]))
  const kindOf = (node: FlowNode): NodeKind => kinds.get(node.type) ?? { behaviour: 'action', effect: 'none' }
  const triggers = definition.nodes.filter((node) => kindOf(node).behaviour === 'trigger').map(({ id }) => id)
  const joins = definition.nodes.filter((node) => kindOf(node).behaviour === 'join').map(({ id }) => id)
  const nodes: Record<string, CompiledNode> = {}
  for (const node of definition.nodes) {
    const reachable = reach(next, [node.id], null)
    const { behaviour, effect } = kindOf(node)
    nodes[node.id] = {
      id: node.id,
      type: node.type,
      behaviour,
      effect,
      config: (node.config ?? {}) as { readonly [key: string]: Json },
      out: wiresOf(definition, node.id),
      join: behaviour === 'join' ? joinOf(node, forkOf(definition, next, triggers, node.id)) : null,
      retry: node.retry === undefined ? null : { backoff: 'fixed', delayMs: 1_000, maxDelayMs: 60_000, jitter: false, ...node.retry },
      timeoutMs: node.timeoutMs ?? null,
      reachesJoins: joins.filter((join) => reachable.has(join)),
    }
  }
  const { onError, timeout, dedupe } = definition.settings ?? {}
  return {
    key: definition.key,
    version,
    digest: digestOf(definition),
    nodes,
    triggers,
    onError: onError ?? 'incident',
    timeoutMs: timeout === undefined ? null : secondsOf(timeout) * 1_000,
    settings: { dedupe: dedupe ?? null },
  }
}

function targetsOf({ edges }: FlowDefinition, id: string): readonly string[] {
  return edges.filter(({ from }) => from.startsWith(`${id}.`)).map(({ to }) => to.split('.')[0] ?? '')
}

function wiresOf({ edges }: FlowDefinition, id: string): Record<string, CompiledEdge[]> {
  const out: Record<string, CompiledEdge[]> = {}
  edges.forEach(({ from, to }, edge) => {
    const [source, port = ''] = from.split('.')
    const [node = '', entry = ''] = to.split('.')
    if (source !== id) return
    const wires = out[port] ?? []
    wires.push({ edge, node, port: entry })
    out[port] = wires
  })
  return out
}

/** Nodes reached by at least one wire from `starts`, never passing `without`. */
function reach(next: ReadonlyMap<string, readonly string[]>, starts: readonly string[], without: string | null): Set<string> {
  const found = new Set<string>()
  const open = starts.filter((id) => id !== without)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const target of next.get(id) ?? []) {
      if (target === without || found.has(target)) continue
      found.add(target)
      open.push(target)
    }
  }
  return found
}

/** The nearest node with several wires from one port that every way from a trigger to the join passes. */
function forkOf(
  definition: FlowDefinition,
  next: ReadonlyMap<string, readonly string[]>,
  triggers: readonly string[],
  join: string,
): string | null {
  const forks = definition.nodes
    .map(({ id }) => id)
    .filter((id) => Object.values(wiresOf(definition, id)).some((wires) => wires.length > 1))
  const dominators = forks.filter((id) => id !== join && !triggers.some((start) => reachOrSelf(next, start, id).has(join)))
  // Of two dominators the nearer one is dominated by the other.
  return (
    dominators.find((id) =>
      dominators.every((other) => other === id || !triggers.some((start) => reachOrSelf(next, start, other).has(id))),
    ) ?? null
  )
}

function reachOrSelf(next: ReadonlyMap<string, readonly string[]>, start: string, without: string): Set<string> {
  return start === without ? new Set() : reach(next, [start], without).add(start)
}

function joinOf({ config = {} }: FlowNode, fork: string | null): CompiledJoin {
  const {
    mode = 'all',
    n = 1,
    cancelRest = false,
    timeout,
  } = config as Partial<{ mode: CompiledJoin['mode']; n: number; cancelRest: boolean; timeout: string }>
  return { mode, n, cancelRest, timeoutMs: timeout === undefined ? null : secondsOf(timeout) * 1_000, fork }
}

/** Tests write limits in seconds, minutes, hours or days. */
function secondsOf(duration: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? []
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
}

import type { FlowDefinition, FlowNode, Json, Retry } from '@sluice/flows'
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
  const kindOf = (node: FlowNode): NodeKind => kinds.get(node.type) ?? { behaviour: 'action', effect: 'none' }
  const groups = plainRegions(definition, kindOf)
  const next = new Map(ids.map((id) => [id, [...targetsOf(definition, id), ...groups.ways(id)]]))
  const triggers = definition.nodes.filter((node) => kindOf(node).behaviour === 'trigger').map(({ id }) => id)
  const joins = definition.nodes.filter((node) => kindOf(node).behaviour === 'join').map(({ id }) => id)
  const loops = plainLoops(definition, next, triggers)
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
      out: loops.wires(node.id, [node.id]),
      join: behaviour === 'join' ? joinOf(node, groups.sameItem(node.id, forkOf(definition, next, triggers, node.id))) : null,
      retry: node.retry === undefined ? null : fullRetry(node.retry),
      timeoutMs: node.timeoutMs ?? null,
      reachesJoins: joins.filter((join) => reachable.has(join)),
      ...(loops.counted(node.id) ? { loopLimit: node.loopLimit ?? 10_000 } : {}),
      ...(behaviour === 'each' ? { entry: groups.entry(node) } : {}),
    }
  }
  for (const region of groups.nodes(nodes)) nodes[region.id] = { ...region, out: loops.wires(region.id, region.region?.nodes ?? []) }
  const { onError, timeout, dedupe, concurrency, rate, debounce, priority } = definition.settings ?? {}
  return {
    key: definition.key,
    version,
    digest: digestOf(definition),
    nodes,
    triggers,
    onError: onError ?? 'incident',
    timeoutMs: timeout === undefined ? null : secondsOf(timeout) * 1_000,
    settings: {
      dedupe: dedupe ?? null,
      ...(priority === undefined || priority === 'normal' ? {} : { priority }),
      ...(concurrency && { concurrency: { whenFull: 'queue' as const, ...concurrency, key: concurrency.key ?? null } }),
      ...(rate && {
        rate: { key: rate.key ?? null, limit: rate.limit, perMs: secondsOf(rate.per) * 1_000, whenFull: rate.whenFull ?? 'queue' },
      }),
      ...(debounce && { debounce: { key: debounce.key ?? null, ms: secondsOf(debounce.for) * 1_000 } }),
    },
  }
}

interface PlainLoops {
  counted(id: string): boolean
  /** The wires of a step, or of a group with these steps. */
  wires(id: string, from: readonly string[]): Record<string, CompiledEdge[]>
}

/** A loop is counted where it is entered; what of it comes back to itself without passing there is a loop again. */
function plainLoops(definition: FlowDefinition, next: ReadonlyMap<string, readonly string[]>, triggers: readonly string[]): PlainLoops {
  const ids = definition.nodes.map(({ id }) => id)
  const heads = new Set<string>()
  const around = (part: ReadonlyMap<string, readonly string[]>, id: string) =>
    reach(part, [id], null).has(id) ? ids.filter((other) => reach(part, [id], null).has(other) && reach(part, [other], null).has(id)) : []
  let part = next
  for (
    let open = ids.filter((id) => around(part, id).length > 0);
    open.length > 0;
    open = ids.filter((id) => around(part, id).length > 0)
  ) {
    const found = new Set<string>()
    for (const id of open) {
      const loop = around(part, id)
      const doors = loop.filter(
        (one) => triggers.includes(one) || ids.some((from) => !loop.includes(from) && (part.get(from) ?? []).includes(one)),
      )
      for (const head of doors.length > 0 ? doors : [ids.find((one) => loop.includes(one)) ?? '']) found.add(head)
    }
    for (const id of found) heads.add(id)
    part = new Map([...part].map(([id, targets]) => [id, targets.filter((to) => !found.has(to))]))
  }
  const counted = (id: string) =>
    heads.has(id) || (definition.nodes.find((node) => node.id === id)?.loopLimit !== undefined && around(next, id).length > 0)
  const back = (from: string, to: string) => counted(to) && around(next, to).includes(from)
  return {
    counted,
    wires: (id, from) =>
      Object.fromEntries(
        Object.entries(wiresOf(definition, id)).map(([port, wires]) => [
          port,
          wires.map((wire) => (from.some((one) => back(one, wire.node)) ? { ...wire, back: true as const } : wire)),
        ]),
      ),
  }
}

interface PlainRegions {
  /** Where a line may go on beside the wires of its step. */
  ways(id: string): readonly string[]
  entry(each: FlowNode): string
  /** The fork, unless a border of a for-each lies between. */
  sameItem(join: string, fork: string | null): string | null
  nodes(drawn: Readonly<Record<string, CompiledNode>>): readonly CompiledNode[]
}

function plainRegions(definition: FlowDefinition, kindOf: (node: FlowNode) => NodeKind): PlainRegions {
  const groups = definition.groups ?? []
  const isGroup = (id: string): boolean => groups.some((group) => group.id === id)
  const eachOf = (id: string): FlowNode | undefined =>
    definition.nodes.find((node) => kindOf(node).behaviour === 'each' && node.config?.group === id)
  const inside = (id: string): ReadonlySet<string> => {
    const found = new Set(groups.find((group) => group.id === id)?.nodes)
    for (const member of found) {
      const node = definition.nodes.find((one) => one.id === member)
      if (node !== undefined && kindOf(node).behaviour === 'each') for (const one of inside(String(node.config?.group))) found.add(one)
    }
    for (const other of groups)
      if (other.id !== id && other.nodes.length > 0 && other.nodes.every((one) => found.has(one))) found.add(other.id)
    return found
  }
  const entry = (each: FlowNode): string => {
    const nested = groups.filter(
      ({ id }) => id !== each.config?.group && eachOf(id) !== undefined && inside(String(each.config?.group)).has(eachOf(id)?.id ?? ''),
    )
    const own = [...inside(String(each.config?.group))].filter((id) => !isGroup(id) && !nested.some((one) => one.nodes.includes(id)))
    return own.find((id) => !definition.edges.some(({ to }) => to === `${id}.in`)) ?? ''
  }
  const itemsAround = (id: string): string =>
    groups
      .filter((group) => eachOf(group.id) !== undefined && inside(group.id).has(id))
      .map((group) => group.id)
      .sort()
      .join()
  const ways = (id: string): readonly string[] => {
    const node = definition.nodes.find((one) => one.id === id)
    const first = node !== undefined && kindOf(node).behaviour === 'each' ? [entry(node)] : []
    const around = groups.filter((group) => inside(group.id).has(id))
    const cancels = targetsOf(definition, id).filter(isGroup)
    const by = (group: string, port: string) => (wiresOf(definition, group)[port] ?? []).map((wire) => wire.node)
    return [
      ...first,
      ...around.flatMap(({ id: group }) => [...by(group, 'error'), ...by(group, 'timeout')]),
      ...cancels.flatMap((group) => by(group, 'cancelled')),
    ]
  }
  const joinsBehind = (id: string): readonly string[] => {
    const behind = new Set(targetsOf(definition, id))
    for (const one of behind) for (const next of [...targetsOf(definition, one), ...ways(one)]) behind.add(next)
    return definition.nodes.filter((node) => behind.has(node.id) && kindOf(node).behaviour === 'join').map((node) => node.id)
  }
  return {
    entry,
    sameItem: (join, fork) => (fork !== null && itemsAround(join) === itemsAround(fork) ? fork : null),
    ways,
    nodes: (drawn) =>
      groups.map((group) => ({
        id: group.id,
        type: 'core.group',
        behaviour: 'region',
        effect: 'none',
        config: {},
        out: wiresOf(definition, group.id),
        join: null,
        retry: null,
        timeoutMs: null,
        reachesJoins: group.undo === true ? joinsBehind(group.id) : [],
        region: {
          nodes: [...inside(group.id)].filter((id) => drawn[id] !== undefined || isGroup(id)),
          cancel: group.cancel ?? false,
          timeoutMs: group.timeout === undefined ? null : secondsOf(group.timeout) * 1_000,
          each: eachOf(group.id)?.id ?? null,
          ...(group.undo === true ? { undo: true as const } : {}),
        },
      })),
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

function fullRetry(retry: Retry): Required<Retry> {
  return { backoff: 'fixed', delayMs: 1_000, maxDelayMs: 60_000, jitter: retry.backoff === 'exponential', ...retry }
}

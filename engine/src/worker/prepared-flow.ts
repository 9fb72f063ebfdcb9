import type { Json } from '@sluice/flows'
import type { CompiledFlow, CompiledNode } from '../core/compiled.ts'
import type { EpochMs, NodeId } from '../core/ids.ts'
import type { FlowEvent } from '../core/run.ts'
import { compileExpression, scopeOfEvent } from '../expression/index.ts'
import type { NodeRuntime } from './ports.ts'
import { keyText, PreparedConfig } from './prepared-config.ts'

export interface PreparedNode {
  readonly compiled: CompiledNode
  /** Undefined when the pack that brings this type is not loaded. */
  readonly runtime: NodeRuntime | undefined
  readonly config: PreparedConfig
}

/** A flow version with its expressions compiled: what the loop keeps in its cache. */
export class PreparedFlow {
  readonly flow: CompiledFlow
  /** What the flow's nodes use people's data for, as far as their config says. */
  readonly uses: readonly { readonly purpose: string; readonly scene: string }[]
  readonly #runtimes: ReadonlyMap<string, NodeRuntime>
  readonly #nodes = new Map<NodeId, PreparedNode>()
  readonly #dedupe: ReturnType<typeof compileExpression> | null
  readonly #keys = new Map<string, ReturnType<typeof compileExpression>>()

  constructor(flow: CompiledFlow, runtimes: ReadonlyMap<string, NodeRuntime>) {
    this.flow = flow
    this.#runtimes = runtimes
    this.#dedupe = flow.settings.dedupe === null ? null : compileExpression(flow.settings.dedupe)
    this.uses = usesOf(flow, runtimes)
  }

  node(id: NodeId): PreparedNode {
    const known = this.#nodes.get(id)
    if (known !== undefined) return known
    const compiled = Object.hasOwn(this.flow.nodes, id) ? this.flow.nodes[id] : undefined
    if (compiled === undefined) throw new Error(`SLU_FLOW_DRIFT: flow ${this.flow.key}@${this.flow.version} has no node ${id}`)
    const runtime = this.#runtimes.get(compiled.type)
    const prepared: PreparedNode = { compiled, runtime, config: new PreparedConfig(runtime?.config ?? {}, compiled.config) }
    this.#nodes.set(id, prepared)
    return prepared
  }

  /** Whom a limit of the flow counts this start with; those for whom the expression gives nothing count together. */
  startKey(source: string | null, event: FlowEvent | null, input: Json, now: EpochMs): string {
    if (source === null) return ''
    const compiled = this.#keys.get(source) ?? compileExpression(source)
    this.#keys.set(source, compiled)
    if (!compiled.ok) return ''
    const scope = { event, input, nodes: {}, vars: {}, run: {}, now }
    const result = compiled.expression.evaluate(scope)
    return (result.ok ? keyText(result.value) : null) ?? ''
  }

  /** What this event counts as to the flow; null when every event counts for itself. */
  dedupeKey(event: FlowEvent, now: EpochMs): string | null {
    if (this.#dedupe?.ok !== true) return null
    const result = this.#dedupe.expression.evaluate(scopeOfEvent(event, now))
    return result.ok ? keyText(result.value) : null
  }
}

function usesOf(flow: CompiledFlow, runtimes: ReadonlyMap<string, NodeRuntime>): PreparedFlow['uses'] {
  const found = new Map<string, { readonly purpose: string; readonly scene: string }>()
  for (const { type, config } of Object.values(flow.nodes)) {
    const use = declaredUse(runtimes.get(type), config) ?? writtenUse(config)
    if (use !== null) found.set(`${use.purpose} ${use.scene}`, use)
  }
  return [...found.values()]
}

/** A pack that throws on a config names no use; its own step will refuse when it runs. */
function declaredUse(runtime: NodeRuntime | undefined, config: CompiledNode['config']): ReturnType<typeof writtenUse> {
  try {
    return runtime?.use?.(config) ?? null
  } catch {
    return null
  }
}

/** Nodes that ask for a purpose and a scene in their own config. Expressions are known only when the step runs. */
function writtenUse({ purpose, scene }: CompiledNode['config']): { readonly purpose: string; readonly scene: string } | null {
  if (typeof purpose !== 'string' || typeof scene !== 'string' || `${purpose}${scene}`.includes('{%')) return null
  return { purpose, scene }
}

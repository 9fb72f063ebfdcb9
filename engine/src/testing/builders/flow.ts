import { type FlowDefinition, type FlowGroup, type FlowNode, type FlowSettings, flowFormat } from '@sluice/flows'

type NodeOptions = Pick<FlowNode, 'retry' | 'timeoutMs' | 'loopLimit' | 'disabled'>

/** Writes flows in tests as one would say them. @example `flow('f').node('start', 'core.event', { type: 'x' }).node('a', 'test.echo').wire('start', 'a').build()` */
export class FlowBuilder {
  readonly #nodes: FlowNode[] = []
  readonly #edges: { from: string; to: string }[] = []
  readonly #groups: FlowGroup[] = []
  readonly #key: string
  #settings: FlowSettings = {}

  constructor(key: string) {
    this.#key = key
  }

  node(id: string, type: string, config: Record<string, unknown> = {}, options: NodeOptions = {}): this {
    this.#nodes.push({ id, type, config, ...options })
    return this
  }

  /** `from` and `to` are `node` or `node.port`; without a port `out` and `in`. Several targets run in parallel. */
  wire(from: string, ...to: string[]): this {
    for (const target of to) this.#edges.push({ from: withPort(from, 'out'), to: withPort(target, 'in') })
    return this
  }

  /** A frame around steps; `{ cancel: true }` and `{ timeout: 'PT5S' }` make it do something. */
  group(id: string, nodes: readonly string[], options: Pick<FlowGroup, 'cancel' | 'timeout' | 'undo'> = {}): this {
    this.#groups.push({ id, nodes: [...nodes], ...options })
    return this
  }

  settings(settings: FlowSettings): this {
    this.#settings = { ...this.#settings, ...settings }
    return this
  }

  build(): FlowDefinition {
    return {
      format: flowFormat,
      key: this.#key,
      name: this.#key,
      nodes: this.#nodes,
      edges: this.#edges,
      groups: this.#groups,
      notes: [],
      settings: this.#settings,
      parameters: {},
    }
  }
}

export function flow(key: string): FlowBuilder {
  return new FlowBuilder(key)
}

function withPort(place: string, port: string): string {
  return place.includes('.') ? place : `${place}.${port}`
}

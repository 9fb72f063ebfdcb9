import { slotOf } from '../../expression/config-plan.ts'
import type { CompiledConfig, ConfigPart } from '../../expression/index.ts'
import type { CheckedNode } from '../checked-node.ts'
import type { Graph } from '../graph.ts'
import { arrivalsOf } from '../labels/arrivals.ts'
import { flowOrder } from '../labels/flow-order.ts'
import { readOrder } from '../labels/read-order.ts'
import { stepIndexes } from '../steps-of-drawing.ts'
import { inferShape, type ScopeShape } from './infer-shape.ts'
import { eitherShape, listShape, objectShape, type Shape, shapeOfJson, shapeOfSchema, shapes } from './shape.ts'

const event = objectShape([
  ['id', shapes.text],
  ['source', shapes.text],
  ['type', shapes.text],
  ['subject', eitherShape(shapes.text, shapes.none)],
  ['time', shapes.text],
  ['data', null],
])
const run = objectShape([
  ['id', shapes.text],
  ['flow', shapes.text],
  ['version', shapes.number],
  ['startedAt', shapes.number],
])
/** A failure says more where it comes from a group or a called run. */
const failure = objectShape(
  [
    ['code', shapes.text],
    ['message', shapes.text],
    ['node', shapes.text],
    ['attempt', shapes.number],
  ],
  false,
)

const nothingYet: ReadonlyMap<string, Shape> = new Map()

/** Settings with expressions in them say it only when they are worked out. */
function toldBy({ facts, config }: CheckedNode, port: string): object | undefined {
  try {
    const told = facts?.output?.(config, port)
    return told === undefined || /\{[%{]/.test(JSON.stringify(told)) ? undefined : told
  } catch {
    return undefined
  }
}

const portShapes = new WeakMap<object, Shape>()

/** Most types say what their ports give once for all their steps. */
function shapeOfPort(schema: object): Shape {
  let shape = portShapes.get(schema)
  if (shape === undefined) {
    shape = shapeOfSchema(schema)
    portShapes.set(schema, shape)
  }
  return shape
}

interface Made {
  readonly given: readonly Shape[]
  readonly reads: readonly Shape[]
  /** Its error port is wired. */
  readonly fails: boolean
  readonly input: Shape
  readonly outputs: ReadonlyMap<string, Shape>
  /** What `nodes.<id>` is: whatever it gave by any of its ports. */
  readonly all: Shape
}

const lastMade = new WeakMap<CompiledConfig, Made>()

export function sameShapes(known: readonly Shape[], now: readonly Shape[]): boolean {
  return known.length === now.length && known.every((shape, at) => shape === now[at])
}

/** What each step gets and gives, as far as schemas and expressions say it. */
export class FlowShapes {
  readonly #graph: Graph
  readonly #ids: ReadonlyMap<string, number>
  readonly #inputs: Shape[]
  readonly #outputs: ReadonlyMap<string, Shape>[]
  readonly #all: Shape[]

  constructor(graph: Graph) {
    const { nodes } = graph
    this.#graph = graph
    this.#ids = stepIndexes(graph)
    this.#inputs = nodes.map(() => null)
    this.#outputs = nodes.map(() => nothingYet)
    this.#all = nodes.map(() => null)
    const order = flowOrder(graph)
    const arrivals = arrivalsOf(graph)
    const inOrder = nodes.filter(({ enabled }) => enabled).toSorted((a, b) => (order[a.index] as number) - (order[b.index] as number))
    for (const node of inOrder) {
      const { index } = node
      // What comes round a loop has not been looked at yet, and stays unknown.
      const given = (arrivals[index] ?? []).map(({ from, port }) => this.#outputs[from]?.get(port) ?? null)
      const made = this.#made(node, given)
      this.#inputs[index] = made.input
      this.#outputs[index] = made.outputs
      this.#all[index] = made.all
    }
  }

  /** What a step made of the same is the same, and the same objects: what did not change is recognised by identity. */
  #made(node: CheckedNode, given: readonly Shape[]): Made {
    const reads = this.reads(node)
    const fails = this.#graph.out[node.index]?.has('error') === true
    const known = lastMade.get(node.compiledConfig)
    if (known !== undefined && known.fails === fails && sameShapes(known.given, given) && sameShapes(known.reads, reads)) return known
    const input = node.behaviour === 'action' && given.length > 0 ? given.reduce(eitherShape) : null
    this.#inputs[node.index] = input
    const outputs = this.#outputsOf(node, fails)
    const all = outputs.size === 0 ? null : [...outputs.values()].reduce(eitherShape)
    const made = { given, reads, fails, input, outputs, all }
    lastMade.set(node.compiledConfig, made)
    return made
  }

  /** All that its expressions see, as far as it may differ from look to look. */
  reads({ compiledConfig, index }: CheckedNode): readonly Shape[] {
    return compiledConfig.references.nodes.map((id) => this.#read(id, index))
  }

  input({ index }: CheckedNode): Shape {
    return this.#inputs[index] ?? null
  }

  /** What an expression of this step sees under each first name. */
  scope(node: number): ScopeShape {
    return (name, next) => {
      if (name === 'event') return event
      if (name === 'run') return run
      if (name === 'now') return shapes.text
      if (name === 'index') return shapes.number
      if (name === 'input') return this.#inputs[node] ?? null
      return name === 'nodes' && next !== undefined ? this.#read(next, node) : null
    }
  }

  /** What `nodes.<id>` is for a reader: what left by the ports that lead there, where the step surely ran once before; else by any. */
  #read(id: string, reader: number): Shape {
    const index = this.#ids.get(id) ?? -1
    const all = this.#all[index] ?? null
    const left = this.#outputs[index]
    if (left === undefined || left.size < 2) return all
    const outputs = [...left.values()]
    if (outputs.every((shape) => shape === outputs[0])) return all
    const ports = readOrder(this.#graph).portsToward(index, reader)
    if (ports === null || ports.length === 0) return all
    return ports.map((port) => this.#outputs[index]?.get(port) ?? null).reduce(eitherShape)
  }

  #outputsOf(node: CheckedNode, fails: boolean): ReadonlyMap<string, Shape> {
    const given = new Map<string, Shape>()
    for (const { name, schema } of node.ports ?? []) given.set(name, this.#giving(node, name, schema))
    if (fails) given.set('error', failure)
    return given
  }

  #giving(node: CheckedNode, port: string, schema: object | undefined): Shape {
    if (schema !== undefined) return shapeOfPort(schema)
    const told = toldBy(node, port)
    if (told !== undefined) return shapeOfSchema(told)
    const { labels } = node.facts ?? {}
    if (node.behaviour !== 'action' || labels === undefined || labels.masks !== undefined || node.definition.type === 'approvals.veto')
      return null
    if (port === 'expired' || port === 'timeout') return this.#inputs[node.index] ?? null
    const gives = typeof labels.gives === 'function' ? labels.gives(port) : labels.gives
    if (gives === 'input') return this.#inputs[node.index] ?? null
    const field = gives?.startsWith('config.') === true ? gives.slice('config.'.length) : null
    return field === null ? null : this.#field(node, field)
  }

  #field(node: CheckedNode, name: string): Shape {
    const { plan } = node.compiledConfig
    const { root } = plan
    if (root.kind === 'fixed') return Object.hasOwn(node.config, name) ? shapeOfJson(node.config[name] ?? null) : null
    const part = root.kind === 'object' ? root.entries.find(([key]) => key === name)?.[1] : undefined
    const scope = this.scope(node.index)
    const slotted = (slot: string): Shape => {
      const ast = slotOf(plan, slot)?.expression.ast
      return ast === undefined ? null : inferShape(ast, scope)
    }
    return part === undefined ? null : this.#part(part, slotted)
  }

  #part(part: ConfigPart, slotted: (slot: string) => Shape): Shape {
    switch (part.kind) {
      case 'fixed':
        return shapeOfJson(part.value)
      case 'expression':
        return slotted(part.slot)
      case 'template':
        return shapes.text
      case 'list': {
        const items = part.items.map((item) => this.#part(item, slotted))
        return listShape(items.length === 0 ? null : items.reduce(eitherShape))
      }
      case 'object':
        return objectShape(part.entries.map(([key, below]) => [key, this.#part(below, slotted)] as const))
    }
  }
}

import type { CompiledConfig } from '../../expression/index.ts'
import { type Label, sameLabel } from './label.ts'
import type { Sight } from './read-expression.ts'
import { joinValues, sameValue, type Value } from './value.ts'

/** What a step's settings came to, and all that was looked at for it. */
interface Read {
  readonly input: Value
  readonly event: Value
  readonly item: Value
  readonly nodes: readonly (readonly [id: string, value: Value])[]
  readonly allNodes: Value | null
  readonly config: Value
}

export type Outputs = readonly (readonly [port: string, value: Value])[]

/** What a step gave, and all that it follows from. */
interface Given extends Cause {
  readonly outputs: Outputs
}

export interface Cause {
  readonly input: Value
  readonly config: Value
  readonly decided: boolean
  /** What it may find in the stores. */
  readonly stored: Label
  /** Whether its error port is wired. */
  readonly ports: number
}

interface Arrived {
  readonly values: readonly Value[]
  /** Of the steps they came from, where that matters. */
  readonly ids: readonly string[]
  readonly input: Value
}

interface Joined {
  readonly a: Value
  readonly b: Value
  readonly both: Value
}

interface Step {
  joined: readonly Joined[]
  arrived: readonly Arrived[]
  input: Value | null
  reads: readonly Read[]
  given: readonly Given[]
}

/** A step of a loop is looked at more than once with different values; more than these are worked out anew. */
const keptMax = 3
/** Input, config, what is read of the step, and some ports. */
const joinsMax = 12

/**
 * What each step made of what it saw, between looks at one flow. Equal sights give the same objects again, so the next step recognises
 * them at once: a look at a flow in which one step changed works out that step and what really differs behind it. A step whose settings
 * change is another key, and is forgotten with them.
 */
export class StepMemory {
  readonly #steps = new WeakMap<CompiledConfig, Step>()
  readonly #kept = new Map<string, Value>()

  /** The object of the last look when it says the same. */
  keep(name: string, value: Value): Value {
    const known = this.#kept.get(name)
    if (known !== undefined && sameValue(known, value)) return known
    if (this.#kept.size > 1_000) this.#kept.clear()
    this.#kept.set(name, value)
    return value
  }

  /** What came by several wires, as one. The same objects as before give the same object. */
  arrived(key: CompiledConfig, values: readonly Value[], join: (values: readonly Value[]) => Value, ids: readonly string[] = noIds): Value {
    const step = this.#of(key)
    for (const known of step.arrived) if (sameItems(known.values, values) && sameItems(known.ids, ids)) return known.input
    const input = join(values)
    step.arrived = [{ values, ids, input }, ...step.arrived.slice(0, keptMax - 1)]
    return input
  }

  /** One value or another of a step, looked at more than once. */
  joined(key: CompiledConfig, a: Value, b: Value): Value {
    const step = this.#of(key)
    for (const known of step.joined) if (known.a === a && known.b === b) return known.both
    const both = joinValues(a, b)
    step.joined = [{ a, b, both }, ...step.joined.slice(0, joinsMax - 1)]
    return both
  }

  input(key: CompiledConfig, input: Value): Value {
    const step = this.#of(key)
    if (step.input !== null && sameValue(step.input, input)) return step.input
    step.input = input
    return input
  }

  config(key: CompiledConfig, sight: Sight, read: (sight: Sight) => Value): Value {
    const step = this.#of(key)
    for (const known of step.reads) if (seesSame(known, sight)) return known.config
    const nodes: [string, Value][] = []
    let allNodes: Value | null = null
    const config = read({
      event: sight.event,
      input: sight.input,
      item: sight.item,
      words: sight.words,
      node: (id) => {
        const value = sight.node(id)
        nodes.push([id, value])
        return value
      },
      allNodes: () => {
        allNodes = sight.allNodes()
        return allNodes
      },
    })
    const { input, event, item } = sight
    step.reads = [{ input, event, item, nodes, allNodes, config }, ...step.reads.slice(0, keptMax - 1)]
    return config
  }

  outputs(key: CompiledConfig, cause: Cause, work: () => Outputs): Outputs {
    const step = this.#of(key)
    for (const known of step.given) if (sameCause(known, cause)) return known.outputs
    const outputs = work()
    step.given = [{ ...cause, outputs }, ...step.given.slice(0, keptMax - 1)]
    return outputs
  }

  #of(key: CompiledConfig): Step {
    let step = this.#steps.get(key)
    if (step === undefined) {
      step = { joined: [], arrived: [], input: null, reads: [], given: [] }
      this.#steps.set(key, step)
    }
    return step
  }
}

const noIds: readonly string[] = []

function sameItems(known: readonly unknown[], items: readonly unknown[]): boolean {
  return known.length === items.length && known.every((item, at) => item === items[at])
}

function seesSame(known: Read, sight: Sight): boolean {
  if (!sameValue(known.input, sight.input) || !sameValue(known.event, sight.event) || !sameValue(known.item, sight.item)) return false
  for (const [id, value] of known.nodes) if (!sameValue(value, sight.node(id))) return false
  return known.allNodes === null || sameValue(known.allNodes, sight.allNodes())
}

function sameCause(known: Cause, { input, config, decided, stored, ports }: Cause): boolean {
  return (
    known.decided === decided &&
    known.ports === ports &&
    sameValue(known.input, input) &&
    sameValue(known.config, config) &&
    sameLabel(known.stored, stored)
  )
}

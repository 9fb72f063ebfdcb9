import type { CheckedNode } from '../checked-node.ts'
import type { PortFacts } from '../facts.ts'
import type { Graph } from '../graph.ts'
import { addTo, emptyLists } from '../lists.ts'
import { type Arrival, arrivalsOf, hiddenPorts } from './arrivals.ts'
import type { DataWords } from './data-words.ts'
import { flowOrder } from './flow-order.ts'
import { changed, influenced, joinLabels, type Label, labelOf, nothing, readByModel, union, written } from './label.ts'
import { meetings, modelDecided } from './model-decided.ts'
import { readConfig } from './read-config.ts'
import { chosenBy, type Sight } from './read-expression.ts'
import { readOrder } from './read-order.ts'
import type { Outputs, StepMemory } from './step-memory.ts'
import { empty, joinValues, mapLabels, memberOf, object, opaque, sameValue, type Value } from './value.ts'

/** The labels of every wire of one flow, and what the rules have to know of each step. */
export interface FlowLabels {
  /** What arrives, per step. */
  input(node: number): Value
  /** The settings as the step will see them, field by field. */
  config(node: number): Value
  /** What leaves by a port. */
  output(node: number, port: string): Value
  /** What `nodes.<id>` reads. */
  all(node: number): Value
  /** A model decided that this step runs at all, and no person agreed since. */
  readonly decided: ReadonlySet<number>
  readonly decisions: ReadonlySet<number>
}

export interface LabelOptions {
  readonly words: DataWords
  /** What a calling flow hands over; absent: what the triggers declare. */
  readonly entry?: Value
  /** What a called flow gives back for this input; null: not known here. */
  readonly called?: (flow: string, input: Value, event: Value) => Value | null
  /** The event that a calling flow hands over with it. */
  readonly event?: Value
  /** Of an earlier look with the same words. */
  readonly memory?: StepMemory | null
}

/** A step may be looked at this often on average before its values are taken as one label each: loops over shapes come to an end. */
const visitsPerNodeMax = 40

const ofSystem = opaque(labelOf('system'))

export function labelFlow(graph: Graph, options: LabelOptions): FlowLabels {
  return new Labelling(graph, options).run()
}

/** The one step type whose approval counts for money. Others may look like it; their receipts are refused at run time. */
function isVeto(node: CheckedNode | undefined): boolean {
  return node?.enabled === true && node.definition.type === 'approvals.veto'
}

class Labelling implements FlowLabels {
  readonly #graph: Graph
  readonly #options: LabelOptions
  readonly #ids: ReadonlyMap<string, number>
  readonly #sources: readonly (readonly Arrival[])[]
  readonly #order: Int32Array
  readonly #readers: (readonly number[])[]
  readonly #readsAll: readonly number[]
  readonly #inputs: Value[]
  readonly #configs: Value[]
  readonly #outputs: Map<string, Value>[]
  readonly #all: Value[]
  /** Everything that any step gave, as one label, but for what the steps in `#unread` gave since somebody asked. */
  #allNodes: Value = empty
  #unread: number[] = []
  readonly #stores = new Map<string, Label>()
  readonly #uses = new Map<string, Label>()
  readonly #storeReaders = new Map<string, number[]>()
  readonly #eachesAround = new Map<number, number[]>()
  #event: Value
  decided: ReadonlySet<number> = new Set()
  decisions: ReadonlySet<number> = new Set()

  constructor(graph: Graph, options: LabelOptions) {
    const { nodes } = graph
    this.#graph = graph
    this.#options = options
    this.#ids = new Map(nodes.filter((node) => node.enabled).map((node) => [node.id, node.index]))
    this.#sources = arrivalsOf(graph)
    this.#order = flowOrder(graph)
    this.#inputs = nodes.map(() => empty)
    this.#configs = nodes.map(() => empty)
    this.#outputs = nodes.map(() => new Map())
    this.#all = nodes.map(() => empty)
    this.#readers = emptyLists(nodes.length)
    for (const node of nodes) {
      for (const id of node.compiledConfig.references.nodes) addTo(this.#readers, this.#ids.get(id) ?? -1, node.index)
      for (const name of node.facts?.labels?.reads ?? []) push(this.#storeReaders, name, node.index)
      if (node.behaviour === 'each') push(this.#eachesAround, node.index, node.index)
    }
    // Each step of a region may read the item; the list of results reads every step of it.
    for (const { members, eaches } of graph.regions.all) {
      for (const each of eaches) {
        for (const member of members) {
          addTo(this.#readers, each, member)
          addTo(this.#readers, member, each)
          push(this.#eachesAround, member, each)
        }
      }
    }
    this.#readsAll = nodes.filter((node) => node.compiledConfig.references.allNodes).map((node) => node.index)
    this.#event = empty
  }

  input(node: number): Value {
    return this.#inputs[node] ?? empty
  }

  config(node: number): Value {
    return this.#configs[node] ?? empty
  }

  output(node: number, port: string): Value {
    return this.#outputs[node]?.get(port) ?? empty
  }

  all(node: number): Value {
    return this.#all[node] ?? empty
  }

  run(): FlowLabels {
    const enabled = this.#graph.nodes.filter((node) => node.enabled).map((node) => node.index)
    for (const start of this.#graph.starts) this.#begin(start)
    this.#event = joinValues(this.#event, this.#options.event ?? empty)
    this.#event = this.#options.memory?.keep('event', this.#event) ?? this.#event
    this.#settle(enabled)
    // Which steps a model decides about is known only from the labels, and changes them: more of them each time, so it ends.
    for (let round = 0; round < this.#graph.nodes.length; round++) {
      const decisions = new Set(enabled.filter((node) => this.#isModelsChoice(node)))
      if (decisions.size > 0) this.#meetings ??= meetings(this.#graph)
      const decided = modelDecided(this.#graph, decisions, this.#meetings)
      if (decided.size === this.decided.size && decisions.size === this.decisions.size) break
      this.decided = decided
      this.decisions = decisions
      this.#settle([...decided, ...decisions])
    }
    return this
  }

  #begin(start: number): void {
    const { entry } = this.#options
    const node = this.#graph.nodes[start] as CheckedNode
    const declared = entry ?? opaque(labelOf(originOf(node) ?? 'system', { subject: 'identifying' }))
    const data = this.#options.memory?.keep(`data ${node.id}`, declared) ?? declared
    const envelope = object(
      new Map([...['id', 'source', 'type', 'subject', 'time'].map((name) => [name, ofSystem] as const), ['data', data]]),
      // What else a sender adds is as much somebody's as the data.
      data.whole,
    )
    this.#event = joinValues(this.#event, envelope)
    for (const { name } of node.ports ?? []) this.#outputs[start]?.set(name, data)
    this.#all[start] = data
    this.#unread.push(start)
  }

  #settle(first: readonly number[]): void {
    const order = this.#order
    const waiting = new Set(first)
    const readAt = new Int32Array(this.#graph.nodes.length)
    let visits = 0
    let changedAt = 0
    const most = visitsPerNodeMax * this.#graph.nodes.length + 100
    while (waiting.size > 0) {
      // In the order of the flow, so that most steps are looked at once.
      const round = [...waiting].sort((a, b) => (order[a] as number) - (order[b] as number))
      for (const node of round) {
        waiting.delete(node)
        readAt[node] = ++visits
        const { outputs, stores } = this.#visit(node, visits > most)
        for (const name of stores) for (const reader of this.#storeReaders.get(name) ?? []) waiting.add(reader)
        if (!outputs) continue
        changedAt = visits
        for (const next of this.#graph.next[node] ?? []) waiting.add(next)
        for (const reader of this.#readers[node] ?? []) waiting.add(reader)
      }
      for (const reader of this.#readsAll) if ((readAt[reader] as number) < changedAt) waiting.add(reader)
    }
  }

  #meetings: Int32Array | null = null

  /** Works one step out anew; tells what behind it may change. */
  #visit(index: number, flat: boolean): Changes {
    const node = this.#graph.nodes[index] as CheckedNode
    if (node.behaviour === 'trigger') return allNew
    const { compiledConfig: key } = node
    const memory = this.#options.memory ?? null
    const arrived = this.#arriving(node)
    const input = memory?.input(key, arrived) ?? arrived
    const config = this.#read(node, input)
    this.#inputs[index] = this.#join(node, this.#inputs[index] ?? empty, flat ? opaque(input.whole) : input)
    this.#configs[index] = this.#join(node, this.#configs[index] ?? empty, flat ? opaque(config.whole) : config)
    const stores = this.#store(node)
    let outputs = false
    for (const [name, given] of this.#giving(node)) {
      const change = this.#put(node, name, flat ? opaque(given.whole) : given)
      if (change === 'none') continue
      outputs ||= change === 'label'
      // What a veto gave last either holds a receipt with the value it is for, or no receipt: money moves only with the first.
      if (isVeto(node) && name !== 'approved') continue
      this.#all[index] = this.#join(node, this.all(index), this.output(index, name))
      this.#unread.push(index)
    }
    // Last, because it hands on what the step gave by its other ports.
    if (this.#graph.out[index]?.has('undo') === true) outputs = this.#put(node, 'undo', this.#leaving(node, 'undo')) === 'label' || outputs
    return outputs || stores.length > 0 ? { outputs, stores } : nothingNew
  }

  #join({ compiledConfig }: CheckedNode, a: Value, b: Value): Value {
    if (a === b || b === empty) return a
    if (a === empty) return b
    return this.#options.memory?.joined(compiledConfig, a, b) ?? joinValues(a, b)
  }

  /** Adds to what leaves by a port; another object may hold the same label. */
  #put(node: CheckedNode, port: string, given: Value): 'none' | 'object' | 'label' {
    const { index } = node
    const before = this.output(index, port)
    const after = this.#join(node, before, given)
    if (after === before) return 'none'
    this.#outputs[index]?.set(port, after)
    return sameValue(after, before) ? 'object' : 'label'
  }

  #read({ compiledConfig: key, index }: CheckedNode, input: Value): Value {
    const { memory } = this.#options
    const sight = this.#sight(input, index)
    return memory === undefined || memory === null || key.fixed
      ? readConfig(key.plan, sight)
      : memory.config(key, sight, (watched) => readConfig(key.plan, watched))
  }

  /** What leaves by each port. */
  #giving(node: CheckedNode): Outputs {
    const { memory } = this.#options
    const ports = this.#portsOf(node)
    const work = () => ports.map((name) => [name, this.#leaving(node, name)] as const)
    // What a called flow gives may change without this step.
    if (memory === undefined || memory === null || node.facts?.labels?.calls !== undefined) return work()
    const { index } = node
    const cause = { input: this.input(index), config: this.config(index), decided: this.decided.has(index), ports: ports.length }
    return memory.outputs(node.compiledConfig, { ...cause, stored: this.#found(node) }, work)
  }

  #portsOf(node: CheckedNode): readonly string[] {
    let names = portNames.get(node.ports ?? none)
    if (names === undefined) {
      names = (node.ports ?? none).map(({ name }) => name)
      portNames.set(node.ports ?? none, names)
    }
    return this.#graph.out[node.index]?.has('error') === true ? [...names, 'error'] : names
  }

  #sight(input: Value, reader: number): Sight {
    return {
      event: this.#event,
      input,
      words: this.#options.words,
      item: this.#itemOf(reader),
      node: (id) => this.#readOf(this.#ids.get(id) ?? -1, reader),
      allNodes: () => this.#readAll(),
    }
  }

  #readAll(): Value {
    for (const node of this.#unread) this.#allNodes = joinValues(this.#allNodes, opaque(this.all(node).whole))
    this.#unread = []
    return this.#allNodes
  }

  #itemOf(reader: number): Value {
    const eaches = this.#eachesAround.get(reader)
    return eaches === undefined ? empty : eaches.map((each) => this.#everything(each)).reduce(joinValues, empty)
  }

  /** All that a step had and gave, as one label. */
  #everything(node: number): Value {
    return [this.input(node), this.config(node), this.all(node)].map((value) => opaque(value.whole)).reduce(joinValues, empty)
  }

  /** What `nodes.<id>` is for a reader: only what left by ports that lead there, where the step surely ran once before. */
  #readOf(index: number, reader: number): Value {
    const outputs = this.#outputs[index]
    if (outputs === undefined || isVeto(this.#graph.nodes[index]) || this.#isUniform(outputs)) return this.all(index)
    const ports = readOrder(this.#graph).portsToward(index, reader)
    return ports === null ? this.all(index) : ports.map((port) => this.output(index, port)).reduce(joinValues, empty)
  }

  #isUniform(outputs: ReadonlyMap<string, Value>): boolean {
    if (outputs.size < 2) return true
    const [first, ...others] = outputs.values()
    return first === undefined || others.every((other) => sameValue(first, other))
  }

  #arriving(node: CheckedNode): Value {
    const sources = this.#sources[node.index] ?? []
    const [only] = sources
    if (only !== undefined && sources.length === 1 && node.behaviour !== 'join') return this.#wire(only.from, only.port)
    const { memory = null } = this.#options
    const values = sources.map(({ from, port }) => this.#wire(from, port))
    if (node.behaviour !== 'join') return memory?.arrived(node.compiledConfig, values, joined) ?? joined(values)
    const ids = sources.map(({ from }) => this.#graph.nodes[from]?.id ?? '')
    const byStep = (all: readonly Value[]) => joinedByStep(ids, all)
    return memory?.arrived(node.compiledConfig, values, byStep, ids) ?? byStep(values)
  }

  #wire(from: number, port: string): Value {
    if (port === hiddenPorts.everything) return this.#everything(from)
    if (port === hiddenPorts.failure) return ofSystem
    return this.output(from, port)
  }

  #leaving(node: CheckedNode, port: string): Value {
    const { index } = node
    const given = this.#given(node, port)
    const asked = this.#asked(node)
    const chosen = asked === null ? given : mapLabels(given, (label) => chosenBy(label, asked))
    const isApproval = isVeto(node) && port === 'approved'
    return this.decided.has(index) && !isApproval ? mapLabels(chosen, influenced) : chosen
  }

  /** The label of what decides by which port it leaves. */
  #asked({ index, facts }: CheckedNode): Label | null {
    const fields = facts?.labels?.decides
    if (fields === undefined) return null
    return fields.map((field) => memberOf(this.config(index), field).whole).reduce(joinLabels, nothing)
  }

  #isModelsChoice(index: number): boolean {
    return this.#asked(this.#graph.nodes[index] as CheckedNode)?.origin.includes('model') === true
  }

  #given(node: CheckedNode, port: string): Value {
    const { index, facts } = node
    const input = this.input(index)
    if (port === 'error') return ofSystem
    // What is undone is what came in and what was given. No approval goes with it: it was given for doing, not for undoing.
    if (port === 'undo') return opaque(changed(joinLabels(input.whole, this.all(index).whole)))
    if (port === 'expired' || port === 'timeout' || node.behaviour === 'join') return input
    if (isVeto(node)) return this.#decidedByPerson(node, port)
    const labels = facts?.labels
    const gives = typeof labels?.gives === 'function' ? labels.gives(port) : labels?.gives
    if (gives === 'input' && labels?.masks === undefined) return input
    if (gives?.startsWith('config.') === true) return memberOf(this.config(index), gives.slice('config.'.length))
    if (gives?.startsWith('mix.') === true) return opaque(changed(memberOf(this.config(index), gives.slice('mix.'.length)).whole))
    const called = this.#called(node)
    if (called !== null) return called
    if (labels?.masks !== undefined) return this.#masked(node)
    const mixed =
      gives === 'new' ? empty : gives === 'config' ? this.config(index) : joinValues(opaque(input.whole), opaque(this.config(index).whole))
    const own = originOf(node)
    const label = joinLabels(changed(mixed.whole), own === null ? written : labelOf(own))
    return opaque(this.#stored(node, own === 'model' ? readByModel(label) : label))
  }

  /** The approved value travels with its receipt: from here on it is what a person agreed to, whoever proposed it. */
  #decidedByPerson({ index, id }: CheckedNode, port: string): Value {
    const proposed = memberOf(this.config(index), 'value')
    const person = opaque(labelOf('person'))
    if (port !== 'approved') return object(new Map([['value', proposed]]), labelOf('person'))
    const approve = (label: Label): Label => ({ ...label, origin: ['person'], approvals: [id] })
    const value = mapLabels(proposed, approve)
    const receipt = opaque(labelOf('person', { approvals: [id] }))
    const members = new Map([...(value.members ?? []), ['value', value], ['receipt', receipt], ['reason', person]])
    return object(members, value.rest ?? labelOf('person'))
  }

  #called(node: CheckedNode): Value | null {
    const flow = node.facts?.labels?.calls?.(node.config) ?? null
    if (flow === null || node.facts?.labels?.waits?.(node.config) === false) return null
    const input = node.config.input === undefined ? this.input(node.index) : memberOf(this.config(node.index), 'input')
    return this.#options.called?.(flow, input, this.#event) ?? null
  }

  #masked(node: CheckedNode): Value {
    const { words } = this.#options
    const names = node.facts?.labels?.masks?.(node.config) ?? []
    if (names === 'text') {
      const text = memberOf(this.config(node.index), 'text').whole
      return opaque({ ...changed(text), subject: text.subject === 'none' ? 'none' : 'masked', categories: [] })
    }
    const gone = names.map((name) => words.categoryOf(name.split('.').at(-1) ?? '', name.split('.').at(-2) ?? 'customer'))
    const hide = (label: Label): Label => {
      const categories = label.categories.filter((it) => !gone.includes(it))
      const isMasked = label.categories.length > 0 && categories.length === 0
      return {
        ...changed(label),
        categories,
        subject: isMasked && label.subject === 'identifying' ? 'masked' : label.subject,
        hidden: union(label.hidden ?? [], names),
      }
    }
    return mapLabels(this.input(node.index), hide)
  }

  /** What it reads from the store: as its use allows, and with what other steps of this flow wrote there. */
  #stored(node: CheckedNode, label: Label): Label {
    const labels = node.facts?.labels
    if (labels?.reads === undefined || labels.reaches !== undefined) return label
    const use = fixedUse(node)
    return joinLabels(joinLabels(label, this.#found(node)), this.#readFor(use))
  }

  /** What is read for a use, or for one that is not known here. */
  #readFor(use: Use | null): Label {
    const key = use === null ? '' : JSON.stringify([use.purpose, use.scene])
    let label = this.#uses.get(key)
    if (label === undefined) {
      const { words } = this.#options
      label = labelOf('system', {
        subject: 'identifying',
        categories: use === null ? [] : [...words.categoriesFor(use.purpose, use.scene)].sort(),
        uses: use === null ? [] : [`${use.purpose}/${use.scene}`],
      })
      this.#uses.set(key, label)
    }
    return label
  }

  /** What earlier steps of this flow stored where it reads. */
  #found(node: CheckedNode): Label {
    return (node.facts?.labels?.reads ?? []).map((name) => this.#stores.get(name) ?? nothing).reduce(joinLabels, nothing)
  }

  /** Names of the stores that hold something new now. */
  #store(node: CheckedNode): readonly string[] {
    const names = node.facts?.labels?.writes ?? none
    if (names.length === 0) return none
    const label = changed(this.config(node.index).whole)
    const own = originOf(node)
    const put = own === null ? label : joinLabels(label, labelOf(own))
    return names.filter((name) => {
      const before = this.#stores.get(name) ?? nothing
      const after = joinLabels(before, put)
      this.#stores.set(name, after)
      return after !== before
    })
  }
}

interface Changes {
  readonly outputs: boolean
  readonly stores: readonly string[]
}

const none: readonly never[] = []
const portNames = new WeakMap<readonly PortFacts[], readonly string[]>()
const nothingNew: Changes = { outputs: false, stores: none }
const allNew: Changes = { outputs: true, stores: none }

function push<Key>(lists: Map<Key, number[]>, key: Key, item: number): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}

/** What data is used for: a purpose in a scene. */
export interface Use {
  readonly purpose: string
  readonly scene: string
}

/** Purpose and scene as far as the config fixes them; null where an expression chooses, or none is asked for. */
export function fixedUse(node: CheckedNode): Use | null {
  const use = askedUse(node)
  return use === null || isOpenUse(use) ? null : use
}

/** What it names is known in the run alone. */
export function isOpenUse({ purpose, scene }: Use): boolean {
  return isOpen(purpose) || isOpen(scene)
}

export function askedUse({ facts, config }: CheckedNode): Use | null {
  try {
    return facts?.labels?.use?.(config) ?? null
  } catch {
    return null
  }
}

function isOpen(text: string): boolean {
  return text.includes('{%') || text.includes('{{')
}

export function originOf({ facts, config }: CheckedNode): 'system' | 'person' | 'model' | 'outside' | null {
  const origin = facts?.labels?.origin
  try {
    return (typeof origin === 'function' ? origin(config) : origin) ?? null
  } catch {
    return 'outside'
  }
}

function joined(values: readonly Value[]): Value {
  return values.reduce(joinValues, empty)
}

function joinedByStep(ids: readonly string[], values: readonly Value[]): Value {
  const byStep = new Map<string, Value>()
  values.forEach((value, at) => {
    const id = ids[at] ?? ''
    byStep.set(id, joinValues(byStep.get(id) ?? empty, value))
  })
  return object(byStep)
}

import type { FlowDefinition, Json } from '@sluice/flows'
import { fnv1a } from '../../core/index.ts'
import { type FlowBuilder, flow } from '../builders/flow.ts'
import { Random } from '../simulation/random.ts'
import { type BlockKind, blocks } from './blocks.ts'
import { drawNext } from './next-version.ts'
import { type Act, actKinds } from './operate.ts'
import { compileDrawn } from './types.ts'

/** A piece of a drawing: where it begins, and the ports what follows is wired to. */
export interface Piece {
  readonly entry: string
  readonly exits: readonly string[]
}

export interface Around {
  readonly depth: number
  /** No lock of its own here. */
  readonly inLock: boolean
  /** Others wait for what this line holds: nothing may stand still. */
  readonly held: boolean
  readonly inItem: boolean
  /** One line only may be here: what fails ends no other line. */
  readonly alone: boolean
}

export interface Drawn {
  /** The flow, and those it calls. */
  readonly flows: readonly FlowDefinition[]
  readonly starts: readonly { readonly at: number; readonly data: Json }[]
  readonly events: readonly { readonly at: number; readonly type: string }[]
  /** What operators mean to do, and the version of the first flow that runs may be moved to. */
  readonly acts: readonly Act[]
  readonly next: FlowDefinition
  /** When nothing happens any more. */
  readonly until: number
  /** Whatever can be cut out of it, by name, the largest first. */
  readonly names: readonly string[]
  readonly kinds: ReadonlySet<string>
}

interface GroupOptions {
  readonly cancel?: boolean
  readonly timeout?: string
  readonly undo?: boolean
}

export interface DrawOptions {
  readonly seed: number
  /** Only blocks whose result does not hang on time: then faults must not change it. */
  readonly confluent?: boolean
  readonly cut?: ReadonlySet<string>
}

export const beginAt = 1_000_000
/** Long enough for all that follows from what is done once. */
export const playMs = 600_000

/** A drawing that has so many steps gets only simple ones from there on. */
const stepsMax = 20

/** Draws by chance, but so that each block hangs on its own name alone: cutting one out leaves the others as they are. */
export class Drawer {
  readonly options: DrawOptions
  readonly names: string[] = []
  readonly kinds = new Set<string>()
  readonly called: FlowDefinition[] = []
  readonly eventTypes: string[] = []
  builder: FlowBuilder
  ids: string[] = []
  /** What is drawn now undoes a step. */
  isUndoing = false
  /** Steps may stand as incidents until an operator comes. Otherwise a run fails by what fails in it. */
  readonly leavesIncidents: boolean
  /** Acts, answers and limits take whole half seconds, so that they meet at one moment. */
  readonly isSharp: boolean
  readonly #groups: { readonly id: string; readonly members: string[]; readonly options: GroupOptions }[] = []

  constructor(options: DrawOptions) {
    this.options = options
    this.leavesIncidents = this.random('incidents').chance(0.5)
    this.isSharp = options.confluent !== true && this.random('sharp').chance(0.2)
    if (this.isSharp) this.kinds.add('sharp')
    this.builder = flow('main').node('start', 'test.event', { type: 'go' })
  }

  get confluent(): boolean {
    return this.options.confluent === true
  }

  random(name: string): Random {
    return new Random(fnv1a(`${this.options.seed} ${name}`))
  }

  /** How long something takes. People answer beside the beat: whose result comes first at one moment is nobody's promise. */
  ms(random: Random, least: number, most: number, beside = 0): number {
    const ms = random.between(least, most)
    return this.isSharp ? Math.ceil(ms / 500) * 500 + beside : ms
  }

  isCut(name: string): boolean {
    this.names.push(name)
    return this.options.cut?.has(name) === true
  }

  node(id: string, type: string, config: Record<string, unknown> = {}, options: Parameters<FlowBuilder['node']>[3] = {}): string {
    this.builder.node(id, type, config, options)
    this.ids.push(id)
    return id
  }

  wire(exits: readonly string[], to: string): void {
    for (const exit of exits) this.builder.wire(exit, to)
  }

  /** Everything drawn while `draw` works stands in the group. */
  group(id: string, options: GroupOptions, draw: () => Piece): Piece {
    const from = this.ids.length
    const piece = draw()
    this.#groups.push({ id, members: this.ids.slice(from), options })
    return piece
  }

  undoing(draw: () => void): void {
    this.isUndoing = true
    draw()
    this.isUndoing = false
    this.kinds.add('undo')
  }

  sequence(name: string, around: Around): Piece {
    const random = this.random(name)
    const count = random.between(1, around.depth === 0 ? 4 : 2)
    const wanted = Array.from({ length: count }, (_, index) => `${name}_${index}`)
    const kept = wanted.filter((one) => !this.isCut(`${one}-`))
    const pieces = (kept.length === 0 ? wanted.slice(0, 1) : kept).map((one) => this.block(one, around))
    pieces.forEach((piece, index) => {
      const before = pieces[index - 1]
      if (before !== undefined) this.wire(before.exits, piece.entry)
    })
    return { entry: pieces[0]?.entry ?? '', exits: pieces.at(-1)?.exits ?? [] }
  }

  block(name: string, around: Around): Piece {
    if (this.isCut(name)) return blocks.fold(this, name)
    const random = this.random(`${name}?`)
    const simple: readonly BlockKind[] = this.confluent
      ? ['fold', 'act', 'write', 'wait', 'task', ...(this.leavesIncidents ? (['stuck'] as const) : [])]
      : ['fold', 'act', 'act', 'failing', 'wait', 'event', 'task', 'write']
    const deep: readonly BlockKind[] = this.confluent
      ? ['parallel', 'parallel', 'choice', 'loop', 'each', 'lock', 'call', 'rescue']
      : [
          'parallel',
          'parallel',
          'parallel',
          'choice',
          'loop',
          'race',
          'each',
          'each',
          'group',
          'group',
          'call',
          'lock',
          'milestone',
          'stop',
        ]
    const isLarge = around.depth >= 3 || this.ids.length > stepsMax
    const kind = random.pick(isLarge || random.chance(0.45) ? simple : deep)
    const chosen = this.#instead(kind, name, around)
    this.kinds.add(chosen)
    return blocks[chosen](this, name, around)
  }

  /** What does not fit here gives way; some blocks have a rarer sister. */
  #instead(kind: BlockKind, name: string, around: Around): BlockKind {
    if ((kind === 'lock' && around.inLock) || (kind === 'stuck' && around.held)) return 'act'
    const isRare = !this.confluent && this.random(`${name} rare`).chance(0.3)
    if (isRare && kind === 'group') return 'crowd'
    return isRare && kind === 'call' ? 'send' : kind
  }

  /** A flow of its own that a step calls, and waits for or not. */
  subFlow(key: string, around: Around, isAwaited = true): void {
    const outer = { builder: this.builder, ids: this.ids, groups: this.#groups.splice(0) }
    this.builder = flow(key).node('start', 'core.manual')
    this.ids = []
    // Most are small; some hold groups in groups and items in them.
    const depth = this.random(`${key} depth`).chance(0.3) ? 1 : 2
    const place = {
      depth: Math.max(depth, around.depth + 1),
      inLock: isAwaited,
      held: isAwaited && around.held,
      inItem: false,
      alone: true,
    }
    const body = this.sequence(key, place)
    if (!isAwaited && this.random(`${key} limited`).chance(0.8)) this.limitStarts(key)
    this.wire(['start'], body.entry)
    this.called.push(this.finish(key))
    this.builder = outer.builder
    this.ids = outer.ids
    this.#groups.push(...outer.groups)
  }

  /** How many runs of the flow being drawn may begin, and when; what goes first. */
  limitStarts(name: string): void {
    const random = this.random(`${name} limits`)
    const key = () => (random.chance(0.3) ? { key: '{% input.n % 2 %}' } : {})
    const limit = (most: number) => ({ ...key(), limit: random.between(1, most) })
    if (random.chance(0.6))
      this.builder.settings({ concurrency: { ...limit(2), whenFull: random.pick(['queue', 'queue', 'drop', 'replace'] as const) } })
    if (random.chance(0.4))
      this.builder.settings({
        rate: { ...limit(2), per: `PT${random.between(1, 4)}S`, whenFull: random.pick(['queue', 'queue', 'drop'] as const) },
      })
    if (random.chance(0.25)) this.builder.settings({ debounce: { ...key(), for: `PT${random.between(1, 2)}S` } })
    if (random.chance(0.4)) this.builder.settings({ priority: random.pick(['high', 'low'] as const) })
    this.kinds.add('limits')
  }

  finish(name: string): FlowDefinition {
    const random = this.random(`${name} settings`)
    for (const { id, members, options } of this.#groups.splice(0)) this.builder.group(id, members, options)
    if (this.confluent ? !this.leavesIncidents : random.chance(0.4)) this.builder.settings({ onError: 'fail' })
    if (!this.confluent && random.chance(0.1)) this.builder.settings({ timeout: 'PT20S' })
    return this.builder.build()
  }
}

/** Wires as a careless hand might add them. Those the compiler refuses are left out again. */
function withStrayWires(drawer: Drawer, plain: FlowDefinition): FlowDefinition {
  const random = drawer.random('stray')
  if (drawer.confluent || !random.chance(0.5)) return plain
  let isStray = false
  // Which step is the head of a loop nobody meant to draw is the compiler's matter.
  let drawn: FlowDefinition = { ...plain, nodes: plain.nodes.map(({ loopLimit: _, ...node }) => node) }
  for (let count = random.between(1, 3); count > 0; count--) {
    const port = random.pick(['out', 'out', 'error', 'timeout', 'a'])
    const wire = { from: `${random.pick(drawer.ids)}.${port}`, to: `${random.pick(drawer.ids)}.in` }
    const exists = drawn.edges.some(({ from, to }) => from === wire.from && to === wire.to)
    if (drawer.isCut(`stray${count}`) || exists) continue
    const more = { ...drawn, edges: [...drawn.edges, wire] }
    if (compileDrawn(more) === null) continue
    drawn = more
    isStray = true
  }
  if (!isStray) return plain
  drawer.kinds.add('stray')
  return drawn
}

export function drawFlow(options: DrawOptions): Drawn {
  const drawer = new Drawer(options)
  const body = drawer.sequence('b', { depth: 0, inLock: false, held: false, inItem: false, alone: true })
  drawer.wire(['start'], body.entry)
  const last = drawer.node('last', 'ref.fold', { salt: 3 })
  drawer.wire(body.exits, last)
  const isLimited = !drawer.confluent && drawer.random('limited').chance(0.15)
  if (isLimited) drawer.limitStarts('main')
  const main = withStrayWires(drawer, drawer.finish('main'))
  const random = drawer.random('play')
  // A lock is only something where several want it.
  const isCrowded = drawer.kinds.has('lock') || isLimited
  const starts = Array.from(
    { length: isLimited ? random.between(3, 6) : isCrowded ? random.between(2, 4) : random.between(1, 2) },
    (_, index) => ({
      at: beginAt + index * random.between(1, isCrowded ? 1_500 : 4_000),
      data: { n: random.between(0, 900), t: 0 },
    }),
  ).filter((_, index) => index === 0 || !drawer.isCut(`start${index}`))
  const events = drawer.eventTypes
    .flatMap((type) => Array.from({ length: random.between(0, 3) }, () => ({ at: beginAt + random.between(1, 20_000), type })))
    .filter((_, index) => !drawer.isCut(`event${index}`))
  const acts = drawActs(drawer)
  const names = [...new Set(drawer.names)].sort((left, right) => left.length - right.length)
  const until = Math.max(beginAt, ...acts.map(({ at }) => at)) + playMs
  return { flows: [main, ...drawer.called], next: drawNext(drawer, main), starts, events, acts, until, names, kinds: drawer.kinds }
}

/** At any time; where faults make every time uncertain, when nothing else can happen any more. */
function drawActs(drawer: Drawer): readonly Act[] {
  const random = drawer.random('acts')
  const count = random.chance(0.3) ? 0 : random.between(1, 4)
  return Array.from({ length: count }, (_, index): Act => {
    const kind = random.pick(actKinds)
    // Incidents stand late and for long, and what was undone shows at the end; most other lines are soon gone.
    const early = kind === 'retry' ? 0 : kind === 'rerun' ? 0.5 : 0.8
    const soon = beginAt + (random.chance(early) ? random.between(1, 8_000) : random.between(4_000, 40_000))
    return { at: drawer.confluent ? beginAt + (index + 1) * playMs : soon, kind, pick: random.between(0, 10_000) }
  }).filter((_, index) => !drawer.isCut(`act${index}`))
}

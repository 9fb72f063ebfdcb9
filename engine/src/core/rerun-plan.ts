import { applyAll } from './apply.ts'
import type { CompiledFlow, CompiledNode } from './compiled.ts'
import type { JournalEntry } from './entry.ts'
import type { EpochMs, NodeId } from './ids.ts'
import { regionsAround } from './regions.ts'
import type { ForkPoint, KeptOutcome } from './run.ts'

/** A step behind the chosen one that has an effect, and what it did in the run that is taken up again. */
export interface RepeatedEffect {
  readonly node: NodeId
  readonly type: string
  readonly effect: 'internal' | 'idempotent' | 'unsafe'
  /** How often it was done, how often it was tried without success, and when last. 0 and 0: it would happen for the first time. */
  readonly done: number
  readonly failed: number
  readonly lastAt: EpochMs | null
  /** What it gave, when it gave it once and it was not undone; may be handed on instead of acting again. */
  readonly outcome: KeptOutcome | null
}

export interface RerunPlan {
  readonly begin: ForkPoint
  readonly effects: readonly RepeatedEffect[]
  /** Joins that would meet this line alone, because the lines beside it are not run again. */
  readonly aloneAt: readonly NodeId[]
}

/** What taking a run up again from a node means; a text when it cannot be done. The last time the node was reached counts. */
export function rerunPlan(flow: CompiledFlow, entries: readonly JournalEntry[], node: NodeId): RerunPlan | string {
  const at = Object.hasOwn(flow.nodes, node) ? flow.nodes[node] : undefined
  if (at === undefined) return `the flow has no step ${node}`
  if (!canBegin(at)) return `${node} brings lines together or leads them apart; begin at a step behind it or before it`
  const group = regionsAround(flow, node).find(({ region }) => region.each !== null)
  if (group !== undefined) return `${node} runs once per item; begin at ${group.region.each}, which runs all of them`
  if (!mainSteps(flow).has(node)) return `${node} only undoes another step; begin at a step of the main line`
  const begin = at.behaviour === 'trigger' ? fromTrigger(entries, node) : fromStep(flow, entries, node)
  if (begin === null) return `the run never came to ${node}`
  const ahead = reachable(flow, node)
  const effects = ahead.flatMap((id) => repeated(flow, flow.nodes[id], entries))
  const aloneAt = ahead.filter((id) => {
    const fork = flow.nodes[id]?.join?.fork
    return fork != null && !ahead.includes(fork)
  })
  return { begin, effects, aloneAt }
}

/** Where a line can begin alone: not where lines meet, part or wait for one another. */
export function canBegin({ behaviour }: CompiledNode): boolean {
  return behaviour === 'trigger' || behaviour === 'action' || behaviour === 'each'
}

/** Steps a run comes to without undoing anything. */
function mainSteps(flow: CompiledFlow): ReadonlySet<NodeId> {
  const triggers = Object.values(flow.nodes).filter(({ behaviour }) => behaviour === 'trigger')
  return new Set(triggers.flatMap(({ id }) => reachable(flow, id)))
}

function fromTrigger(entries: readonly JournalEntry[], node: NodeId): ForkPoint | null {
  const [first] = entries
  if (first?.kind === 'run.started' && first.node === node)
    return { node, port: 'out', from: null, input: first.data, trigger: node, event: first.event, outputs: {} }
  if (first?.kind === 'run.forked' && first.begin.node === node) return first.begin
  return null
}

function fromStep(flow: CompiledFlow, entries: readonly JournalEntry[], node: NodeId): ForkPoint | null {
  for (let last = entries.length - 1; last >= 0; last--) {
    const entry = entries[last]
    if (entry === undefined || !('next' in entry)) continue
    const token = entry.next.find((made) => made.node === node)
    if (token === undefined) continue
    const run = applyAll(flow, null, entries.slice(0, last + 1))
    const { input = null, from = null, port = token.port } = run.tokens[token.id] ?? {}
    return { node, port, from, input, trigger: run.trigger, event: run.event, outputs: run.outputs }
  }
  return null
}

/** Undo lines are no way on: they undo what the new run does, if it comes to that. */
function reachable(flow: CompiledFlow, from: NodeId): readonly NodeId[] {
  const found = new Set<NodeId>([from])
  for (const id of found) {
    const node = flow.nodes[id]
    for (const [port, wires] of Object.entries(node?.out ?? {})) if (port !== 'undo') for (const wire of wires) found.add(wire.node)
    if (node?.entry !== undefined) found.add(node.entry)
    for (const { id: group } of regionsAround(flow, id)) found.add(group)
  }
  return [...found]
}

function repeated(flow: CompiledFlow, node: CompiledNode | undefined, entries: readonly JournalEntry[]): readonly RepeatedEffect[] {
  if (node === undefined || node.behaviour !== 'action' || node.effect === 'none') return []
  const own = entries.filter((entry) => 'node' in entry && entry.node === node.id)
  const done = own.flatMap((entry) => (entry.kind === 'node.completed' && entry.port !== 'error' ? [entry] : []))
  const failed = own.filter(({ kind }) => kind === 'node.failed').length
  const last = done.at(-1)
  // Several passages had several outcomes: none of them stands for all. What was undone stands no longer.
  const isUndone = entries.some((entry) => entry.kind === 'undo.step-done' && entry.node === node.id)
  const once = done.length === 1 && !isUndone && !regionsAround(flow, node.id).some(({ region }) => region.each !== null)
  const outcome = last === undefined || !once ? null : { port: last.port, data: last.data }
  const lastAt = own.at(-1)?.at ?? null
  return [{ node: node.id, type: node.type, effect: node.effect, done: done.length, failed, lastAt, outcome }]
}

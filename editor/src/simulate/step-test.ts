import type { Scope } from '@sluice/engine/expression'
import type { FlowDefinition, FlowNode, Json, JsonObject } from '@sluice/flows'
import type { FullEntry } from '../run/picture.ts'
import { type RecordedError, recordedError } from '../run/recorded-error.ts'
import { journalOf, mainRun, type Simulated } from './result.ts'
import type { ConsentUse, StandIn } from './session.ts'

/** One step of the draft, with what it is given. */
export interface StepTest {
  readonly flow: FlowDefinition
  readonly step: string
  readonly scope: Scope
  /** What comes in, when it was changed for this test. */
  readonly input: Json
  readonly consents: readonly ConsentUse[]
  /** What the outside is said to answer; null: it takes what it was asked. */
  readonly outside: StandIn | null
  /** What stands where the sample is sealed for this person. */
  readonly sealed: string
}

/** Above this many steps before it, only those the step names stand in. */
const standInsMax = 200

/**
 * The step alone, as a flow of its own: what set the sample off, every step before as its result in the sample, then the step. The rest
 * of the draft may be unfinished. It goes the way of every simulation, so nothing leaves and the gates are asked as they would be.
 */
export function stepOrder({ flow, step, scope, input, consents, outside, sealed }: StepTest): object {
  const unsealed = <Value>(value: Value) => withoutSeals(value as Json, sealed)
  const { event } = scope
  const start = startOf(flow, scope)
  const tested = flow.nodes.find(({ id }) => id === step)
  const config = JSON.stringify(tested?.config ?? {})
  const before = Object.entries(scope.nodes).filter(([id]) => id !== step && id !== start)
  const named = before.length <= standInsMax ? before : before.filter(([id]) => config.includes(id)).slice(0, standInsMax)
  const last = freeId(flow, 'input')
  const chain = [...named, [last, input] as const]
  const nodes: FlowNode[] = [
    event === null ? { id: start, type: 'core.manual' } : { id: start, type: 'core.event', config: { type: event.type } },
    ...chain.map(([id]): FlowNode => ({ id, type: 'core.transform', config: { value: null } })),
    ...(tested === undefined ? [] : [alone(tested)]),
  ]
  const order = [start, ...chain.map(([id]) => id), step]
  const customer = event?.subject ?? ''
  return {
    flow: {
      format: flow.format,
      key: flow.key,
      name: flow.name,
      nodes,
      edges: order.slice(1).map((to, at) => ({ from: `${order[at]}.out`, to: `${to}.in` })),
    },
    ...(event === null && { start: { trigger: start, input: unsealed(scope.nodes[start] ?? null) } }),
    events: event === null ? [] : [{ type: event.type, data: unsealed(event.data ?? null), ...(customer !== '' && { subject: customer }) }],
    customers: customer === '' ? [] : [{ id: customer }],
    consents: customer === '' ? [] : consents.map((use) => ({ customer, ...use })),
    mocks: {
      ...Object.fromEntries(chain.map(([id, data]) => [id, { data: unsealed(data) }])),
      ...(outside !== null && { [step]: outside }),
    },
    until: 0,
    startAt: new Date(scope.now).toISOString(),
  }
}

/** The trigger the sample began with keeps its name, for expressions that speak of it. */
function startOf(flow: FlowDefinition, scope: Scope): string {
  const targets = new Set(flow.edges.map(({ to }) => to.slice(0, to.indexOf('.'))))
  const first = Object.keys(scope.nodes).find((id) => !targets.has(id) && flow.nodes.some((node) => node.id === id))
  return first ?? freeId(flow, 'start')
}

function freeId(flow: FlowDefinition, wanted: string): string {
  const taken = new Set(flow.nodes.map(({ id }) => id))
  let id = wanted
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`
  return id
}

/** A failure is what one wants to see, so nothing is tried again. */
function alone({ retry: _retry, disabled: _disabled, ...node }: FlowNode): FlowNode {
  return node
}

export function withoutSeals(value: Json, instead: string): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => withoutSeals(each, instead))
  if ('$masked' in value) return standInFor(value, instead)
  return Object.fromEntries(Object.entries(value as JsonObject).map(([name, each]) => [name, withoutSeals(each, instead)]))
}

/** Something of the same kind, so that the step does not fail on the seal itself. */
function standInFor({ type }: JsonObject, instead: string): Json {
  return type === 'number' ? 0 : type === 'boolean' ? false : instead
}

/** Places that are sealed, as paths. */
export function sealsIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  if ('$masked' in value) return [path]
  return Object.entries(value).flatMap(([name, each]) =>
    sealsIn(each, Array.isArray(value) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`),
  )
}

export type StepOutcome =
  | { readonly kind: 'done'; readonly port: string; readonly data: Json; readonly why: unknown }
  | { readonly kind: 'failed'; readonly error: RecordedError }
  | { readonly kind: 'waiting'; readonly wait: string; readonly dueAt: string | null }
  /** It was not reached. */
  | { readonly kind: 'nothing' }

export interface StepResult {
  readonly outcome: StepOutcome
  /** What would have left. */
  readonly acts: readonly Json[]
}

export function stepResult(result: Simulated, step: string): StepResult {
  const run = mainRun(result)
  if (run === null) return { outcome: { kind: 'nothing' }, acts: [] }
  const acts = result.acts.flatMap((act) => (act.run === run.run && act.node === step ? [act.request] : []))
  return { outcome: outcomeOf(journalOf(result, run.run), run, step), acts }
}

function outcomeOf(journal: readonly FullEntry[], run: Simulated['runs'][number], step: string): StepOutcome {
  const mine = journal.filter(({ node }) => node === step)
  const left = mine.findLast(({ kind }) => kind === 'node.completed' || kind === 'join.passed')
  if (left !== undefined) return { kind: 'done', port: left.port ?? 'out', data: left.data ?? null, why: left.why ?? null }
  const failed = recordedError(journal.findLast(({ error }) => error != null)?.error ?? run.error)
  if (failed !== null) return { kind: 'failed', error: failed }
  const wait = run.waits.find(({ node }) => node === step)
  return wait === undefined ? { kind: 'nothing' } : { kind: 'waiting', wait: wait.kind, dueAt: wait.dueAt }
}

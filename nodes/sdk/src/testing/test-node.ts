import type { FlowEvent } from '@sluice/engine/core'
import { issuePermit } from '@sluice/engine/testing'
import type { EffectKind, NobodyPermit, NodeOutcome, PersonPermit, Use } from '@sluice/engine/worker'
import type { Json, JsonObject } from '@sluice/flows'
import Schema from 'typebox/schema'
import { effectOf, portsOf } from '../node.ts'
import type { AnyNode } from '../pack.ts'
import { actUnder, type OutsideHost } from '../server/outside.ts'
import type { PackServer } from '../server/pack-server.ts'
import { type StandIns, stepOf, type Traces, testContext } from './test-context.ts'

export interface NodeCase extends StandIns {
  /** As the step sees it: every expression already evaluated. */
  readonly config?: object
  readonly input?: Json
  readonly event?: FlowEvent | null
  readonly subject?: string | null
  /** The pack's server half, for nodes that have a step. */
  readonly server?: PackServer
  /** Stands for the world when the step orders an act; without it the order is only looked at. */
  readonly host?: Partial<OutsideHost>
}

export interface NodeResult {
  /** What the step gave. */
  readonly outcome: NodeOutcome
  /** What the act it ordered gave, when `host` was given. */
  readonly acted: NodeOutcome | null
  readonly traces: Traces
}

/**
 * Runs one node without an engine and checks that it keeps its word: the config fits its schema, the port exists,
 * and it does no more to the world than its effect declares. Throws with the reason when it does not.
 * @example `(await testNode(branch, { config: { when: true }, input: 1 })).outcome // leaves by `true``
 */
export async function testNode(node: AnyNode, given: NodeCase = {}): Promise<NodeResult> {
  const config = (given.config ?? {}) as JsonObject
  assertConfig(node, config)
  const { context, traces } = testContext(given)
  const outcome = runOnce(node, config, given, context)
  assertHonest(node, config, outcome, traces)
  const acted = outcome.kind === 'act' && given.host !== undefined ? await actOnce(node, outcome, given) : null
  if (acted !== null) assertPort(node, config, acted)
  return { outcome, acted, traces }
}

function runOnce(node: AnyNode, config: JsonObject, given: NodeCase, context: ReturnType<typeof testContext>['context']): NodeOutcome {
  if (node.run !== undefined) {
    return node.run({ config, input: given.input ?? null, event: given.event ?? null, now: context.now })
  }
  const step = given.server?.steps?.[node.type]
  if (step === undefined) throw new Error(`${node.type}: give the pack's server half; this node has no run() of its own`)
  return step(stepOf(context, { config, input: given.input ?? null, event: given.event ?? null, subject: given.subject ?? null }))
}

/** Config that the form or a file could never give would prove nothing. */
function assertConfig(node: AnyNode, config: JsonObject): void {
  const [fits, errors] = Schema.Errors(node.config as never, config)
  if (!fits)
    throw new Error(
      `${node.type}: the config does not fit its schema: ${errors.map((error) => `${error.instancePath} ${error.message}`).join('; ')}`,
    )
}

function assertHonest(node: AnyNode, config: JsonObject, outcome: NodeOutcome, traces: Traces): void {
  const effect = effectOf(node, config)
  const outside = effect === 'idempotent' || effect === 'unsafe'
  if (outcome.kind === 'act' && !outside) throw new Error(`${node.type}: declares effect ${effect} but orders an act`)
  if (effect === 'none' && (traces.emitted.length > 0 || traces.effects.length > 0))
    throw new Error(`${node.type}: declares no effect but had one`)
  assertPort(node, config, outcome)
}

function assertPort(node: AnyNode, config: JsonObject, outcome: NodeOutcome): void {
  const ports = [...portsOf(node, config).map(({ name }) => name), 'error']
  const left = outcome.kind === 'output' ? outcome.port : outcome.kind === 'act' ? outcome.refusedPort : undefined
  if (left !== undefined && !ports.includes(left)) throw new Error(`${node.type}: leaves by "${left}" but declares ${ports.join(', ')}`)
}

async function actOnce(node: AnyNode, outcome: Extract<NodeOutcome, { kind: 'act' }>, given: NodeCase): Promise<NodeOutcome> {
  const handler = given.server?.outside?.[node.type]
  if (handler === undefined) throw new Error(`${node.type}: orders an act that no outside handler takes`)
  const permit = issuePermit('permit-1', { id: 'effect-1', handler: node.type, use: outcome.use }, given.now ?? 0)
  const act = actUnder(handler, permit)
  if (act === null) throw new Error(`${node.type}: its handler does not work on what this order touches`)
  const order = { id: 'effect-1', run: 'run-1', node: 'step', attempt: 1, request: outcome.request, idempotencyKey: 'run-1:t1:step' }
  return act({ ...order, permit }, testHost(given))
}

/** Leave for a person's data, as the loop would give it: for tests of one handler. */
export function personPermit<Kind extends EffectKind>(use: Use & { readonly effectKind: Kind }, handler = 'test'): PersonPermit<Kind> {
  const permit = issuePermit('permit-1', { id: 'effect-1', handler, use }, 0)
  if (permit.touches === 'nobody') throw new Error('a use always touches a person')
  return { ...permit, use }
}

/** The permit of an act that touches nobody. */
export function nobodyPermit(handler = 'test'): NobodyPermit {
  const permit = issuePermit('permit-1', { id: 'effect-1', handler, use: null }, 0)
  if (permit.touches !== 'nobody') throw new Error('an act without a use touches nobody')
  return permit
}

/** A world in which everything is missing that the test does not bring. */
export function testHost(given: Pick<NodeCase, 'host' | 'store' | 'now'>): OutsideHost {
  const { store } = testContext(given)
  return {
    records: store.records,
    fetch: () => Promise.reject(new Error('This test brings no network; give "host.fetch".')),
    secret: () => null,
    model: () => null,
    runCode: () => Promise.reject(new Error('This test brings no sandbox; give "host.runCode".')),
    signal: { aborted: false },
    now: () => given.now ?? 0,
    ...given.host,
  }
}

import { type CompiledFlow, canonicalJson } from '@sluice/engine/core'
import { type SimulationResult, simulateFlow } from '@sluice/engine/simulate'
import type { NodeOutcome, NodeRuntime, StepContext } from '@sluice/engine/worker'
import type { JsonObject } from '@sluice/flows'
import { nodeTypes } from '@sluice/nodes'
import { type GivenCalendar, givenCalendars } from '@sluice/nodes/simulate'
import { portsOf } from '@sluice/sdk'
import { createEngineParts, type EngineParts } from '../packs/engine-parts.ts'
import type { ReplayOrder } from './order.ts'
import { pictureFrom } from './picture.ts'
import type { LedgerEntry, ReplayedEvent, ReplayOutcome, RunPicture, WhyNot } from './replay-order.ts'

let parts: EngineParts | null = null

/** Runs the draft over events as they came, and says for each what would have been different. */
export async function replayEvents({ flow, events, calendars = [] }: ReplayOrder): Promise<readonly ReplayOutcome[]> {
  const outcomes: ReplayOutcome[] = []
  for (const event of events) outcomes.push(await replayOne(flow, event, calendars))
  return outcomes
}

async function replayOne(flow: CompiledFlow, it: ReplayedEvent, calendars: readonly GivenCalendar[]): Promise<ReplayOutcome> {
  parts ??= createEngineParts()
  const gap: Gap = { why: null, at: null }
  const result = await simulateFlow({
    flow,
    nodes: stubbed(flow, it, gap),
    ...(calendars.length === 0 ? {} : { commands: parts.commands, given: givenCalendars(calendars) }),
    events: [it.content, ...it.signals],
    answers: it.answers,
    mocks: it.recorded,
    startAt: it.at,
  })
  const run = result.runs.find((one) => one.flow === flow.key)
  const after = run === undefined ? null : pictureOf(flow, result, run.run)
  if (result.truncated) note(gap, 'limit', '')
  const waiting = run?.waits.find(({ wait }) => wait.kind === 'task')
  if (waiting !== undefined && it.before?.state !== 'waiting') note(gap, 'person', waiting.node)
  const known = { event: it.event, run: it.run, before: it.before }
  if (gap.why !== null) return { ...known, replayed: false, why: gap.why, at: gap.at, after: null, changes: [] }
  return { ...known, replayed: true, why: null, at: null, after, changes: changesOf(it.before, after) }
}

interface Gap {
  why: WhyNot | null
  at: string | null
}

function note(gap: Gap, why: WhyNot, at: string): void {
  if (gap.why !== null) return
  gap.why = why
  gap.at = at
}

/**
 * Pure steps run as they are. A step with an effect gives what was recorded; a new or changed act outside is asked of the consent
 * ledger as it stood and then said to have been done. A new step inside has nothing to stand on: the run cannot be replayed.
 */
function stubbed(flow: CompiledFlow, it: ReplayedEvent, gap: Gap): ReadonlyMap<string, NodeRuntime> {
  parts ??= createEngineParts()
  const used = new Set(Object.values(flow.nodes).map(({ type }) => type))
  const all = new Map<string, NodeRuntime>()
  for (const [type, { step, ...runtime }] of parts.nodes) {
    if (!used.has(type) || step === undefined || runtime.needsStore !== undefined)
      all.set(type, step === undefined ? runtime : { ...runtime, step })
    else all.set(type, { ...runtime, step: standIn(runtime, it, gap) })
  }
  return all
}

function standIn(runtime: Omit<NodeRuntime, 'step'>, it: ReplayedEvent, gap: Gap): (context: StepContext) => NodeOutcome {
  const isOutside = runtime.effect === 'idempotent' || runtime.effect === 'unsafe'
  return (context) => {
    const { node, config, input, event, now } = context
    if (runtime.type === 'consent.check') return checked(config, it, now)
    if (runtime.type.startsWith('approvals.')) return asked(context, it)
    if (!isOutside) {
      note(gap, 'no-record', node)
      return { kind: 'output', port: 'out', data: input }
    }
    const use = runtime.use?.(config as never) ?? null
    if (use !== null && event?.subject != null && it.recorded[node] === undefined && !stands(it.consents, use, null, now)) {
      const port = ['blocked', 'denied'].find((name) => hasPort(runtime.type, config as JsonObject, name))
      const reason = 'no grant at the time of the event'
      if (port !== undefined) return { kind: 'output', port, data: { code: 'SLU_CONSENT_MISSING', reason } }
      return { kind: 'failure', error: { code: 'SLU_CONSENT_MISSING', message: reason, terminal: true } }
    }
    return { kind: 'act', request: config as never, use: null }
  }
}

function checked(config: StepContext['config'], it: ReplayedEvent, now: number): NodeOutcome {
  const { purpose, scene, session } = config as { purpose?: unknown; scene?: unknown; session?: unknown }
  const allowed = stands(it.consents, { purpose: String(purpose), scene: String(scene) }, typeof session === 'string' ? session : null, now)
  return { kind: 'output', port: allowed ? 'granted' : 'denied', data: { allowed, reason: allowed ? 'given' : 'missing' } }
}

function asked({ node, config, newId }: StepContext, it: ReplayedEvent): NodeOutcome {
  const configured = Array.isArray(config.actions) ? config.actions.filter((one): one is string => typeof one === 'string') : []
  const actions = [...new Set([...configured, ...it.answers.filter((answer) => answer.node === node).map(({ action }) => action)])]
  return { kind: 'wait', wait: { kind: 'task', taskId: newId(), actions, dueAt: null } }
}

function hasPort(type: string, config: JsonObject, port: string): boolean {
  const node = nodeTypes.get(type)
  return node !== undefined && portsOf(node, config).some(({ name }) => name === port)
}

function stands(
  ledger: readonly LedgerEntry[],
  use: { readonly purpose: string; readonly scene: string },
  session: string | null,
  now: number,
): boolean {
  return ledger.some(
    (grant) =>
      grant.purpose === use.purpose &&
      grant.scene === use.scene &&
      grant.from <= now &&
      (grant.until === null || grant.until > now) &&
      (grant.session === null || grant.session === session),
  )
}

function pictureOf(flow: CompiledFlow, { timeline, runs }: SimulationResult, id: string): RunPicture {
  const { status, output } = runs.find(({ run }) => run === id) ?? { status: 'running' as const, output: null }
  return pictureFrom(
    flow,
    timeline.flatMap((item) => (item.run === id ? [item.entry] : [])),
    status,
    output,
  )
}

function changesOf(before: RunPicture | null, after: RunPicture | null): ReplayOutcome['changes'] {
  if (before === null) return after === null ? [] : ['starts']
  if (after === null) return ['no-longer-starts']
  const differs = (part: keyof RunPicture) => canonicalJson(before[part]) !== canonicalJson(after[part])
  return (['state', 'path', 'output', 'acts'] as const).filter((part) => differs(part))
}

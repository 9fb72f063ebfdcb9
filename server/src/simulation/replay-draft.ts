import type { CompiledFlow } from '@sluice/engine/core'
import type { AnyNode } from '@sluice/sdk'
import type { EngineReader } from '../hosts/sqlite/reader/index.ts'
import { collect, hopeless, isOutcome } from './collect.ts'
import type { ReplayedEvent, ReplayOutcome, WhyNot } from './replay-order.ts'

export const replayLimits = { eventsMax: 1_000, eventsDefault: 500, batch: 25, spanMsMax: 400 * 86_400_000 } as const

export interface ReplaySpan {
  readonly from: number
  readonly to: number
  readonly limit: number
}

export interface ReplayTotals {
  /** Of `events` so many could be replayed. */
  readonly events: number
  readonly replayed: number
  readonly changed: number
  /** There were more events in the period than are looked at. */
  readonly more: boolean
  readonly notReplayed: { readonly [why in WhyNot]?: number }
  readonly changes: { readonly [change: string]: number }
  /** Acts of each step before and after, over all that was replayed. */
  readonly acts: { readonly [node: string]: { readonly before: number; readonly after: number } }
}

export type ReplayItem =
  | { readonly kind: 'begin'; readonly events: number; readonly more: boolean }
  | { readonly kind: 'outcome'; readonly outcome: ReplayOutcome }
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  | { readonly kind: 'end'; readonly totals: ReplayTotals }

type Runner = (flow: CompiledFlow, events: readonly ReplayedEvent[]) => Promise<readonly ReplayOutcome[]>

/** Events of a period against a draft, a few at a time: the reader may stop listening at any moment, and then nothing more is done. */
export async function* replayDraft(
  reader: EngineReader,
  nodeTypes: ReadonlyMap<string, AnyNode>,
  draft: CompiledFlow,
  { from, to, limit }: ReplaySpan,
  run: Runner,
): AsyncGenerator<ReplayItem> {
  const stored = reader.events.between({ types: typesOf(reader, nodeTypes, draft), from, to, limit: limit + 1 })
  const events = stored.slice(0, limit)
  const more = stored.length > limit
  const byHand = startedOtherwise(reader, draft.key, from, to)
  const of = events.length + byHand.length
  yield { kind: 'begin', events: of, more }
  const outcomes: ReplayOutcome[] = []
  for (const outcome of byHand) {
    outcomes.push(outcome)
    yield { kind: 'outcome', outcome }
  }
  for (let at = 0; at < events.length; at += replayLimits.batch) {
    const batch = events.slice(at, at + replayLimits.batch).map((event) => collect(reader, draft, event))
    const replayed = await run(
      draft,
      batch.flatMap((one) => (isOutcome(one) ? [] : [one])),
    )
    for (const outcome of [...batch.filter(isOutcome), ...replayed]) {
      // An event that started nothing and would start nothing says nothing.
      if (outcome.replayed && outcome.before === null && outcome.after === null) continue
      outcomes.push(outcome)
      yield { kind: 'outcome', outcome }
    }
    yield { kind: 'progress', done: Math.min(at + replayLimits.batch, events.length) + byHand.length, of }
  }
  yield { kind: 'end', totals: totalsOf(outcomes, more) }
}

/** What the draft listens to, and what the version listened to that ran until now. */
function typesOf(reader: EngineReader, nodeTypes: ReadonlyMap<string, AnyNode>, draft: CompiledFlow): readonly string[] | null {
  const active = reader.flows.versions(draft.key).find((version) => version.active)
  const published = active === undefined ? null : reader.flows.compiled(draft.key, active.version)
  const types = [draft, ...(published === null ? [] : [published])].flatMap((flow) =>
    flow.triggers.flatMap((id) => {
      const node = flow.nodes[id]
      return node === undefined ? [] : (nodeTypes.get(node.type)?.trigger?.eventTypes(node.config) ?? [])
    }),
  )
  return types.some((type) => type.includes('*')) ? null : [...new Set(types)]
}

/** Runs that no event of the outside started: there is nothing to send again. */
function startedOtherwise(reader: EngineReader, flow: string, from: number, to: number): readonly ReplayOutcome[] {
  const { items } = reader.runs.list({ flow, from, to, limit: 1_000 })
  return items.flatMap(({ id, eventId, parent }) => (eventId === null ? [hopeless('', id, parent === null ? 'by-hand' : 'called')] : []))
}

function totalsOf(outcomes: readonly ReplayOutcome[], more: boolean): ReplayTotals {
  const notReplayed: { [why in WhyNot]?: number } = {}
  const changes: Record<string, number> = {}
  const acts: Record<string, { before: number; after: number }> = {}
  const done = outcomes.filter(({ replayed }) => replayed)
  for (const { why } of outcomes) if (why !== null) notReplayed[why] = (notReplayed[why] ?? 0) + 1
  for (const outcome of done) {
    for (const change of outcome.changes) changes[change] = (changes[change] ?? 0) + 1
    for (const side of ['before', 'after'] as const) {
      for (const node of outcome[side]?.acts ?? []) {
        const sum = acts[node] ?? { before: 0, after: 0 }
        acts[node] = { ...sum, [side]: sum[side] + 1 }
      }
    }
  }
  const changed = done.filter((outcome) => outcome.changes.length > 0).length
  return { events: outcomes.length, replayed: done.length, changed, more, notReplayed, changes, acts }
}

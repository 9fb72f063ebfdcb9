import type { FlowEvent } from '@sluice/engine/core'
import type { Scope } from '@sluice/engine/expression'
import type { Json, JsonObject } from '@sluice/flows'
import { packs } from '@sluice/nodes'
import type { JournalItem, Run } from '../../app/api/shapes.ts'
import { type Catalogue, configOf, type FlowDocument, isTrigger, wiresInto } from '../../doc/index.ts'

/** Input, event and outputs of one real run as a step saw them, or null when the run never came that far. */
export function scopeOfRun(run: Run, journal: readonly JournalItem[], step: string, doc: FlowDocument): Scope | null {
  const { scope, isReached } = scopeSoFar(run, journal, step, doc)
  return isReached ? scope : null
}

/** The same, and what the run holds for a step it never came to: its event and the outputs it has. */
export function scopeSoFar(
  run: Run,
  journal: readonly JournalItem[],
  step: string,
  doc: FlowDocument,
): { readonly scope: Scope; readonly isReached: boolean } {
  const nodes: Record<string, Json> = {}
  const passed = new Map<string, Json>()
  let input: Json | undefined
  const sources = new Set(wiresInto(doc.edges, step).map((edge) => `${edge.from.node}.${edge.from.port}`))
  const started = journal.find((entry) => entry.kind === 'run.started')
  for (const entry of journal) {
    if (entry.node === undefined || entry.data === undefined) continue
    if (entry.kind !== 'node.completed' && entry.kind !== 'join.passed' && entry.kind !== 'run.started') continue
    const key = `${entry.node}.${entry.port ?? 'out'}`
    nodes[entry.node] = entry.data
    passed.set(key, entry.data)
    if (sources.has(key)) input = entry.data
  }
  const event = ((started as { event?: unknown } | undefined)?.event ?? run.event ?? null) as FlowEvent | null
  const scope: Scope = {
    event,
    input: input ?? event?.data ?? null,
    nodes,
    vars: {},
    run: { id: run.id, flow: run.flow, version: run.version },
    now: Date.parse(run.startedAt),
  }
  return { scope, isReached: input !== undefined || sources.size === 0 }
}

/** The latest of these runs that came to a step: what one sets up is shown with data it will see. */
export function reachedLately(
  recent: readonly { readonly run: Run; readonly journal: readonly JournalItem[] }[],
  step: string,
  doc: FlowDocument,
): string | null {
  return recent.find(({ run, journal }) => scopeSoFar(run, journal, step, doc).isReached)?.run.id ?? null
}

/** Without a run: the trigger's own example, so that the very first field already shows real shapes. */
export function scopeOfExample(doc: FlowDocument, catalogue: Catalogue, now: number): Scope | null {
  for (const step of doc.nodes.values()) {
    const node = catalogue.find(step.type)
    if (node === undefined || !isTrigger(node)) continue
    const [type] = node.trigger?.eventTypes(configOf(step)) ?? []
    const sample = node.trigger?.sample ?? eventSample(type)
    if (sample === undefined) continue
    const event = {
      subject: null,
      source: '/example',
      time: new Date(now).toISOString(),
      id: 'example',
      type: type ?? '',
      ...(sample as JsonObject),
    } as unknown as FlowEvent
    return {
      event,
      input: event.data ?? null,
      nodes: { [step.id]: event.data ?? null },
      vars: {},
      run: { id: 'example', flow: doc.head.key, version: 0 },
      now,
    }
  }
  return null
}

function eventSample(type: string | undefined): Json | undefined {
  for (const pack of packs) for (const event of pack.events ?? []) if (event.type === type) return event.sample as Json
  return undefined
}

/** What left a step in this journal, the last time by each port. */
export function outputsOf(journal: readonly JournalItem[], step: string): readonly { readonly port: string; readonly data: unknown }[] {
  const byPort = new Map<string, unknown>()
  for (const entry of journal) {
    if (entry.node !== step || entry.data === undefined) continue
    if (entry.kind === 'node.completed' || entry.kind === 'join.passed' || entry.kind === 'run.started')
      byPort.set(entry.port ?? 'out', entry.data)
  }
  return [...byPort].map(([port, data]) => ({ port, data }))
}

export function whyOf(journal: readonly JournalItem[], step: string): unknown {
  return journal.findLast((entry) => entry.node === step && entry.why != null)?.why ?? null
}

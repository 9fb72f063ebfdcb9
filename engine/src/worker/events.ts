import { payloadRefusal } from '../core/payload.ts'
import type { FlowEvent } from '../core/run.ts'
import type { EventInput, StartedRun } from './context.ts'
import { dedupeTable } from './dedupe.ts'
import type { TriggerMatch } from './flow-registry.ts'
import type { EventEnvelope } from './ports.ts'
import { problem } from './problem.ts'
import { runCommand } from './run-command.ts'
import { deliverSignals } from './signals.ts'
import { starterOf, startRun } from './start.ts'
import type { Work } from './work.ts'

export interface Intake {
  readonly event: string
  readonly runs: readonly StartedRun[]
  readonly repeated: boolean
}

/** Stores an event, lets packs act on it, starts the flows that listen and wakes the steps that wait for it. */
export function takeEvent(work: Work, envelope: EventEnvelope): Intake {
  const { inbox } = work.store
  const known = inbox.find(envelope.source, envelope.id)
  if (known !== null) return { event: known.event, runs: known.runs, repeated: true }
  const tooBig = payloadRefusal(envelope.data)
  if (tooBig !== null) throw problem('SLU_PAYLOAD_LIMIT', 413, tooBig)
  const { id, source, type, subject, time, data } = envelope
  const event: FlowEvent = { id, source, type, subject, time, data }
  const { newId } = work.shared.ports
  const { starts: fitting, failures } = work.shared.flows.match(event, work.now)
  const matches = fitting.filter((match) => isFirst(work, match, event))
  const depth = matches.length === 0 ? work.depth + 1 : work.deeper(matches.length)
  const starts = matches.map((match) => ({ match, run: newId() }))
  const stored = newId()
  const runs = starts.map(({ match, run }): StartedRun => ({ flow: match.prepared.flow.key, run }))
  inbox.insert({ source, id, event: stored, runs }, event, work.now)
  work.shared.counts.events++
  for (const name of work.shared.ports.consumers?.get(type) ?? []) runCommand(work, name, event, work.actor)
  for (const { match, run } of starts) {
    remember(work, match, event, run)
    const { prepared, trigger, subject: about } = match
    startRun(work, run, { prepared, trigger, data, event, subject: about, by: starterOf(work.actor) }, depth)
  }
  deliverSignals(work, event, depth)
  for (const { flow, trigger, error } of failures) {
    const refs = { event: stored, flow: flow.key, trigger, code: error?.code ?? 'SLU_TRIGGER_THREW' }
    work.store.audit.append({ at: work.now, actor: work.actor, kind: 'engine.trigger-failed', refs, payload: null })
  }
  return { event: stored, runs, repeated: false }
}

/** An event a pack or a step emits. Without an id it is a new one. */
export function emit(work: Work, { id, source, type, subject, time, data }: EventInput): Intake {
  return takeEvent(work, {
    id: id ?? work.shared.ports.newId(),
    source,
    type,
    subject: subject ?? null,
    time: time ?? new Date(work.now).toISOString(),
    data,
  })
}

/** A flow may say what makes two events the same to it; the first one wins for ever. */
function isFirst(work: Work, match: TriggerMatch, event: FlowEvent): boolean {
  const key = match.prepared.dedupeKey(event, work.now)
  return key === null || work.store.records.find(dedupeTable, { flow: match.prepared.flow.key, key }) === null
}

function remember(work: Work, match: TriggerMatch, event: FlowEvent, run: string): void {
  const key = match.prepared.dedupeKey(event, work.now)
  if (key !== null) work.store.records.upsert(dedupeTable, { flow: match.prepared.flow.key, key, run, at: work.now })
}

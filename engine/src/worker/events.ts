import { payloadRefusal } from '../core/payload.ts'
import type { FlowEvent } from '../core/run.ts'
import { admit } from './admission.ts'
import { depthNow } from './behind.ts'
import type { EventInput, StartedRun } from './context.ts'
import { keepLetter } from './dead-letters.ts'
import { dedupeTable } from './dedupe.ts'
import type { TriggerMatch } from './flow-registry.ts'
import { engineLimits } from './limits.ts'
import type { EventEnvelope, ReceivedEvent } from './ports.ts'
import { problem } from './problem.ts'
import { rankOfFlow, ranks } from './rank.ts'
import { runCommand } from './run-command.ts'
import { behindStart, saidBy } from './said-by.ts'
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
  if (tooBig !== null) throw problem('SLU_PAYLOAD_LIMIT', 413, tooBig.text)
  const { id, source, type, subject, time, data, extensions } = envelope
  const event: FlowEvent = { id, source, type, subject, time, data, ...(extensions === undefined ? {} : { extensions }) }
  const { newId } = work.shared.ports
  const { starts: fitting, failures } = work.shared.flows.match(event, work.now)
  const isRefused = ({ prepared }: TriggerMatch) => work.shared.flows.pauseOf(prepared.flow.key) === 'refuse'
  const refused = fitting.filter(isRefused)
  const callDepth = depthNow(work)
  // Flows whose steps set one another off for ever end here; a withdrawal is never one round too many.
  const isTooDeep = ({ prepared }: TriggerMatch) => callDepth > engineLimits.callDepthMax && rankOfFlow(prepared) !== ranks.withdrawal
  const tooDeep = fitting.filter((match) => !isRefused(match) && isTooDeep(match))
  const taken = refused.length + tooDeep.length === 0 ? fitting : fitting.filter((match) => !isRefused(match) && !isTooDeep(match))
  const matches = firstOnes(work, taken, event)
  const depth = matches.length === 0 ? work.depth + 1 : work.deeper(matches.length)
  const admitted = matches.map(({ prepared, trigger, subject, key }) => {
    const run = newId()
    const admission = admit(work, { prepared, event, data, run, rank: rankOfFlow(prepared) })
    return { prepared, trigger, subject, key, run, admission }
  })
  const starts = admitted.filter(({ admission }) => admission.kind === 'start')
  const stored = newId()
  const runs = starts.map(({ prepared, run }): StartedRun => ({ flow: prepared.flow.key, run }))
  const said = saidBy(work)
  inbox.insert({ source, id, event: stored, runs, ...said }, event, work.now)
  work.shared.counts.events++
  const consumers = work.shared.ports.consumers?.get(type)
  if (consumers !== undefined) {
    // A clock that jumped back must not make an event come from the future.
    const received: ReceivedEvent = { ...event, receivedAt: Math.min(envelope.receivedAt ?? work.now, work.now) }
    for (const name of consumers) runCommand(work, name, received, work.actor)
  }
  for (const { prepared, trigger, admission } of admitted) {
    if (admission.kind !== 'drop') continue
    const refs = { event: stored, flow: prepared.flow.key, trigger, by: admission.by }
    work.store.audit.append({ at: work.now, actor: work.actor, kind: 'engine.start-dropped', refs, payload: null })
  }
  for (const { prepared, trigger, subject: about, key, run, admission } of starts) {
    const gate = admission.kind === 'start' ? admission.gate : null
    if (key !== null) work.store.records.insert(dedupeTable, { flow: prepared.flow.key, key, run, at: work.now })
    // Who sends it by hand is behind the start; more is to be said of a token, and of an event that a step emits.
    const authors = work.executing === null ? behindStart(work) : said.authors
    startRun(work, run, { prepared, trigger, data, event, subject: about, by: starterOf(work.actor), authors, gate, callDepth }, depth)
  }
  const woken = deliverSignals(work, event, depth)
  for (const { prepared, trigger } of refused)
    keepLetter(work, stored, event, { reason: 'paused', flow: prepared.flow.key, trigger, code: 'SLU_FLOW_PAUSED' })
  for (const { prepared, trigger } of tooDeep) {
    const refs = { event: stored, flow: prepared.flow.key, trigger, code: 'SLU_CALL_DEPTH' }
    work.store.audit.append({ at: work.now, actor: work.actor, kind: 'engine.trigger-failed', refs, payload: null })
    keepLetter(work, stored, event, { reason: 'failed', flow: refs.flow, trigger, code: refs.code })
  }
  const isWanted = fitting.length > 0 || failures.length > 0 || woken > 0 || consumers !== undefined || type.startsWith('sluice.')
  if (!isWanted) keepLetter(work, stored, event, { reason: 'nobody', flow: null, trigger: null, code: null })
  for (const { flow, trigger, error } of failures) {
    const refs = { event: stored, flow: flow.key, trigger, code: error?.code ?? 'SLU_TRIGGER_THREW' }
    work.store.audit.append({ at: work.now, actor: work.actor, kind: 'engine.trigger-failed', refs, payload: null })
    keepLetter(work, stored, event, { reason: 'failed', flow: flow.key, trigger, code: refs.code })
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

type FirstMatch = TriggerMatch & { readonly key: string | null }

/** A flow may say what makes two events the same to it; the first one wins for ever, also among triggers of the same flow. */
function firstOnes(work: Work, matches: readonly TriggerMatch[], event: FlowEvent): readonly FirstMatch[] {
  const found: FirstMatch[] = []
  for (const { prepared, trigger, subject } of matches) {
    const key = prepared.dedupeKey(event, work.now)
    const flow = prepared.flow.key
    const isTaken = key !== null && (found.some((one) => one.key === key && one.prepared.flow.key === flow) || isKnown(work, flow, key))
    if (!isTaken) found.push({ prepared, trigger, subject, key })
  }
  return found
}

function isKnown(work: Work, flow: string, key: string): boolean {
  return work.store.records.find(dedupeTable, { flow, key }) !== null
}

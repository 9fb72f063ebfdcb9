import type { FlowDefinition, Json } from '@sluice/flows'
import type { JournalItem } from '../app/api/shapes.ts'
import type { FullEntry } from '../run/picture.ts'
import { timeOf } from '../run/timeline.ts'
import { type GivenAnswer, type Session, type StandIn, usesIn } from './session.ts'

export interface ForkPoint {
  /** Entries of the journal that stay as they were. */
  readonly count: number
  /** The step whose last output is edited; the trigger edits the event's data. */
  readonly node: string
  readonly port: string
  readonly data: Json
}

/** Which steps do something that cannot be done again for a trial: their recorded results stand in for them. */
export type HasEffect = (type: string) => boolean

/**
 * A real run up to a moment, as a session: what set it off, what steps with an effect gave, what people answered and when, and then the
 * edited data. Pure steps run again; after the moment every step is itself. Nothing of it goes back to the run.
 */
export function forkOf(entries: readonly JournalItem[], file: FlowDefinition, point: ForkPoint, hasEffect: HasEffect): Session | null {
  const kept = entries.slice(0, point.count) as readonly FullEntry[]
  const started = kept.find(({ kind }) => kind === 'run.started')
  if (started?.node === undefined) return null
  const startAt = timeOf(started)
  const types = new Map(file.nodes.map(({ id, type }) => [id, type]))
  const given = new Map<string, FullEntry[]>()
  for (const entry of kept)
    if (entry.kind === 'node.completed' && entry.node !== undefined) given.set(entry.node, [...(given.get(entry.node) ?? []), entry])
  const standIns: Record<string, readonly StandIn[]> = {}
  for (const [node, passed] of given) {
    const type = types.get(node) ?? ''
    const isEdited = node === point.node
    if (!isEdited && (!hasEffect(type) || isAsked(type))) continue
    const list: StandIn[] = passed.map(({ port, data }) => ({ port: port ?? 'out', data: data ?? null }))
    if (isEdited) list[list.length - 1] = { port: point.port, data: point.data }
    standIns[node] = [...list, { real: true }]
  }
  const event = started.event as { readonly type: string; readonly subject?: string | null; readonly data?: Json } | null | undefined
  const isTrigger = started.node === point.node
  const data = isTrigger ? point.data : (event?.data ?? started.data ?? null)
  return {
    begin:
      event == null
        ? { kind: 'manual', trigger: started.node, input: data }
        : { kind: 'event', type: event.type, subject: event.subject ?? '', data },
    later: kept.flatMap((entry) => signalOf(entry, startAt)),
    consents: usesIn(file.nodes),
    owner: '',
    answers: answersIn(kept, point.node),
    standIns,
    until: Math.max(0, timeOf(kept.at(-1)) - startAt),
    startAt,
  }
}

function isAsked(type: string): boolean {
  return type.startsWith('approvals.')
}

function signalOf(entry: FullEntry, startAt: number): Session['later'] {
  const { type, subject, data } = (entry.kind === 'signal.received' ? (entry.event ?? {}) : {}) as {
    readonly type?: unknown
    readonly subject?: unknown
    readonly data?: Json
  }
  if (typeof type !== 'string') return []
  return [{ type, subject: typeof subject === 'string' ? subject : '', data: data ?? null, after: timeOf(entry) - startAt }]
}

/** How long a person took is counted from when they were asked. A step whose output is edited asks nobody. */
function answersIn(entries: readonly FullEntry[], edited: string): readonly GivenAnswer[] {
  const askedAt = new Map<string, number>()
  const answers: GivenAnswer[] = []
  for (const entry of entries as readonly (FullEntry & { readonly token?: string })[]) {
    const { kind, token = '', node = '', action = '' } = entry
    if (kind === 'node.waiting' && entry.wait?.kind === 'task') askedAt.set(token, timeOf(entry))
    if (kind !== 'task.answered' || node === edited) continue
    const left = (entries as readonly (FullEntry & { readonly token?: string })[]).find(
      (one) => one.kind === 'node.completed' && one.token === token,
    )
    answers.push({ node, action, data: left?.data ?? {}, after: timeOf(entry) - (askedAt.get(token) ?? timeOf(entry)) })
  }
  return answers
}

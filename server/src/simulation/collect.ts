import { type CompiledFlow, type CompiledNode, canonicalJson, type JournalEntry } from '@sluice/engine/core'
import type { Mock, SimulatedAnswer, SimulatedEvent } from '@sluice/engine/simulate'
import type { RecordsReader } from '@sluice/engine/worker'
import { consents, subjects } from '@sluice/nodes/consent/server'
import type { StoredEvent } from '../hosts/sqlite/index.ts'
import type { EngineReader } from '../hosts/sqlite/reader/index.ts'
import { pictureFrom } from './picture.ts'
import type { LedgerEntry, ReplayedEvent, ReplayOutcome, WhyNot } from './replay-order.ts'

const entriesMax = 5_000

/** What is known of one real event, or why it cannot be replayed. */
export function collect(reader: EngineReader, draft: CompiledFlow, stored: StoredEvent): ReplayedEvent | ReplayOutcome {
  const { event, receivedAt, content, runs } = stored
  const run = runs.find(({ flow }) => flow === draft.key)?.run ?? null
  const real = run === null ? null : reader.runs.find(run)
  const nothing = { event, at: receivedAt, content: simulated(stored, 0), run, signals: [], answers: [], recorded: {} }
  const ledger = ledgerOf(reader.records, content.subject)
  const asks = Object.values(draft.nodes).some(({ config, type }) => type === 'consent.check' || 'purpose' in config)
  if (ledger === null && asks) return hopeless(event, run, 'consent-unknown')
  const known = { ...nothing, consents: ledger ?? [] }
  if (run === null) return { ...known, before: null }
  if (real === null) return hopeless(event, run, 'expired')
  if (real.endedAt === null) return hopeless(event, run, 'still-running')
  const page = reader.runs.journal(run, 0, 1_000)
  const entries: JournalEntry[] = page.items.map(({ entry }) => entry)
  for (let { next } = page; next !== null && entries.length < entriesMax; ) {
    const more = reader.runs.journal(run, next, 1_000)
    entries.push(...more.items.map(({ entry }) => entry))
    next = more.next
  }
  if (entries.length >= entriesMax) return hopeless(event, run, 'limit')
  const was = reader.flows.compiled(real.flow, real.version)
  if (was === null) return hopeless(event, run, 'expired')
  return {
    ...known,
    before: pictureFrom(was, entries, real.status, real.output),
    signals: entries.flatMap((entry) => (entry.kind === 'signal.received' ? [{ ...entry.event, after: entry.at - real.startedAt }] : [])),
    answers: answersIn(entries),
    recorded: recordedIn(entries, was, draft),
  }
}

export function hopeless(event: string, run: string | null, why: WhyNot): ReplayOutcome {
  return { event, run, replayed: false, why, at: null, before: null, after: null, changes: [] }
}

export function isOutcome(one: ReplayedEvent | ReplayOutcome): one is ReplayOutcome {
  return 'replayed' in one
}

function simulated({ content }: StoredEvent, after: number): SimulatedEvent {
  const { time: _time, ...event } = content
  return { ...event, after }
}

/** How long a person took is counted from when they were asked. */
function answersIn(entries: readonly JournalEntry[]): readonly SimulatedAnswer[] {
  const askedAt = new Map<string, number>()
  const answers: SimulatedAnswer[] = []
  for (const entry of entries) {
    if (entry.kind === 'node.waiting' && entry.wait.kind === 'task') askedAt.set(entry.token, entry.at)
    if (entry.kind !== 'task.answered') continue
    const left = entries.find((one) => one.kind === 'node.completed' && one.token === entry.token)
    const data = left?.kind === 'node.completed' ? left.data : null
    answers.push({ node: entry.node, action: entry.action, data, after: entry.at - (askedAt.get(entry.token) ?? entry.at) })
  }
  return answers
}

/** Results of steps with an effect that are in the draft as they were. People's answers are given as answers. */
function recordedIn(entries: readonly JournalEntry[], was: CompiledFlow, draft: CompiledFlow): { [node: string]: readonly Mock[] } {
  const recorded: Record<string, Mock[]> = {}
  for (const entry of entries) {
    if (entry.kind !== 'node.completed' && entry.kind !== 'incident.raised') continue
    const node = was.nodes[entry.node]
    if (node === undefined || node.effect === 'none' || node.type.startsWith('approvals.') || !isSame(node, draft.nodes[entry.node]))
      continue
    const { code, message } = entry.kind === 'incident.raised' ? entry.error : { code: '', message: '' }
    const mock: Mock =
      entry.kind === 'incident.raised' ? { error: { code, message, terminal: true } } : { port: entry.port, data: entry.data }
    recorded[entry.node] = [...(recorded[entry.node] ?? []), mock]
  }
  return recorded
}

function isSame(was: CompiledNode, is: CompiledNode | undefined): boolean {
  return is !== undefined && is.type === was.type && canonicalJson(is.config) === canonicalJson(was.config)
}

/** The grants of a person as the ledger keeps them; null when it cannot tell what stood when. */
function ledgerOf(records: RecordsReader, customer: string | null): readonly LedgerEntry[] | null {
  if (customer === null) return []
  const subject = records.find(subjects, { id: customer })
  // Which data categories were cut when is not kept beside the grants.
  if (subject !== null && subject.cutCategories.length > 0) return null
  return records.list(consents, { where: { customer }, limit: 10_000 }).flatMap((grant) => {
    if (grant.state === 'refused') return []
    const ended = grant.state === 'given' ? null : grant.stateSince
    const ends = [grant.validUntil, ended].filter((at) => at !== null)
    const until = ends.length === 0 ? null : Math.min(...ends)
    return [{ purpose: grant.purpose, scene: grant.scene, session: grant.session, from: grant.validFrom, until }]
  })
}

import type { Json, JsonObject } from '@sluice/flows'
import type { JournalItem, RunStateName } from '../app/api/shapes.ts'
import { type RecordedError, recordedError } from './recorded-error.ts'

/** What one step of a run looks like at a moment. */
export type StepState =
  | 'running'
  | 'waiting-time'
  | 'waiting-person'
  | 'waiting-event'
  | 'waiting-lines'
  | 'waiting-call'
  | 'retrying'
  | 'done'
  | 'failed'
  | 'incident'
  | 'blocked'
  | 'vetoed'
  | 'cancelled'
  | 'undone'

export interface StepStatus {
  readonly state: StepState
  /** Times it let something pass. */
  readonly passed: number
  readonly since: number
  readonly dueAt: number | null
  readonly error: RecordedError | null
}

/** What went through one output port. */
export interface Passage {
  readonly count: number
  readonly data: Json
  readonly at: number
  readonly seq: number
}

/** A run as people see it, folded from its journal: the screen says no more than the journal does. */
export interface Picture {
  readonly status: RunStateName
  readonly steps: ReadonlyMap<string, StepStatus>
  /** By `<node>.<port>`. */
  readonly passages: ReadonlyMap<string, Passage>
  /** Step the last entry was about. */
  readonly current: string | null
  readonly seq: number
  readonly at: number
}

export const emptyPicture: Picture = { status: 'running', steps: new Map(), passages: new Map(), current: null, seq: 0, at: 0 }

/** The journal entry with the fields its kind may add. */
export type FullEntry = JournalItem & {
  readonly error?: (Partial<RecordedError> & { readonly node?: string | null }) | null
  readonly wait?: { readonly kind?: string; readonly dueAt?: Json } | null
  readonly dueAt?: Json
  readonly next?: readonly { readonly node: string }[]
  readonly event?: JsonObject | null
  readonly action?: string
  readonly by?: string | null
  readonly reason?: string
  readonly output?: Json
}

/** Entries after which data has left a step, by `out` where they name no port. */
export const leaving: ReadonlySet<string> = new Set([
  'run.started',
  'node.completed',
  'join.passed',
  'region.ended',
  'lock.taken',
  'lock.left',
])

/** Steps that a port leads to. */
export type Follow = (node: string, port: string) => readonly string[]

/** A picture being drawn: its maps belong to the fold, so that an entry costs the same whether ten steps or a thousand are known. */
interface Drawing extends Picture {
  readonly steps: Map<string, StepStatus>
  readonly passages: Map<string, Passage>
}

export function foldAll(entries: readonly JournalItem[], follow: Follow, from: Picture = emptyPicture): Picture {
  const start: Drawing = { ...from, steps: new Map(from.steps), passages: new Map(from.passages) }
  return entries.reduce((picture, entry) => foldEntry(picture, entry, follow), start)
}

/** The only thing that changes a picture. An entry of a kind it does not know only moves the clock. */
function foldEntry(picture: Drawing, item: JournalItem, follow: Follow): Drawing {
  const entry = item as FullEntry
  const at = Date.parse(entry.at)
  const base: Drawing = { ...picture, seq: entry.seq, at, current: entry.node ?? picture.current }
  switch (entry.kind) {
    case 'run.started':
      return leave({ ...base, status: 'running' }, entry, 'out', at, follow)
    case 'node.completed':
    case 'join.passed':
    case 'region.ended':
    case 'lock.taken':
    case 'lock.left':
      return leave(resumed(base), entry, entry.port ?? 'out', at, follow)
    case 'run.forked':
      return reached({ ...base, status: 'running' }, entry, at)
    case 'node.waiting':
      return mark({ ...base, status: 'waiting' }, entry, waitState(entry), at, dueOf(entry))
    case 'run.queued':
      return mark(base, entry, 'waiting-lines', at, null)
    case 'join.arrived':
      return mark(base, entry, 'waiting-lines', at, dueOf(entry))
    case 'each.started':
    case 'each.reviewed':
      return mark(base, entry, 'waiting-lines', at, null)
    case 'each.item-started':
    case 'undo.step-started':
      return begin(resumed(base), entry, at)
    case 'node.failed':
      return mark(base, entry, refused(entry) ? 'blocked' : 'failed', at, null)
    case 'node.retry-scheduled':
      return mark({ ...base, status: 'waiting' }, entry, 'retrying', at, dueOf(entry))
    case 'node.retried':
    case 'signal.received':
    case 'task.answered':
      return mark(resumed(base), entry, 'running', at, null)
    case 'undo.started':
      return resumed(base)
    case 'undo.step-done':
      return mark(base, entry, 'undone', at, null)
    case 'token.cancelled':
      return mark(base, entry, 'cancelled', at, null)
    case 'incident.raised':
      return mark({ ...base, status: 'incident' }, entry, 'incident', at, null)
    case 'run.succeeded':
      return { ...base, status: 'succeeded' }
    case 'run.failed':
      return { ...base, status: 'failed' }
    case 'run.cancelled':
      return stopOpen({ ...base, status: 'cancelled' }, at)
    default:
      return base
  }
}

function resumed(picture: Drawing): Drawing {
  return picture.status === 'waiting' || picture.status === 'incident' ? { ...picture, status: 'running' } : picture
}

function leave(picture: Drawing, entry: FullEntry, port: string, at: number, follow: Follow): Drawing {
  const node = entry.node
  if (node === undefined) return picture
  const { steps } = picture
  const before = steps.get(node)
  const state: StepState =
    port === 'error' ? 'failed' : port === 'vetoed' ? 'vetoed' : port === 'denied' || port === 'blocked' ? 'blocked' : 'done'
  steps.set(node, {
    state,
    passed: (before?.passed ?? 0) + 1,
    since: at,
    dueAt: null,
    error: port === 'error' ? (errorOf(entry) ?? before?.error ?? null) : null,
  })
  arriveAt(steps, entry.next?.map((token) => token.node) ?? follow(node, port), at)
  const key = `${node}.${port}`
  picture.passages.set(key, { count: (picture.passages.get(key)?.count ?? 0) + 1, data: entry.data ?? null, at, seq: entry.seq })
  return picture
}

/** The first step of an item: no wire leads there. */
function begin(picture: Drawing, entry: FullEntry, at: number): Drawing {
  const { steps } = picture
  arriveAt(steps, entry.next?.map((token) => token.node) ?? [], at)
  return picture
}

function arriveAt(steps: Map<string, StepStatus>, nodes: readonly string[], at: number): void {
  for (const id of nodes) {
    const there = steps.get(id)
    // A line that arrives where another one waits for it changes nothing to see yet.
    if (there?.state === 'waiting-lines') continue
    steps.set(id, { state: 'running', passed: there?.passed ?? 0, since: at, dueAt: null, error: null })
  }
}

/** A run that takes another one up again: its first steps are at work, what lies before them was done there. */
function reached(picture: Drawing, entry: FullEntry, at: number): Drawing {
  const { steps } = picture
  for (const { node } of entry.next ?? []) steps.set(node, { state: 'running', passed: 0, since: at, dueAt: null, error: null })
  return { ...picture, current: entry.next?.[0]?.node ?? picture.current }
}

function mark(picture: Drawing, entry: FullEntry, state: StepState, at: number, dueAt: number | null): Drawing {
  if (entry.node === undefined) return picture
  const { steps } = picture
  const passed = steps.get(entry.node)?.passed ?? 0
  steps.set(entry.node, { state, passed, since: at, dueAt, error: errorOf(entry) })
  return picture
}

function stopOpen(picture: Drawing, at: number): Drawing {
  const { steps } = picture
  for (const [id, step] of steps) if (isOpen(step.state)) steps.set(id, { ...step, state: 'cancelled', since: at, dueAt: null })
  return picture
}

export function isOpen(state: StepState): boolean {
  return state === 'running' || state === 'retrying' || state === 'incident' || state.startsWith('waiting')
}

function waitState(entry: FullEntry): StepState {
  switch (entry.wait?.kind ?? (entry.data as JsonObject | undefined)?.kind) {
    case 'task':
      return 'waiting-person'
    case 'event':
      return 'waiting-event'
    case 'call':
      return 'waiting-call'
    case 'join':
    case 'lock':
    case 'milestone':
      return 'waiting-lines'
    case 'retry':
      return 'retrying'
    default:
      return 'waiting-time'
  }
}

function dueOf(entry: FullEntry): number | null {
  const due = entry.wait?.dueAt ?? entry.dueAt ?? null
  if (typeof due === 'number') return due
  const at = typeof due === 'string' ? Date.parse(due) : Number.NaN
  return Number.isNaN(at) ? null : at
}

function errorOf(entry: FullEntry): StepStatus['error'] {
  return recordedError(entry.error ?? ((entry.data as JsonObject | null | undefined)?.error as FullEntry['error']))
}

function refused(entry: FullEntry): boolean {
  return errorOf(entry)?.code.startsWith('SLU_CONSENT') === true
}

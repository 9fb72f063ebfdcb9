import type { Json, JsonObject } from '@sluice/flows'
import type { JournalItem, RunStateName } from '../app/api/shapes.ts'

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
  readonly error: { readonly code: string; readonly message: string } | null
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
  readonly error?: { readonly code?: string; readonly message?: string; readonly node?: string | null } | null
  readonly wait?: { readonly kind?: string; readonly dueAt?: Json } | null
  readonly dueAt?: Json
  readonly next?: readonly { readonly node: string }[]
  readonly event?: JsonObject | null
  readonly action?: string
  readonly by?: string | null
  readonly reason?: string
  readonly output?: Json
}

/** Steps that a port leads to. */
export type Follow = (node: string, port: string) => readonly string[]

export function foldAll(entries: readonly JournalItem[], follow: Follow, from: Picture = emptyPicture): Picture {
  return entries.reduce((picture, entry) => foldEntry(picture, entry, follow), from)
}

/** The only thing that changes a picture. An entry of a kind it does not know only moves the clock. */
export function foldEntry(picture: Picture, item: JournalItem, follow: Follow): Picture {
  const entry = item as FullEntry
  const at = Date.parse(entry.at)
  const base: Picture = { ...picture, seq: entry.seq, at, current: entry.node ?? picture.current }
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

function resumed(picture: Picture): Picture {
  return picture.status === 'waiting' || picture.status === 'incident' ? { ...picture, status: 'running' } : picture
}

function leave(picture: Picture, entry: FullEntry, port: string, at: number, follow: Follow): Picture {
  const node = entry.node
  if (node === undefined) return picture
  const steps = new Map(picture.steps)
  const before = steps.get(node)
  const state: StepState =
    port === 'error' ? 'failed' : port === 'vetoed' ? 'vetoed' : port === 'denied' || port === 'blocked' ? 'blocked' : 'done'
  steps.set(node, { state, passed: (before?.passed ?? 0) + 1, since: at, dueAt: null, error: port === 'error' ? errorOf(entry) : null })
  arriveAt(steps, entry.next?.map((token) => token.node) ?? follow(node, port), at)
  const passages = new Map(picture.passages)
  const key = `${node}.${port}`
  passages.set(key, { count: (passages.get(key)?.count ?? 0) + 1, data: entry.data ?? null, at, seq: entry.seq })
  return { ...picture, steps, passages }
}

/** The first step of an item: no wire leads there. */
function begin(picture: Picture, entry: FullEntry, at: number): Picture {
  const steps = new Map(picture.steps)
  arriveAt(steps, entry.next?.map((token) => token.node) ?? [], at)
  return { ...picture, steps }
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
function reached(picture: Picture, entry: FullEntry, at: number): Picture {
  const steps = new Map(picture.steps)
  for (const { node } of entry.next ?? []) steps.set(node, { state: 'running', passed: 0, since: at, dueAt: null, error: null })
  return { ...picture, steps, current: entry.next?.[0]?.node ?? picture.current }
}

function mark(picture: Picture, entry: FullEntry, state: StepState, at: number, dueAt: number | null): Picture {
  if (entry.node === undefined) return picture
  const steps = new Map(picture.steps)
  const passed = steps.get(entry.node)?.passed ?? 0
  steps.set(entry.node, { state, passed, since: at, dueAt, error: errorOf(entry) })
  return { ...picture, steps }
}

function stopOpen(picture: Picture, at: number): Picture {
  const steps = new Map(picture.steps)
  for (const [id, step] of steps) if (isOpen(step.state)) steps.set(id, { ...step, state: 'cancelled', since: at, dueAt: null })
  return { ...picture, steps }
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
  const error = entry.error ?? ((entry.data as JsonObject | null | undefined)?.error as FullEntry['error'])
  if (error === undefined || error === null) return null
  return { code: String(error.code ?? ''), message: String(error.message ?? '') }
}

function refused(entry: FullEntry): boolean {
  return errorOf(entry)?.code.startsWith('SLU_CONSENT') === true
}

import { defineTable, type InBoth, type Json, type JsonObject } from '@sluice/sdk'
import type { Stage } from './case.ts'

/**
 * A task: open → answered, or expired (its time limit passed), or cancelled (its run ended or was withdrawn).
 * Claiming names who works on it; it stays open.
 */
export interface TaskRow {
  readonly id: string
  /** A question is asked about another task and moves no run. */
  readonly kind: 'task' | 'veto' | 'question'
  readonly run: string
  readonly flow: string
  readonly node: string
  /** Customer the run is about, so that a withdrawal finds the task. */
  readonly subject: string | null
  readonly title: string
  /** The title in each language, where it was written in both. */
  readonly titles?: InBoth | null
  /** JSON Schema of the answer's data. */
  readonly form: JsonObject
  readonly shown: Json
  /** `sha256:…` of what is shown, canonically written: an answer to something else is refused. */
  readonly shownHash: string
  readonly assignee: string
  readonly claimedBy: string | null
  /** Users who may not answer because it is their own work. */
  readonly authors: readonly string[]
  /** Whether authors are kept from answering. Always for a veto. */
  readonly fourEyes: boolean
  readonly actions: readonly string[]
  readonly state: 'open' | 'answered' | 'expired' | 'cancelled'
  readonly createdAt: number
  readonly dueAt: number | null
  readonly answeredAt: number | null
  readonly answeredBy: string | null
  /** Who made the token that answered. */
  readonly answeredBehind?: string | null
  readonly action: string | null
  readonly data: Json
  /** Consent was withdrawn while it was open: personal fields are gone from what is shown. */
  readonly redacted: boolean
  /** What a veto decides about. */
  readonly value: Json
  /** How long an approval holds. */
  readonly validForMs: number | null
  /** The case it is one signature of, or a question's task; null: it stands alone. */
  readonly case?: string | null
  readonly stage?: number | null
  /** Who sent it in and may take it back. */
  readonly sender?: string | null
  /** Whoever had it before, newest last, so that it can go back. */
  readonly heldBy?: readonly string[] | null
  /** Signatures of earlier stages, shown beside the content and part of the hash. */
  readonly earlier?: readonly { readonly action: string; readonly by: string; readonly data: Json }[] | null
  /** Whom the deputy stood in for. */
  readonly answeredFor?: string | null
  /** Approved, but held back until then: a veto in this time still wins. */
  readonly heldUntil?: number | null
  readonly holdMs?: number | null
  readonly escalatedAt?: number | null
  readonly reminders?: number | null
  /** What the clock does while it is open. */
  readonly clock?: TaskClock | null
  /** Somebody asked about it, so that questions close with it. */
  readonly hasQuestions?: boolean | null
  /** Whether its sender may take it back; the run then leaves by `withdrawn`. */
  readonly withdrawable?: boolean | null
}

export const titleCharsMax = 500

export interface TaskClock {
  readonly remindMs: number | null
  readonly escalateMs: number | null
  readonly escalateTo: string | null
}

export const tasks = defineTable<TaskRow>({
  name: 'tasks',
  columns: {
    id: { type: 'text' },
    kind: { type: 'text' },
    run: { type: 'text' },
    flow: { type: 'text' },
    node: { type: 'text' },
    subject: { type: 'text', nullable: true },
    title: { type: 'text' },
    form: { type: 'json' },
    shown: { type: 'json' },
    shownHash: { type: 'text' },
    assignee: { type: 'text' },
    claimedBy: { type: 'text', nullable: true },
    authors: { type: 'json' },
    fourEyes: { type: 'boolean' },
    actions: { type: 'json' },
    state: { type: 'text' },
    createdAt: { type: 'integer' },
    dueAt: { type: 'integer', nullable: true },
    answeredAt: { type: 'integer', nullable: true },
    answeredBy: { type: 'text', nullable: true },
    answeredBehind: { type: 'text', nullable: true },
    action: { type: 'text', nullable: true },
    data: { type: 'json' },
    redacted: { type: 'boolean' },
    value: { type: 'json' },
    validForMs: { type: 'integer', nullable: true },
    case: { type: 'text', nullable: true },
    stage: { type: 'integer', nullable: true },
    sender: { type: 'text', nullable: true },
    heldBy: { type: 'json', nullable: true },
    earlier: { type: 'json', nullable: true },
    answeredFor: { type: 'text', nullable: true },
    heldUntil: { type: 'integer', nullable: true },
    holdMs: { type: 'integer', nullable: true },
    escalatedAt: { type: 'integer', nullable: true },
    reminders: { type: 'integer', nullable: true },
    clock: { type: 'json', nullable: true },
    hasQuestions: { type: 'boolean', nullable: true },
    withdrawable: { type: 'boolean', nullable: true },
    titles: { type: 'json', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [
    { columns: ['state', 'assignee'] },
    { columns: ['subject', 'state'] },
    { columns: ['run'] },
    { columns: ['case'] },
    { columns: ['sender'] },
  ],
})

/** Several signatures for one step. Its id is the task the run waits for; `at` is the stage that is open. */
export interface CaseRow {
  readonly id: string
  readonly run: string
  readonly subject: string | null
  readonly stages: readonly Stage[]
  readonly at: number
  readonly state: 'open' | 'closed'
  readonly createdAt: number
}

export const cases = defineTable<CaseRow>({
  name: 'task_cases',
  columns: {
    id: { type: 'text' },
    run: { type: 'text' },
    subject: { type: 'text', nullable: true },
    stages: { type: 'json' },
    at: { type: 'integer' },
    state: { type: 'text' },
    createdAt: { type: 'integer' },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['subject'] }],
})

/** What people said and did about a task, oldest first; `case` is the task the run waits for. */
export interface NoteRow {
  readonly id: string
  readonly case: string
  readonly subject: string | null
  readonly at: number
  /** User id; null: the clock. */
  readonly by: string | null
  readonly act: NoteAct
  readonly text: string
  readonly to: string | null
}

export type NoteAct =
  | 'commented'
  | 'asked'
  | 'replied'
  | 'claimed'
  | 'released'
  | 'transferred'
  | 'signer-added'
  | 'signed'
  | 'returned'
  | 'escalated'
  | 'reminded'
  | 'withdrawn'
  | 'held'
  | 'kept'

export const notes = defineTable<NoteRow>({
  name: 'task_notes',
  columns: {
    id: { type: 'text' },
    case: { type: 'text' },
    subject: { type: 'text', nullable: true },
    at: { type: 'integer' },
    by: { type: 'text', nullable: true },
    act: { type: 'text' },
    text: { type: 'text' },
    to: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['case'] }, { columns: ['subject'] }],
})

/** Somebody is away between two dates and a deputy answers for them. */
export interface AbsenceRow {
  readonly id: string
  /** User id of who is away. */
  readonly person: string
  /** All the ways tasks name this person: `user:…`, `rep:…` and the bare ids. */
  readonly addresses: readonly string[]
  readonly deputy: string
  readonly from: number
  readonly until: number
  readonly reason: string
  /** Set by an admin: only then the deputy also decides about money, so that nobody appoints who approves. */
  readonly byAdmin: boolean
  readonly createdBy: string
  readonly createdAt: number
  readonly endedAt: number | null
}

export const absences = defineTable<AbsenceRow>({
  name: 'task_absences',
  columns: {
    id: { type: 'text' },
    person: { type: 'text' },
    addresses: { type: 'json' },
    deputy: { type: 'text' },
    from: { type: 'integer' },
    until: { type: 'integer' },
    reason: { type: 'text' },
    byAdmin: { type: 'boolean' },
    createdBy: { type: 'text' },
    createdAt: { type: 'integer' },
    endedAt: { type: 'integer', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['until'] }],
})

/** Switches that hold in every flow of the workspace; one that has no row is on. */
export interface SwitchRow {
  readonly name: string
  readonly on: boolean
  readonly by: string
  readonly at: number
}

export const switches = defineTable<SwitchRow>({
  name: 'approval_switches',
  columns: { name: { type: 'text' }, on: { type: 'boolean' }, by: { type: 'text' }, at: { type: 'integer' } },
  primaryKey: ['name'],
})

/** Proof that a person approved exactly this value: valid → used, revoked, or past its time. Used once. */
export interface ReceiptRow {
  readonly id: string
  readonly task: string
  readonly run: string
  readonly value: Json
  /** `sha256:…` of the value, canonically written. */
  readonly hash: string
  readonly by: string
  readonly at: number
  readonly validUntil: number
  readonly state: 'valid' | 'used' | 'revoked'
  readonly usedAt: number | null
  /** Run and node that spent it. */
  readonly usedBy: string | null
}

export const receipts = defineTable<ReceiptRow>({
  name: 'veto_receipts',
  columns: {
    id: { type: 'text' },
    task: { type: 'text' },
    run: { type: 'text' },
    value: { type: 'json' },
    hash: { type: 'text' },
    by: { type: 'text' },
    at: { type: 'integer' },
    validUntil: { type: 'integer' },
    state: { type: 'text' },
    usedAt: { type: 'integer', nullable: true },
    usedBy: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['task'], unique: true }],
})

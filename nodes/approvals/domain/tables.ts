import { defineTable, type Json, type JsonObject } from '@sluice/sdk'

/**
 * A task: open → answered, or expired (its time limit passed), or cancelled (its run ended or was withdrawn).
 * Claiming names who works on it; it stays open.
 */
export interface TaskRow {
  readonly id: string
  readonly kind: 'task' | 'veto'
  readonly run: string
  readonly flow: string
  readonly node: string
  /** Customer the run is about, so that a withdrawal finds the task. */
  readonly subject: string | null
  readonly title: string
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
  readonly action: string | null
  readonly data: Json
  /** Consent was withdrawn while it was open: personal fields are gone from what is shown. */
  readonly redacted: boolean
  /** What a veto decides about. */
  readonly value: Json
  /** How long an approval holds. */
  readonly validForMs: number | null
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
    action: { type: 'text', nullable: true },
    data: { type: 'json' },
    redacted: { type: 'boolean' },
    value: { type: 'json' },
    validForMs: { type: 'integer', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['state', 'assignee'] }, { columns: ['subject', 'state'] }, { columns: ['run'] }],
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

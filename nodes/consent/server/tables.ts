import type { JsonObject } from '@sluice/sdk'
import { defineTable } from '@sluice/sdk/server'
import type { Record as CheckRecord } from '../domain/check.ts'
import type { Purpose, Scene } from '../domain/grid.ts'
import type { Scope, ScopeKind, StepName, StepState, WithdrawalState } from '../domain/withdrawal.ts'

/** One customer's will, summed up. The records are the truth; the masks say it in one word. */
export interface Subject {
  readonly id: string
  /** Grows by exactly one per committed change. */
  readonly epoch: number
  readonly standingMask: number
  /** Cells taken back and not granted again; remembered even when there never was a record. */
  readonly withdrawnMask: number
  readonly cutCategories: readonly string[]
  readonly status: 'active' | 'restricted'
  readonly updatedAt: number
}

export const subjects = defineTable<Subject>({
  name: 'consent_subjects',
  columns: {
    id: { type: 'text' },
    epoch: { type: 'integer' },
    standingMask: { type: 'integer' },
    withdrawnMask: { type: 'integer' },
    cutCategories: { type: 'json' },
    status: { type: 'text' },
    updatedAt: { type: 'integer' },
  },
  primaryKey: ['id'],
})

export interface Consent extends CheckRecord {
  readonly customer: string
  readonly purpose: Purpose
  readonly scene: Scene
  readonly act: string
  readonly language: string
  readonly categories: readonly string[]
  /** What was shown and where: notice, bundle offer, channel. */
  readonly evidence: JsonObject
  readonly stateSince: number
  readonly epochAt: number
  readonly supersededBy: string | null
}

export const consents = defineTable<Consent>({
  name: 'consents',
  columns: {
    id: { type: 'text' },
    customer: { type: 'text' },
    purpose: { type: 'text' },
    scene: { type: 'text' },
    scope: { type: 'text' },
    session: { type: 'text', nullable: true },
    act: { type: 'text' },
    language: { type: 'text' },
    categories: { type: 'json' },
    evidence: { type: 'json' },
    state: { type: 'text' },
    stateSince: { type: 'integer' },
    stateEpoch: { type: 'integer' },
    validFrom: { type: 'integer' },
    validUntil: { type: 'integer', nullable: true },
    epochAt: { type: 'integer' },
    supersededBy: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['customer', 'purpose', 'scene'] }, { columns: ['session'] }],
})

export interface Session {
  readonly id: string
  readonly customer: string
  readonly channel: string
  readonly rep: string | null
  readonly openedAt: number
  readonly lastActivityAt: number
  readonly closedAt: number | null
  readonly closedReason: string | null
  readonly mask: number
  readonly cutMask: number
}

export const sessions = defineTable<Session>({
  name: 'consent_sessions',
  columns: {
    id: { type: 'text' },
    customer: { type: 'text' },
    channel: { type: 'text' },
    rep: { type: 'text', nullable: true },
    openedAt: { type: 'integer' },
    lastActivityAt: { type: 'integer' },
    closedAt: { type: 'integer', nullable: true },
    closedReason: { type: 'text', nullable: true },
    mask: { type: 'integer' },
    cutMask: { type: 'integer' },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['customer'] }],
})

/** The first answer to a request that carried its own id; a repeat gets the same one. */
export interface Answer {
  readonly key: string
  readonly customer: string
  readonly answer: JsonObject
  readonly at: number
}

export const answers = defineTable<Answer>({
  name: 'consent_answers',
  columns: { key: { type: 'text' }, customer: { type: 'text' }, answer: { type: 'json' }, at: { type: 'integer' } },
  primaryKey: ['key'],
  indexes: [{ columns: ['customer'] }],
})

export interface Stopped {
  readonly runs: number
  readonly timers: number
  readonly messages: number
  readonly tasks: number
}

/** A run that a withdrawal ended, with what ended with it. */
export interface StoppedRun {
  readonly run: string
  readonly timers: number
  readonly tasks: number
}

/** An act that had begun before the fence and cannot be called back. */
export interface Escaped {
  readonly effect: string
  readonly run: string | null
  readonly effectKind: string
  readonly purpose: string
  readonly scene: string
  readonly channel: string | null
  /** Leave it had begun with: who got what, by which rules. Absent in withdrawals of earlier releases. */
  readonly permit?: string
  readonly recipient?: string | null
  readonly categories?: readonly string[]
  readonly policyHash?: string | null
  readonly dispatchedAt: string
  readonly dispatched: 'before_fence' | 'after_fence'
}

export interface Withdrawal {
  readonly id: string
  readonly customer: string
  readonly scope: Scope
  readonly kind: ScopeKind
  readonly cutMask: number
  readonly leftMask: number
  readonly channel: string
  /** Identity of the request at its source: the same one yields the same withdrawal. */
  readonly sourceKey: string
  readonly occurredAt: number | null
  readonly receivedAt: number
  readonly fencedAt: number
  readonly completedAt: number | null
  readonly deadlineAt: number
  readonly state: WithdrawalState
  readonly epoch: number
  readonly consents: readonly string[]
  readonly stopped: Stopped
  /** The runs behind these counts; null: of a release that counted alone. */
  readonly stoppedRuns: readonly StoppedRun[] | null
  readonly escaped: readonly Escaped[]
  /** Runs that the change started; those that hold the alert or the strategy are named by their step's proof. */
  readonly runs: readonly string[]
  readonly language: string
  readonly receipt: string | null
  readonly erasureDueAt: number | null
}

export const withdrawals = defineTable<Withdrawal>({
  name: 'withdrawals',
  columns: {
    id: { type: 'text' },
    customer: { type: 'text' },
    scope: { type: 'json' },
    kind: { type: 'text' },
    cutMask: { type: 'integer' },
    leftMask: { type: 'integer' },
    channel: { type: 'text' },
    sourceKey: { type: 'text' },
    occurredAt: { type: 'integer', nullable: true },
    receivedAt: { type: 'integer' },
    fencedAt: { type: 'integer' },
    completedAt: { type: 'integer', nullable: true },
    deadlineAt: { type: 'integer' },
    state: { type: 'text' },
    epoch: { type: 'integer' },
    consents: { type: 'json' },
    stopped: { type: 'json' },
    stoppedRuns: { type: 'json', nullable: true },
    escaped: { type: 'json' },
    runs: { type: 'json' },
    language: { type: 'text' },
    receipt: { type: 'text', nullable: true },
    erasureDueAt: { type: 'integer', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [
    { columns: ['sourceKey'], unique: true },
    { columns: ['customer', 'receivedAt'] },
    { columns: ['state'] },
    { columns: ['receivedAt'] },
  ],
})

export interface Step {
  readonly withdrawal: string
  readonly name: StepName
  readonly position: number
  readonly state: StepState
  readonly attempts: number
  readonly startedAt: number | null
  readonly doneAt: number | null
  readonly proof: JsonObject
}

export const steps = defineTable<Step>({
  name: 'withdrawal_steps',
  columns: {
    withdrawal: { type: 'text' },
    name: { type: 'text' },
    position: { type: 'integer' },
    state: { type: 'text' },
    attempts: { type: 'integer' },
    startedAt: { type: 'integer', nullable: true },
    doneAt: { type: 'integer', nullable: true },
    proof: { type: 'json' },
  },
  primaryKey: ['withdrawal', 'name'],
})

/** Proof that one outside act was lawful at the instant it began. */
export interface Permit {
  /** Each asking gives a new one. */
  readonly id: string
  /** The effect it was given to; empty in rows of the first release, whose id it was. */
  readonly effect: string | null
  readonly customer: string
  readonly run: string | null
  readonly node: string | null
  readonly handler: string
  readonly effectKind: string
  readonly purpose: string
  readonly scene: string
  readonly session: string | null
  readonly channel: string | null
  /** A third party that gets the data. */
  readonly recipient: string | null
  /** Kinds of data the act needs, and those found in what it sends; empty in rows of earlier releases. */
  readonly categories: readonly string[] | null
  /** The rules that agreed: equal rules, equal digest. Empty in rows of earlier releases. */
  readonly policyHash: string | null
  readonly consent: string
  readonly epochSeen: number
  readonly issuedAt: number
  /**
   * issued → acked (answered) · dispatched (it may have left, nobody can say) · cancelled (nothing left) ·
   * escaped (under way when a withdrawal came) → recalled (stopped at the door after all)
   */
  readonly state: 'issued' | 'acked' | 'dispatched' | 'cancelled' | 'escaped' | 'recalled'
  /** Withdrawal that found this act under way. */
  readonly withdrawal: string | null
  readonly idempotencyKey: string
}

export const permits = defineTable<Permit>({
  name: 'consent_permits',
  columns: {
    id: { type: 'text' },
    effect: { type: 'text', nullable: true },
    customer: { type: 'text' },
    run: { type: 'text', nullable: true },
    node: { type: 'text', nullable: true },
    handler: { type: 'text' },
    effectKind: { type: 'text' },
    purpose: { type: 'text' },
    scene: { type: 'text' },
    session: { type: 'text', nullable: true },
    channel: { type: 'text', nullable: true },
    recipient: { type: 'text', nullable: true },
    categories: { type: 'json', nullable: true },
    policyHash: { type: 'text', nullable: true },
    consent: { type: 'text' },
    epochSeen: { type: 'integer' },
    issuedAt: { type: 'integer' },
    state: { type: 'text' },
    withdrawal: { type: 'text', nullable: true },
    idempotencyKey: { type: 'text' },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['customer', 'issuedAt'] }, { columns: ['effect'] }, { columns: ['run', 'issuedAt'] }],
})

/** Keeps a contact out when it is imported again: no clear identity, only a digest. */
export interface Suppression {
  readonly token: string
  readonly customer: string | null
  readonly cause: string
  readonly scope: Scope
  readonly at: number
  /** Set once the withdrawal was applied to a customer. */
  readonly appliedAs: string | null
}

export const suppressions = defineTable<Suppression>({
  name: 'consent_suppressions',
  columns: {
    token: { type: 'text' },
    customer: { type: 'text', nullable: true },
    cause: { type: 'text' },
    scope: { type: 'json' },
    at: { type: 'integer' },
    appliedAs: { type: 'text', nullable: true },
  },
  primaryKey: ['token', 'cause'],
  indexes: [{ columns: ['customer'] }],
})

export const tables = [subjects, consents, sessions, answers, withdrawals, steps, permits, suppressions]

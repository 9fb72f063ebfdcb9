import type { Json, JsonObject, Text } from '@sluice/flows'

/** What `/api/v1` answers (CONTRACT.md §2). More fields may come; these are the ones the screens read. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** A value the reader may not see: never null, never stars. */
export interface Masked {
  readonly $masked: 'frozen' | 'no_consent' | 'policy'
}

export interface SessionUser {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly rep: string | null
  readonly language: 'en' | 'zh-CN' | null
  readonly permissions: readonly string[]
}

export interface Session {
  readonly user: SessionUser
  readonly workspace: { readonly name: Text; readonly demo: boolean; readonly timeZone?: string }
}

export interface FlowSummary {
  readonly key: string
  readonly name: Text
  readonly description?: Text
  readonly active: number | null
  readonly versions: number
  readonly updatedAt: string
  readonly updatedBy: string | null
  readonly runsToday: number
  readonly failuresToday: number
  readonly problems: number
}

export type RunStateName = 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled' | 'incident'

export interface RunWait {
  readonly node: string
  readonly kind: string
  readonly id?: string
  readonly dueAt?: string | null
}

export interface Run {
  readonly id: string
  readonly flow: string
  readonly version: number
  readonly state: RunStateName
  readonly startedAt: string
  readonly endedAt: string | null
  readonly subject?: string | null
  readonly trigger?: string | null
  readonly event?: { readonly type: string; readonly [field: string]: Json } | null
  readonly output?: Json
  readonly waits?: readonly RunWait[]
  readonly error?: { readonly code: string; readonly message: string; readonly node?: string | null } | null
}

export interface JournalItem {
  readonly seq: number
  readonly at: string
  readonly kind: string
  readonly node?: string
  readonly port?: string
  readonly data?: Json
  readonly why?: JsonObject | null
}

export interface Task {
  readonly id: string
  readonly run: string
  readonly flow?: string
  readonly node: string
  readonly title: Text
  readonly form: JsonObject
  readonly shown: Json
  readonly shownHash: string
  readonly assignee: string | null
  readonly claimedBy?: string | null
  readonly dueAt: string | null
  readonly createdAt?: string
  readonly state: 'open' | 'claimed' | 'answered' | 'expired' | 'cancelled'
  readonly actions: readonly string[]
  readonly subject?: string | null
  readonly answer?: { readonly action: string; readonly data?: Json; readonly by?: string; readonly at?: string } | null
}

export interface Alert {
  readonly id: string
  /** `rep:…`, `user:…` or `role:…` */
  readonly to: string
  readonly customer: string | null
  readonly title: string
  readonly text: string
  readonly kind: string
  readonly withdrawal: string | null
  readonly run: string | null
  readonly node: string | null
  readonly state: 'open' | 'acknowledged'
  readonly createdAt: string
  readonly dueAt: string | null
  readonly escalatedTo: string | null
  readonly escalatedAt: string | null
  readonly acknowledgedAt: string | null
  readonly acknowledgedBy: string | null
  readonly mayAcknowledge: boolean
}

export interface Customer {
  readonly id: string
  readonly name: string | Masked
  readonly owner: string | null
  readonly ownerName?: string | null
  readonly epoch?: number
  readonly status?: string
  readonly createdAt?: string
  readonly updatedAt?: string
  readonly fields: Readonly<Record<string, Json | Masked>>
  readonly frozen?: readonly FrozenField[]
  readonly frozenFields?: number
  readonly grants?: number
}

export interface FrozenField {
  readonly field: string
  readonly frozenAt: string
  /** `withdrawn`, `category` or `flow`. */
  readonly reason: string
  readonly category?: string | null
  /** The withdrawal or run that froze it. */
  readonly cause?: string | null
}

export interface Cell {
  readonly purpose: string
  readonly scene: string
}

export interface Consent extends Cell {
  readonly id: string
  readonly scope: 'standing' | 'session'
  readonly session: string | null
  readonly state: string
  readonly since: string | null
  readonly act: string
  readonly language: string
  readonly validUntil: string | null
  readonly epoch: number
}

/** One square of the grid. `none`: never asked; absence is neither a yes nor a no. */
export interface GridSquare extends Cell {
  readonly state: string
  readonly consent: string | null
  readonly since: string | null
}

export interface CustomerSession {
  readonly id: string
  readonly channel: string
  readonly rep: string | null
  readonly openedAt: string
  readonly lastActivityAt: string
  readonly closedAt: string | null
  readonly granted: readonly Cell[]
  readonly cut: readonly Cell[]
}

export interface ConsentSheet {
  readonly customer: string
  readonly epoch: number
  readonly withdrawnCategories: readonly string[]
  readonly grid: readonly GridSquare[]
  readonly sessions: readonly CustomerSession[]
  readonly items: readonly Consent[]
}

export interface Strategy {
  readonly id: string
  readonly customer: string
  readonly createdAt: string
  readonly state?: string
  readonly title?: string
  readonly text?: string
  readonly points?: readonly string[]
  readonly model: string | null
  readonly source?: string
  readonly usedFields?: readonly string[]
  readonly leftOut?: readonly string[]
  readonly run?: string | null
}

export interface WithdrawalStep {
  readonly name: string
  readonly state: string
  readonly startedAt: string | null
  readonly doneAt: string | null
  readonly attempts?: number
  readonly proof?: JsonObject
}

/** An act that had begun before the fence and cannot be called back. */
export interface EscapedAct {
  readonly effect: string
  readonly run: string | null
  readonly effectKind: string
  readonly purpose: string
  readonly scene: string
  readonly channel: string | null
  readonly dispatchedAt: string
  readonly dispatched: 'before_fence' | 'after_fence'
}

export interface Withdrawal {
  readonly id: string
  readonly customer: string
  readonly kind: string
  readonly scope: { readonly session?: string | null; readonly categories?: readonly string[] }
  readonly cells: readonly Cell[]
  readonly channel: string
  readonly state: string
  readonly epoch: number
  readonly receivedAt: string
  readonly fencedAt: string | null
  readonly completedAt: string | null
  readonly deadlineAt: string
  readonly fenceMs: number
  readonly elapsedMs: number
  readonly steps: readonly WithdrawalStep[]
  readonly stopped: { readonly runs: number; readonly timers: number; readonly messages: number; readonly tasks: number }
  readonly escaped: readonly EscapedAct[]
  readonly runs?: readonly string[]
  readonly card?: { readonly youMay: readonly string[]; readonly youMustNot: readonly string[] }
  readonly receipt: string | null
  /** The server's clock when it answered. */
  readonly now?: string
}

export interface Message {
  readonly id: string
  readonly customer: string
  readonly channel: string
  readonly text: string | Masked
  readonly state: string
  readonly purpose: string
  readonly scene: string
  readonly session: string | null
  readonly createdAt: string
  readonly sendAt: string | null
  readonly settledAt: string | null
  readonly run: string | null
  readonly reason: string | null
}

export interface AuditEntry {
  readonly seq: number
  readonly at: string
  readonly actor: { readonly kind: string; readonly id?: string; readonly name?: string } | string
  readonly kind: string
  readonly refs: Readonly<Record<string, string>>
  readonly hash?: string
}

export interface AuditVerdict {
  readonly ok: boolean
  readonly entries: number
  readonly head?: string
  readonly firstBad?: number | null
}

export interface Rep {
  readonly id: string
  readonly name: string
  readonly team?: string | null
  readonly region?: string | null
}

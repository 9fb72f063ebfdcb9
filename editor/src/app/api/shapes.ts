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
  readonly rep: string
  readonly repName?: string
  readonly customer: string | null
  readonly customerName?: string | Masked | null
  readonly text: string
  readonly kind?: string
  readonly what?: readonly string[]
  readonly youMay: readonly string[]
  readonly youMustNot: readonly string[]
  readonly createdAt: string
  readonly ackBy?: string | null
  readonly acknowledgedAt: string | null
  readonly escalatedAt?: string | null
  readonly run?: string | null
  readonly withdrawal?: string | null
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
  readonly reason?: string
  readonly purpose?: string | null
  readonly scene?: string | null
  readonly withdrawal?: string | null
}

export interface Consent {
  readonly id: string
  readonly purpose: string
  readonly scene: string
  readonly scope: 'standing' | 'session'
  readonly session: string | null
  readonly state: string
  readonly act?: string
  readonly language?: string
  readonly givenAt?: string
  readonly withdrawnAt?: string | null
  readonly stateSince?: string
}

export interface ConsentSheet {
  readonly customer: string
  readonly epoch: number
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
  readonly detail?: string | null
}

export interface Withdrawal {
  readonly id: string
  readonly customer: string
  readonly customerName?: string | Masked | null
  readonly receivedAt: string
  readonly fencedAt: string | null
  readonly completedAt: string | null
  readonly state: string
  readonly channel?: string
  readonly cells?: readonly { readonly purpose: string; readonly scene: string }[]
  readonly session?: string | null
  readonly epoch?: number
  readonly steps: readonly WithdrawalStep[]
  readonly stopped: { readonly runs: number; readonly timers: number; readonly messages: number; readonly tasks: number }
  readonly escaped: readonly { readonly at?: string; readonly kind?: string; readonly [field: string]: Json | undefined }[]
  readonly receipt: string | null
}

export interface Message {
  readonly id: string
  readonly customer: string | null
  readonly customerName?: string | Masked | null
  readonly channel: string
  readonly text: string | Masked
  readonly state: string
  readonly purpose?: string | null
  readonly scene?: string | null
  readonly createdAt: string
  readonly sentAt?: string | null
  readonly run?: string | null
  readonly reason?: string | null
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

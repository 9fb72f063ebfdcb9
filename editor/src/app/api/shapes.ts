import type { Json, JsonObject, Text } from '@sluice/flows'
import type { RecordedError } from '../../run/recorded-error.ts'

/** What `/api/v1` answers (CONTRACT.md §2). More fields may come; these are the ones the screens read. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** A value the reader may not see: never null, never stars. */
export interface Masked {
  readonly $masked: 'frozen' | 'no_consent' | 'policy'
  /** Kind of the hidden value, in recorded data. */
  readonly type?: 'string' | 'number' | 'boolean'
}

export interface SessionUser {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly rep: string | null
  readonly language: 'en' | 'zh-CN' | null
  readonly permissions: readonly string[]
  /** Nobody asked this person the questions of the first sign-in yet. */
  readonly firstRun?: boolean
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
  /** Id of the folder it lies in. This and the owner are not in an answer that was kept from before there were any. */
  readonly folder?: string | null
  readonly owner?: { readonly id: string; readonly name: string } | null
  readonly runsToday: number
  readonly failuresToday: number
  /** Runs begun in each two hours of the last day, the oldest first. An answer kept for the time without a network may be from before. */
  readonly lastDay?: readonly number[]
  readonly paused?: { readonly mode: 'hold' | 'refuse'; readonly held: number; readonly reason: string } | null
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
  readonly eventId?: string | null
  readonly event?: { readonly type: string; readonly [field: string]: Json } | null
  readonly output?: Json
  readonly waits?: readonly RunWait[]
  readonly error?: (RecordedError & { readonly node?: string | null }) | null
  /** Steps are being undone just now, and those that were, in that order. */
  readonly undoing?: boolean
  readonly undone?: readonly { readonly node: string; readonly token: string }[]
  readonly rerunOf?: { readonly run: string; readonly node: string } | null
  readonly reruns?: readonly { readonly run: string; readonly node: string }[]
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

/** A text written in both languages. */
type InBoth = Extract<Text, object>

export interface Task {
  readonly id: string
  /** A veto decides about money: nobody steps in for its approver. */
  readonly kind: 'task' | 'veto' | 'question'
  readonly run: string
  readonly flow: string
  readonly node: string
  readonly subject: string | null
  readonly title: string
  /** The title in each language, where it was written in both. */
  readonly titles: InBoth | null
  /** JSON Schema of the answer's data. */
  readonly form: JsonObject
  readonly shown: Json | Masked
  readonly shownHash: string
  readonly assignee: string
  readonly claimedBy: string | null
  readonly actions: readonly string[]
  readonly state: 'open' | 'answered' | 'expired' | 'cancelled'
  readonly createdAt: string
  readonly dueAt: string | null
  readonly answeredAt: string | null
  readonly answeredBy: string | null
  readonly action: string | null
  readonly data: Json | Masked
  /** Consent was withdrawn while it was open: personal fields are gone from what is shown. */
  readonly redacted: boolean
  /** Who sent it in. */
  readonly sender: string | null
  readonly mayAnswer: boolean
  readonly mayTransfer: boolean
  readonly mayAddSigner: boolean
  readonly mayReturn: boolean
  readonly mayAsk: boolean
  readonly mayWithdraw: boolean
  /** It would be theirs, were it not their own work. */
  readonly own: boolean
  /** Whose deputy the reader is here. */
  readonly standsInFor: string | null
  readonly answeredFor: string | null
  /** Approved, and held until then for a veto. */
  readonly heldUntil: string | null
  /** Several sign, one stage after another. Empty: one person decides. */
  readonly stages: readonly TaskStage[]
  /** What was said and done; only when read alone. */
  readonly thread?: readonly TaskNote[]
}

export interface TaskStage {
  readonly need: 'all' | 'any' | 'ratio'
  readonly ratio: number | null
  readonly state: 'done' | 'open' | 'next' | 'left-out'
  readonly seats: readonly {
    readonly who: string
    readonly action: string | null
    readonly by: string | null
    readonly for: string | null
    readonly at: string | null
  }[]
}

export interface TaskNote {
  readonly id: string
  readonly at: string
  readonly by: string | null
  readonly act:
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
  readonly to: string | null
  /** Null: not for this reader. */
  readonly text: string | null
}

export interface Alert {
  readonly id: string
  /** `rep:…`, `user:…` or `role:…` */
  readonly to: string
  readonly customer: string | null
  readonly title: string
  readonly text: string
  /** Title and text in each language, where they were written in both. */
  readonly titles: InBoth | null
  readonly texts: InBoth | null
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
  readonly account: string | null
  readonly language: string
  readonly region: string | null
  readonly fields: Readonly<Record<string, Json | Masked>>
  readonly frozen: readonly FrozenField[]
  readonly epoch: number
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
}

export interface FrozenField {
  readonly field: string
  readonly since: string
  /** `withdrawn`, `category` or `flow`. */
  readonly reason: string
  readonly category: string | null
  /** The withdrawal or run that froze it. */
  readonly cause: string | null
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

export interface StrategyAction {
  readonly type: string
  readonly channel: string
  readonly purpose: string
  readonly scene: string
  /** ISO 8601 duration. */
  readonly within: string
  readonly text: Text
  /** Facts the sentence rests on. */
  readonly factRefs: readonly string[]
}

export interface Strategy {
  readonly id: string
  readonly customer: string
  readonly state: 'live' | 'superseded'
  readonly situation: Text
  readonly goal: Text
  readonly actions: readonly StrategyAction[]
  readonly risks: readonly Text[]
  readonly askHuman: readonly Text[]
  readonly origin: { readonly kind: 'rules' } | { readonly kind: 'model'; readonly model: string; readonly prompt: string }
  /** Fields it rests on. */
  readonly facts: readonly string[]
  readonly epoch: number
  readonly cause: string
  readonly at: string
  readonly supersededAt: string | null
}

/** What a customer field is called and for which uses it may be read. */
export interface FieldDefinition {
  readonly name: string
  readonly label: Text
  readonly type: 'text' | 'number' | 'date' | 'boolean'
  readonly category: string | null
  readonly pii: 'none' | 'basic' | 'sensitive'
  readonly purposes: readonly string[]
  readonly scenes: readonly string[]
}

export interface RowError {
  readonly line: number
  readonly field: string
  readonly code: string
  readonly value?: string
}

export interface ImportReport {
  readonly total: number
  readonly valid: number
  readonly failed: number
  readonly created: number
  readonly updated: number
  readonly grants: number
  readonly columns: readonly (string | null)[]
  readonly errors: readonly RowError[]
  readonly warnings: readonly RowError[]
  readonly dryRun: boolean
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
  /** Absent in withdrawals of earlier releases. */
  readonly recipient?: string | null
  readonly categories?: readonly string[]
  readonly policyHash?: string | null
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
  readonly actor: { readonly kind: string; readonly id: string }
  readonly kind: string
  readonly refs: Readonly<Record<string, string>>
  readonly payload: Json
  readonly entryHash: string
}

export interface AuditVerdict {
  readonly ok: boolean
  readonly checked: number
  /** The first thing that does not fit. */
  readonly bad: { readonly where: string; readonly why: string } | null
  /** Stands for the whole log up to `checked`. */
  readonly root: string
}

export interface Role {
  readonly name: string
  readonly label: Text
  readonly may: readonly string[]
}

export interface User {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly rep: string | null
  readonly language: 'en' | 'zh-CN'
  readonly active: boolean
  readonly demo: boolean
  readonly createdAt: string
}

export interface ApiToken {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly roles: readonly string[]
  readonly createdBy: string | null
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
}

export interface WechatApp {
  readonly appId: string
  readonly name: string | null
  readonly encrypted: boolean
  readonly updatedAt: string
}

export interface Channel {
  readonly channel: string
  readonly url: string
  readonly secret: string | null
}

export interface Rep {
  readonly id: string
  readonly name: string
  readonly team?: string | null
  readonly region?: string | null
  readonly language?: string
  readonly deputy?: string | null
  /** The rep who leads this one. */
  readonly manager?: string | null
}

/** How long ended runs are kept, and what is there. */
export interface RetentionView {
  readonly runDays: number
  readonly runsMax: number
  readonly stored: { readonly runs: number; readonly prunedSinceStart: number }
}

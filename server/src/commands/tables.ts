import { defineTable } from '@sluice/sdk/server'
import { commentsTable } from './comment-tables.ts'
import { flowFolders, flowNames } from './flow-name-table.ts'
import { noticesTable } from './notice-tables.ts'
import { pushKeys, pushSubscriptions } from './push-tables.ts'
import { copiesTable, retiredTable, templatesTable } from './template-tables.ts'

export interface UserRow {
  readonly id: string
  /** Lower case; what people sign in with. */
  readonly email: string
  readonly name: string
  readonly passwordHash: string
  readonly roles: readonly string[]
  /** CRM rep id when this person is a rep. */
  readonly rep: string | null
  readonly language: 'en' | 'zh-CN'
  readonly active: boolean
  /** Made by the demo workspace, and goes with it. */
  readonly demo: boolean
  readonly createdAt: number
  readonly updatedAt: number
  /** Whether this person is still to be asked the questions of the first sign-in; null: was here before there were any. */
  readonly firstRun: 'due' | 'answered' | 'skipped' | null
}

export const users = defineTable<UserRow>({
  name: 'users',
  columns: {
    id: { type: 'text' },
    email: { type: 'text' },
    name: { type: 'text' },
    passwordHash: { type: 'text' },
    roles: { type: 'json' },
    rep: { type: 'text', nullable: true },
    language: { type: 'text' },
    active: { type: 'boolean' },
    demo: { type: 'boolean' },
    createdAt: { type: 'integer' },
    updatedAt: { type: 'integer' },
    firstRun: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['email'], unique: true }],
})

/** A signed-in browser. Only hashes of cookie values are kept. */
export interface SessionRow {
  readonly id: string
  readonly user: string
  readonly hash: string
  /** The value before the last rotation: requests already on their way still carry it for a short while. */
  readonly previousHash: string | null
  readonly previousUntil: number
  readonly createdAt: number
  readonly rotatedAt: number
  readonly expiresAt: number
}

export const sessions = defineTable<SessionRow>({
  name: 'sessions',
  columns: {
    id: { type: 'text' },
    user: { type: 'text' },
    hash: { type: 'text' },
    previousHash: { type: 'text', nullable: true },
    previousUntil: { type: 'integer' },
    createdAt: { type: 'integer' },
    rotatedAt: { type: 'integer' },
    expiresAt: { type: 'integer' },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['hash'], unique: true }, { columns: ['previousHash'] }, { columns: ['user'] }, { columns: ['expiresAt'] }],
})

/** A key for machines. Only its hash is kept; the prefix lets people recognise it. */
export interface TokenRow {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly hash: string
  readonly roles: readonly string[]
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
}

export const tokens = defineTable<TokenRow>({
  name: 'api_tokens',
  columns: {
    id: { type: 'text' },
    name: { type: 'text' },
    prefix: { type: 'text' },
    hash: { type: 'text' },
    roles: { type: 'json' },
    createdBy: { type: 'text' },
    createdAt: { type: 'integer' },
    expiresAt: { type: 'integer', nullable: true },
    revokedAt: { type: 'integer', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['hash'], unique: true }],
})

/** What commands of a request with an `Idempotency-Key` gave, and the answer that was sent. */
export interface IdempotencyRow {
  /** Hash of caller, route and key. */
  readonly id: string
  /** Hash of the body: the same key with another body is refused. */
  readonly request: string
  /** Results of its commands, in order; written in the transaction of each. */
  readonly results: readonly unknown[]
  /** `null` until the answer was made. */
  readonly answer: { readonly status: number; readonly headers: { readonly [name: string]: string }; readonly body: string } | null
  readonly at: number
}

export const idempotency = defineTable<IdempotencyRow>({
  name: 'idempotency',
  columns: {
    id: { type: 'text' },
    request: { type: 'text' },
    results: { type: 'json' },
    answer: { type: 'json', nullable: true },
    at: { type: 'integer' },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['at'] }],
})

export interface SettingRow {
  readonly name: string
  readonly value: unknown
  readonly updatedAt: number
}

export const settings = defineTable<SettingRow>({
  name: 'settings',
  columns: { name: { type: 'text' }, value: { type: 'json' }, updatedAt: { type: 'integer' } },
  primaryKey: ['name'],
})

export interface DraftRow {
  readonly key: string
  /** The flow file, byte for byte as the writer wrote it. */
  readonly file: string
  readonly etag: string
  /** Number of problems of severity error when it was saved; the list shows it without compiling again. */
  readonly problems: number
  /** Loaded with the demo workspace, and goes with it. */
  readonly demo: boolean
  readonly createdAt: number
  readonly updatedAt: number
  readonly updatedBy: string
}

export const drafts = defineTable<DraftRow>({
  name: 'flow_drafts',
  columns: {
    key: { type: 'text' },
    file: { type: 'text' },
    etag: { type: 'text' },
    problems: { type: 'integer' },
    demo: { type: 'boolean' },
    createdAt: { type: 'integer' },
    updatedAt: { type: 'integer' },
    updatedBy: { type: 'text' },
  },
  primaryKey: ['key'],
})

/** Who published what, and the file as it was. The compiled flow lies in the engine's own table. */
export interface VersionRow {
  readonly key: string
  readonly version: number
  readonly digest: string
  readonly file: string
  readonly note: string
  /** New runs start on this version; the engine's table says the same. */
  readonly active: boolean
  readonly publishedAt: number
  readonly publishedBy: string
}

export const versions = defineTable<VersionRow>({
  name: 'flow_publications',
  columns: {
    key: { type: 'text' },
    version: { type: 'integer' },
    digest: { type: 'text' },
    file: { type: 'text' },
    note: { type: 'text' },
    active: { type: 'boolean' },
    publishedAt: { type: 'integer' },
    publishedBy: { type: 'text' },
  },
  primaryKey: ['key', 'version'],
  indexes: [{ columns: ['active'] }],
})

/** Signing secret of one webhook trigger, sealed with the key file of the data folder. */
export interface HookSecretRow {
  readonly flow: string
  readonly node: string
  readonly sealed: string
  /** The secret before the last rotation stays valid until then, so that the sender can follow. */
  readonly previousSealed: string | null
  readonly previousUntil: number
  readonly createdAt: number
}

export const hookSecrets = defineTable<HookSecretRow>({
  name: 'hook_secrets',
  columns: {
    flow: { type: 'text' },
    node: { type: 'text' },
    sealed: { type: 'text' },
    previousSealed: { type: 'text', nullable: true },
    previousUntil: { type: 'integer' },
    createdAt: { type: 'integer' },
  },
  primaryKey: ['flow', 'node'],
})

/** Who looked at a hidden value when: what the daily limit is counted by. The value itself is nowhere. */
export interface RevealRow {
  readonly id: string
  readonly by: string
  readonly at: number
  /** Nothing was shown; absent when it was. */
  readonly refused: true | null
}

export const reveals = defineTable<RevealRow>({
  name: 'reveals',
  columns: { id: { type: 'text' }, by: { type: 'text' }, at: { type: 'integer' }, refused: { type: 'boolean', nullable: true } },
  primaryKey: ['id'],
  indexes: [{ columns: ['by', 'at'] }],
})

export const serverTables = [
  users,
  sessions,
  tokens,
  idempotency,
  settings,
  drafts,
  flowNames,
  flowFolders,
  versions,
  hookSecrets,
  templatesTable,
  retiredTable,
  copiesTable,
  reveals,
  commentsTable,
  noticesTable,
  pushKeys,
  pushSubscriptions,
] as const

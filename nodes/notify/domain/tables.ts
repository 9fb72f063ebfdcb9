import { defineTable, type InBoth } from '@sluice/sdk'

/**
 * An alert: open → acknowledged. An open one whose time limit passed is escalated to somebody else and stays open.
 */
export interface AlertRow {
  readonly id: string
  /** `rep:…`, `user:…` or `role:…` */
  readonly to: string
  readonly customer: string | null
  readonly title: string
  readonly text: string
  /** Title and text in each language, where they were written in both. */
  readonly titles?: InBoth | null
  readonly texts?: InBoth | null
  /** `flow`, `withdrawal`, `sla`, … */
  readonly kind: string
  readonly withdrawal: string | null
  readonly run: string | null
  readonly node: string | null
  readonly token: string | null
  readonly state: 'open' | 'acknowledged'
  readonly createdAt: number
  readonly dueAt: number | null
  readonly escalatedTo: string | null
  readonly escalatedAt: number | null
  readonly acknowledgedAt: number | null
  readonly acknowledgedBy: string | null
  /** Whether it also left by the outgoing webhook: `none` `queued` `sent` `failed`. */
  readonly webhook: 'none' | 'queued' | 'sent' | 'failed'
}

export const alerts = defineTable<AlertRow>({
  name: 'alerts',
  columns: {
    id: { type: 'text' },
    to: { type: 'text' },
    customer: { type: 'text', nullable: true },
    title: { type: 'text' },
    text: { type: 'text' },
    titles: { type: 'json', nullable: true },
    texts: { type: 'json', nullable: true },
    kind: { type: 'text' },
    withdrawal: { type: 'text', nullable: true },
    run: { type: 'text', nullable: true },
    node: { type: 'text', nullable: true },
    token: { type: 'text', nullable: true },
    state: { type: 'text' },
    createdAt: { type: 'integer' },
    dueAt: { type: 'integer', nullable: true },
    escalatedTo: { type: 'text', nullable: true },
    escalatedAt: { type: 'integer', nullable: true },
    acknowledgedAt: { type: 'integer', nullable: true },
    acknowledgedBy: { type: 'text', nullable: true },
    webhook: { type: 'text' },
  },
  primaryKey: ['id'],
  indexes: [
    { columns: ['to', 'state'] },
    { columns: ['customer', 'createdAt'] },
    { columns: ['withdrawal'] },
    { columns: ['run', 'token'] },
  ],
})

/**
 * A message to a customer: queued → sent (a channel took it) or recorded (no channel is connected, so it went nowhere),
 * or blocked (no consent), suppressed (withdrawn while it waited), failed.
 */
export type MessageState = 'queued' | 'sent' | 'recorded' | 'blocked' | 'suppressed' | 'failed'

export interface MessageRow {
  readonly id: string
  readonly customer: string
  readonly channel: string
  readonly text: string
  readonly purpose: string
  readonly scene: string
  readonly session: string | null
  readonly run: string | null
  readonly node: string | null
  readonly token: string | null
  readonly state: MessageState
  readonly createdAt: number
  readonly sendAt: number
  readonly settledAt: number | null
  /** Why it is blocked, suppressed or failed: a code, never personal data. */
  readonly reason: string | null
  /** What the channel calls it. */
  readonly providerRef: string | null
}

export const messages = defineTable<MessageRow>({
  name: 'messages',
  columns: {
    id: { type: 'text' },
    customer: { type: 'text' },
    channel: { type: 'text' },
    text: { type: 'text' },
    purpose: { type: 'text' },
    scene: { type: 'text' },
    session: { type: 'text', nullable: true },
    run: { type: 'text', nullable: true },
    node: { type: 'text', nullable: true },
    token: { type: 'text', nullable: true },
    state: { type: 'text' },
    createdAt: { type: 'integer' },
    sendAt: { type: 'integer' },
    settledAt: { type: 'integer', nullable: true },
    reason: { type: 'text', nullable: true },
    providerRef: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['customer', 'state'] }, { columns: ['run', 'token'] }],
})

/** Where a channel's messages go out: a webhook signed by Standard Webhooks. The channel `rep-alerts` carries alerts. */
export interface ChannelRow {
  readonly channel: string
  readonly url: string
  /** Name of the secret that signs; its value is never stored here. */
  readonly secret: string | null
  readonly updatedAt: number
}

export const channels = defineTable<ChannelRow>({
  name: 'notify_channels',
  columns: { channel: { type: 'text' }, url: { type: 'text' }, secret: { type: 'text', nullable: true }, updatedAt: { type: 'integer' } },
  primaryKey: ['channel'],
})

import { defineTable } from '@sluice/sdk/server'

/** The key this workspace signs its pushes with (VAPID): one row, made once. The private half is sealed. */
export interface PushKeyRow {
  readonly id: 'vapid'
  readonly publicKey: string
  readonly sealed: string
  readonly createdAt: number
}

export const pushKeys = defineTable<PushKeyRow>({
  name: 'push_keys',
  columns: { id: { type: 'text' }, publicKey: { type: 'text' }, sealed: { type: 'text' }, createdAt: { type: 'integer' } },
  primaryKey: ['id'],
})

/** One browser that one person is told on. Whoever knows its address can push to it, so address and keys are sealed. */
export interface PushSubscriptionRow {
  /** Digest of the address: the same browser again is the same row. */
  readonly id: string
  readonly person: string
  readonly sealed: string
  readonly createdAt: number
  /** Pushes in a row that were not taken. */
  readonly failures: number
}

export const pushSubscriptions = defineTable<PushSubscriptionRow>({
  name: 'push_subscriptions',
  columns: {
    id: { type: 'text' },
    person: { type: 'text' },
    sealed: { type: 'text' },
    createdAt: { type: 'integer' },
    failures: { type: 'integer' },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['person'] }],
})

import { defineTable } from '@sluice/sdk/server'

/** Why a person is told: they were named in a comment, were given a thread, or somebody answered where they take part. */
export type NoticeKind = 'mention' | 'assigned' | 'answer'

/** Something said that one person should see. What was said stays in the comment alone. */
export interface NoticeRow {
  readonly id: string
  /** Whose it is. */
  readonly person: string
  readonly kind: NoticeKind
  readonly flow: string
  readonly thread: string
  readonly comment: string
  /** Who said it. */
  readonly by: string
  readonly at: number
  readonly readAt: number | null
}

export const noticesTable = defineTable<NoticeRow>({
  name: 'notices',
  columns: {
    id: { type: 'text' },
    person: { type: 'text' },
    kind: { type: 'text' },
    flow: { type: 'text' },
    thread: { type: 'text' },
    comment: { type: 'text' },
    by: { type: 'text' },
    at: { type: 'integer' },
    readAt: { type: 'integer', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['person', 'id'] }, { columns: ['comment'] }, { columns: ['thread'] }, { columns: ['flow'] }],
})

/** Of one person: the oldest make room. */
export const noticeLimits = { perPersonMax: 200, mentionsMax: 20 } as const

import { defineTable } from '@sluice/sdk/server'

/** What a thread of comments is about. Ids are those of the flow file; a step that is gone keeps its threads. */
export type Anchor =
  | { readonly kind: 'step' | 'edge' | 'group'; readonly id: string }
  | { readonly kind: 'point'; readonly x: number; readonly y: number }
  | { readonly kind: 'flow' }

/** One comment. The first of a thread carries what is true of the whole thread. Nothing of it is part of the flow file. */
export interface CommentRow {
  readonly id: string
  readonly flow: string
  /** Id of the first comment. */
  readonly thread: string
  /** Begins its thread. */
  readonly isFirst: boolean
  readonly anchor: Anchor
  /** What the anchored thing was called, so that the thread is found after it is gone. */
  readonly about: unknown
  readonly text: string
  readonly author: string
  readonly assignee: string | null
  /** People its words name; absent in comments of earlier releases. */
  readonly mentions: readonly string[] | null
  readonly createdAt: number
  readonly editedAt: number | null
  /** The author took it back, and there were answers to it already. */
  readonly deletedAt: number | null
  readonly resolvedAt: number | null
  readonly resolvedBy: string | null
}

export const commentsTable = defineTable<CommentRow>({
  name: 'flow_comments',
  columns: {
    id: { type: 'text' },
    flow: { type: 'text' },
    thread: { type: 'text' },
    isFirst: { type: 'boolean' },
    anchor: { type: 'json' },
    about: { type: 'json' },
    text: { type: 'text' },
    author: { type: 'text' },
    assignee: { type: 'text', nullable: true },
    mentions: { type: 'json', nullable: true },
    createdAt: { type: 'integer' },
    editedAt: { type: 'integer', nullable: true },
    deletedAt: { type: 'integer', nullable: true },
    resolvedAt: { type: 'integer', nullable: true },
    resolvedBy: { type: 'text', nullable: true },
  },
  primaryKey: ['id'],
  indexes: [{ columns: ['flow', 'isFirst', 'id'] }, { columns: ['thread'] }],
})

export const commentLimits = { textCharsMax: 2_000, threadsPerFlowMax: 1_000, repliesPerThreadMax: 100 } as const

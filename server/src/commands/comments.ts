import type { FlowDefinition } from '@sluice/flows'
import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { type Anchor, type CommentRow, commentLimits, commentsTable } from './comment-tables.ts'
import { noticesTable } from './notice-tables.ts'
import { readMentions, tellOfAssignment, tellOfComment, tellOfMentions } from './notices.ts'
import { drafts, users } from './tables.ts'

/** Command `comment.add` → `{ id }`: begins a thread. When a flow has as many as it may, the oldest resolved one makes room. */
export function addComment(
  context: WriteContext,
  {
    flow,
    anchor,
    text,
    assignee,
    mentions = [],
  }: {
    readonly flow: string
    readonly anchor: Anchor
    readonly text: string
    readonly assignee: string | null
    readonly mentions?: readonly string[]
  },
): { readonly id: string } {
  const draft = context.records.find(drafts, { key: flow })
  if (draft === null) throw refuse('SLU_FLOW_UNKNOWN')
  assertPerson(context, assignee)
  makeRoom(context, flow)
  const id = context.newId()
  const about = aboutOf(JSON.parse(draft.file) as FlowDefinition, anchor)
  const named = readMentions(context, mentions)
  tellOfComment(context, put(context, { id, flow, thread: id, anchor, about, text, assignee, mentions: named }), named)
  context.audit('comment.added', { flow, comment: id })
  tell(context, flow, id)
  return { id }
}

/** Command `comment.reply` → `{ id }`. An answer to a resolved thread opens it again. */
export function replyComment(
  context: WriteContext,
  {
    flow,
    thread,
    text,
    mentions = [],
  }: { readonly flow: string; readonly thread: string; readonly text: string; readonly mentions?: readonly string[] },
): { readonly id: string } {
  const first = firstOf(context, flow, thread)
  const count = context.records.count(commentsTable, { thread: first.id })
  if (count > commentLimits.repliesPerThreadMax) throw refuse('SLU_COMMENT_LIMIT', { values: { limit: commentLimits.repliesPerThreadMax } })
  const id = context.newId()
  const { anchor, about } = first
  const named = readMentions(context, mentions)
  tellOfComment(context, put(context, { id, flow, thread: first.id, anchor, about, text, assignee: null, mentions: named }), named)
  if (first.resolvedAt !== null) context.records.update(commentsTable, { id: first.id }, { resolvedAt: null, resolvedBy: null })
  context.audit('comment.replied', { flow, comment: id })
  tell(context, flow, first.id)
  return { id }
}

/** Command `comment.edit`: only one's own words. */
export function editComment(
  context: WriteContext,
  {
    flow,
    id,
    text,
    mentions = [],
  }: { readonly flow: string; readonly id: string; readonly text: string; readonly mentions?: readonly string[] },
): void {
  const comment = ownOf(context, flow, id)
  if (comment.text === text) return
  const named = readMentions(context, mentions)
  context.records.update(commentsTable, { id }, { text, mentions: named, editedAt: context.now })
  const before = comment.mentions ?? []
  tellOfMentions(
    context,
    comment,
    named.filter((person) => !before.includes(person)),
  )
  context.audit('comment.edited', { flow, comment: id })
  tell(context, flow, comment.thread)
}

/** Command `comment.settle`: a thread is resolved, opened again, or given to somebody. */
export function settleComment(
  context: WriteContext,
  {
    flow,
    thread,
    resolved,
    assignee,
  }: { readonly flow: string; readonly thread: string; readonly resolved?: boolean; readonly assignee?: string | null },
): void {
  const first = firstOf(context, flow, thread)
  const { id } = first
  if (assignee !== undefined) {
    assertPerson(context, assignee)
    context.records.update(commentsTable, { id }, { assignee })
    if (assignee !== null && assignee !== first.assignee) tellOfAssignment(context, first, assignee)
    context.audit('comment.assigned', { flow, comment: id, ...(assignee === null ? {} : { person: assignee }) })
  }
  if (resolved !== undefined) {
    const { now, actor } = context
    context.records.update(
      commentsTable,
      { id },
      resolved ? { resolvedAt: now, resolvedBy: actor.id } : { resolvedAt: null, resolvedBy: null },
    )
    context.audit(resolved ? 'comment.resolved' : 'comment.reopened', { flow, comment: id })
  }
  tell(context, flow, id)
}

/** Command `comment.delete`: one's own, or anybody's for those who manage people. A first comment with answers only loses its words. */
export function deleteComment(
  context: WriteContext,
  { flow, id, anybody }: { readonly flow: string; readonly id: string; readonly anybody: boolean },
): void {
  const comment = anybody ? commentOf(context, flow, id) : ownOf(context, flow, id)
  const answers = comment.thread === id ? context.records.count(commentsTable, { thread: id }) - 1 : 0
  if (answers > 0) context.records.update(commentsTable, { id }, { text: '', deletedAt: context.now })
  else context.records.delete(commentsTable, { id })
  context.records.delete(noticesTable, { comment: id })
  context.audit('comment.deleted', { flow, comment: id })
  tell(context, flow, comment.thread)
}

function put(
  { records, now, actor }: WriteContext,
  row: Pick<CommentRow, 'id' | 'flow' | 'thread' | 'anchor' | 'about' | 'text' | 'assignee' | 'mentions'>,
): CommentRow {
  const open = { editedAt: null, deletedAt: null, resolvedAt: null, resolvedBy: null }
  const comment = { ...row, isFirst: row.id === row.thread, author: actor.id, createdAt: now, ...open }
  records.insert(commentsTable, comment)
  return comment
}

function commentOf({ records }: WriteContext, flow: string, id: string): CommentRow {
  const comment = records.find(commentsTable, { id })
  if (comment === null || comment.flow !== flow || comment.deletedAt !== null) throw refuse('SLU_COMMENT_UNKNOWN')
  return comment
}

function ownOf(context: WriteContext, flow: string, id: string): CommentRow {
  const comment = commentOf(context, flow, id)
  if (comment.author !== context.actor.id) throw refuse('SLU_COMMENT_OF_OTHER')
  return comment
}

function firstOf({ records }: WriteContext, flow: string, thread: string): CommentRow {
  const first = records.find(commentsTable, { id: thread })
  if (first === null || first.flow !== flow || first.thread !== thread) throw refuse('SLU_COMMENT_UNKNOWN')
  return first
}

function assertPerson({ records }: WriteContext, id: string | null): void {
  if (id !== null && records.find(users, { id })?.active !== true) throw refuse('SLU_USER_UNKNOWN')
}

function makeRoom(context: WriteContext, flow: string): void {
  const { records } = context
  if (records.count(commentsTable, { flow, isFirst: true }) < commentLimits.threadsPerFlowMax) return
  const [oldest] = records.list(commentsTable, {
    where: { flow, isFirst: true, resolvedAt: { not: null } },
    orderBy: [['id', 'asc']],
    limit: 1,
  })
  if (oldest === undefined) throw refuse('SLU_COMMENT_LIMIT', { values: { limit: commentLimits.threadsPerFlowMax } })
  records.delete(commentsTable, { thread: oldest.id })
  records.delete(noticesTable, { thread: oldest.id })
  context.audit('comment.pruned', { flow, comment: oldest.id })
}

/** The name of what is commented on, as it is now. */
function aboutOf({ nodes, groups, name }: FlowDefinition, anchor: Anchor): unknown {
  if (anchor.kind === 'flow' || anchor.kind === 'point') return name
  const named = (id: string) => [...nodes, ...(groups ?? [])].find((each) => each.id === id)?.name ?? id
  if (anchor.kind !== 'edge') return named(anchor.id)
  const [from = '', to = ''] = anchor.id.split('>').map((end) => end.slice(0, end.lastIndexOf('.')))
  return [named(from), named(to)]
}

function tell(context: WriteContext, flow: string, thread: string): void {
  context.notify('comments', { flow, thread })
}

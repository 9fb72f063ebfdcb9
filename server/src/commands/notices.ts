import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { type CommentRow, commentsTable } from './comment-tables.ts'
import { type NoticeKind, noticeLimits, noticesTable } from './notice-tables.ts'
import { users } from './tables.ts'

/** Named people have to be there; who is named twice is named once. */
export function readMentions({ records }: WriteContext, mentions: readonly string[]): readonly string[] {
  const named = [...new Set(mentions)]
  for (const id of named) if (records.find(users, { id })?.active !== true) throw refuse('SLU_USER_UNKNOWN')
  return named
}

/** Tells those who are named, and of an answer everybody else who takes part in the thread. Nobody is told of their own words. */
export function tellOfComment(context: WriteContext, comment: CommentRow, mentions: readonly string[]): void {
  tellOfMentions(context, comment, mentions)
  const told = new Set([context.actor.id, ...mentions])
  if (comment.isFirst && comment.assignee !== null) notify(context, told, comment.assignee, 'assigned', comment)
  if (comment.isFirst) return
  for (const { author, assignee, mentions: before } of context.records.list(commentsTable, { where: { thread: comment.thread } }))
    for (const person of [author, assignee, ...(before ?? [])]) if (person !== null) notify(context, told, person, 'answer', comment)
}

/** Words that were changed name somebody new. */
export function tellOfMentions(context: WriteContext, comment: CommentRow, mentions: readonly string[]): void {
  const told = new Set([context.actor.id])
  for (const person of mentions) notify(context, told, person, 'mention', comment)
}

export function tellOfAssignment(context: WriteContext, first: CommentRow, person: string): void {
  notify(context, new Set([context.actor.id]), person, 'assigned', first)
}

function notify(context: WriteContext, told: Set<string>, person: string, kind: NoticeKind, comment: CommentRow): void {
  const { records, now, actor } = context
  if (told.has(person) || records.find(users, { id: person })?.active !== true) return
  told.add(person)
  const { flow, thread, id } = comment
  records.delete(noticesTable, { person, comment: id })
  records.insert(noticesTable, { id: context.newId(), person, kind, flow, thread, comment: id, by: actor.id, at: now, readAt: null })
  makeRoom(context, person)
  context.notify('notices', { person })
}

function makeRoom({ records }: WriteContext, person: string): void {
  const excess = records.count(noticesTable, { person }) - noticeLimits.perPersonMax
  if (excess <= 0) return
  for (const { id } of records.list(noticesTable, { where: { person }, orderBy: [['id', 'asc']], limit: excess }))
    records.delete(noticesTable, { id })
}

/** Command `notices.read`: some of one's own, or all there are. */
export function readNotices(context: WriteContext, { ids }: { readonly ids: readonly string[] | null }): void {
  const { records, actor, now } = context
  const open = { person: actor.id, readAt: null }
  const changed =
    ids === null
      ? records.update(noticesTable, open, { readAt: now })
      : records.update(noticesTable, { ...open, id: { in: ids } }, { readAt: now })
  if (changed > 0) context.notify('notices', { person: actor.id })
}

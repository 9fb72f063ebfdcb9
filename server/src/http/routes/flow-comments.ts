import type { Caller } from '@sluice/sdk/server'
import { Type } from 'typebox'
import { type CommentRow, commentLimits, commentsTable } from '../../commands/comment-tables.ts'
import { noticeLimits } from '../../commands/notice-tables.ts'
import type { Door } from '../../door.ts'
import { idCursorOf, instant, limitOf, pageQuery } from '../page.ts'
import type { ServerRequest, ServerRoute } from '../route.ts'
import { findDraft, nameOf } from './flows.ts'

const closed = { additionalProperties: false } as const
// Some word, and no half of a character: that would not survive the way into the store.
const whole = '[^\\ud800-\\udfff]'
const text = Type.String({ minLength: 1, maxLength: commentLimits.textCharsMax, pattern: `^${whole}*[^\\s\\ud800-\\udfff]${whole}*$` })
const coordinate = Type.Number({ minimum: -10_000_000, maximum: 10_000_000 })
const id = Type.String({ minLength: 1, maxLength: 300 })
const mentions = Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: noticeLimits.mentionsMax }))
const person = Type.Union([Type.String({ minLength: 1, maxLength: 100 }), Type.Null()])
const Anchor = Type.Union([
  Type.Object({ kind: Type.Union([Type.Literal('step'), Type.Literal('edge'), Type.Literal('group')]), id }, closed),
  Type.Object({ kind: Type.Literal('point'), x: coordinate, y: coordinate }, closed),
  Type.Object({ kind: Type.Literal('flow') }, closed),
])

const pageMax = 50

/** Comments on a flow: threads on a step, a wire, a frame, a place or the whole. They live beside the flow file, never in it. */
export function flowCommentRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  const tag = 'flows'
  const at = ({ params: { key = '', id: comment = '' } }: ServerRequest) => ({ flow: findDraft(door, key).key, id: comment })

  return [
    {
      method: 'GET',
      url: '/api/v1/flows/:key/comments',
      summary: 'Threads of comments, newest first, with their answers',
      tag,
      query: Type.Object({ ...pageQuery, state: Type.Optional(Type.Union([Type.Literal('open'), Type.Literal('resolved')])) }, closed),
      handle(request) {
        const { flow } = at(request)
        const { query, caller } = request
        const { cursor } = idCursorOf(query)
        const limit = Math.min(limitOf(query).limit ?? pageMax, pageMax)
        const where = { flow, isFirst: true, ...(cursor === undefined ? {} : { id: { lt: cursor } }), ...stateOf(query.state) }
        const threads = records.list(commentsTable, { where, orderBy: [['id', 'desc']], limit: limit + 1 })
        const page = threads.slice(0, limit)
        const items = page.map((first) => threadView(door, first, commentsOf(door, first.id), caller))
        return { body: { items, next: threads.length > limit ? (page.at(-1)?.id ?? null) : null } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/comments',
      summary: 'Begins a thread on a step, a wire, a frame, a place or the flow; may be given to somebody',
      tag,
      body: Type.Object({ anchor: Anchor, text, assignee: Type.Optional(person), mentions }, closed),
      async handle(request, host) {
        const { flow } = at(request)
        const body = request.body as { readonly assignee?: string | null }
        const { id: made } = await host.command<{ id: string }>('comment.add', { assignee: null, ...body, flow }, request.caller)
        return { status: 201, body: read(door, made, request.caller) }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/flows/:key/comments/:id/replies',
      summary: 'Answers a thread; a resolved one is open again',
      tag,
      body: Type.Object({ text, mentions }, closed),
      async handle(request, host) {
        const { flow, id: thread } = at(request)
        await host.command('comment.reply', { ...(request.body as object), flow, thread }, request.caller)
        return { status: 201, body: read(door, thread, request.caller) }
      },
    },
    {
      method: 'PATCH',
      url: '/api/v1/flows/:key/comments/:id',
      summary: 'Changes one’s own words (`text`), or settles a thread: `resolved`, `assignee`',
      tag,
      body: Type.Object(
        { text: Type.Optional(text), mentions, resolved: Type.Optional(Type.Boolean()), assignee: Type.Optional(person) },
        { ...closed, minProperties: 1 },
      ),
      async handle(request, host) {
        const { flow, id: comment } = at(request)
        const {
          text: words,
          mentions: named,
          ...settled
        } = request.body as {
          readonly text?: string
          readonly mentions?: readonly string[]
          readonly resolved?: boolean
          readonly assignee?: string | null
        }
        if (words !== undefined)
          await host.command(
            'comment.edit',
            { flow, id: comment, text: words, ...(named === undefined ? {} : { mentions: named }) },
            request.caller,
          )
        if (Object.keys(settled).length > 0) await host.command('comment.settle', { ...settled, flow, thread: comment }, request.caller)
        return { body: read(door, records.find(commentsTable, { id: comment })?.thread ?? comment, request.caller) }
      },
    },
    {
      method: 'DELETE',
      url: '/api/v1/flows/:key/comments/:id',
      summary: 'Takes one’s own comment back; those who manage people may take back any',
      tag,
      async handle(request, host) {
        await host.command('comment.delete', { ...at(request), anybody: request.caller.may('users.manage') }, request.caller)
        return { status: 204 }
      },
    },
  ]
}

function stateOf(state: string | undefined) {
  if (state === undefined) return {}
  return { resolvedAt: state === 'open' ? null : { not: null } }
}

function commentsOf(door: Door, thread: string): readonly CommentRow[] {
  return door.engine.reader.records.list(commentsTable, { where: { thread }, orderBy: [['id', 'asc']] })
}

function read(door: Door, thread: string, caller: Caller): ReturnType<typeof threadView> | null {
  const rows = commentsOf(door, thread)
  const [first] = rows
  return first === undefined ? null : threadView(door, first, rows, caller)
}

function threadView(door: Door, first: CommentRow, rows: readonly CommentRow[], { actor }: Caller) {
  const { id: thread, anchor, about, assignee, resolvedAt, resolvedBy } = first
  return {
    id: thread,
    anchor: anchor as unknown as { readonly kind: string },
    about: about as string,
    state: resolvedAt === null ? 'open' : 'resolved',
    assignee: assignee === null ? null : { id: assignee, name: nameOf(door, assignee) },
    resolvedAt: resolvedAt === null ? null : instant(resolvedAt),
    resolvedBy: resolvedBy === null ? null : nameOf(door, resolvedBy),
    comments: rows.map((row) => ({
      id: row.id,
      author: nameOf(door, row.author),
      isMine: row.author === actor.id,
      mentions: (row.mentions ?? []).map((named) => ({ id: named, name: nameOf(door, named) })),
      text: row.text,
      at: instant(row.createdAt),
      editedAt: row.editedAt === null ? null : instant(row.editedAt),
      isDeleted: row.deletedAt !== null,
    })),
  }
}

import type { Caller } from '@sluice/sdk/server'
import { type Static, Type } from 'typebox'
import { commentsTable } from '../../commands/comment-tables.ts'
import { type NoticeRow, noticesTable } from '../../commands/notice-tables.ts'
import { drafts } from '../../commands/tables.ts'
import type { Door } from '../../door.ts'
import { idCursorOf, instant, limitOf, pageQuery } from '../page.ts'
import type { ServerRoute } from '../route.ts'
import { nameOf } from './flows.ts'

const pageMax = 50
/** What was said, as far as a list shows it. */
const wordsMax = 200

const Read = Type.Object(
  { ids: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { minItems: 1, maxItems: 200 })) },
  { additionalProperties: false },
)

/** What other people want one to see. Everybody reads their own and nobody else's. */
export function noticeRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  return [
    {
      method: 'GET',
      url: '/api/v1/notices',
      summary: 'One’s own notices, newest first, and how many are unread: named in a comment, given a thread, answered',
      tag: 'people',
      query: Type.Object({ ...pageQuery, state: Type.Optional(Type.Literal('unread')) }, { additionalProperties: false }),
      handle({ query, caller }) {
        const person = caller.actor.id
        const { cursor } = idCursorOf(query)
        const limit = Math.min(limitOf(query).limit ?? pageMax, pageMax)
        const where = {
          person,
          ...(query.state === undefined ? {} : { readAt: null }),
          ...(cursor === undefined ? {} : { id: { lt: cursor } }),
        }
        const rows = records.list(noticesTable, { where, orderBy: [['id', 'desc']], limit: limit + 1 })
        const page = rows.slice(0, limit)
        const unread = records.count(noticesTable, { person, readAt: null })
        return { body: { items: noticeViews(door, page, caller), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null, unread } }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/notices/read',
      summary: 'These of one’s own notices, or all of them, have been read',
      tag: 'people',
      body: Read,
      bodyOptional: true,
      async handle({ body, caller }, host) {
        const { ids = null } = (body ?? {}) as Static<typeof Read>
        await host.command('notices.read', { ids }, caller)
        return { status: 204 }
      },
    },
  ]
}

/** Reads each flow's name once. Who may not read flows is told that somebody wrote, and no more. */
function noticeViews(door: Door, rows: readonly NoticeRow[], caller: Caller) {
  const { records } = door.engine.reader
  const mayRead = caller.may('flows.read')
  const names = new Map<string, unknown>()
  const nameOfFlow = (key: string): unknown => {
    const draft = names.has(key) || !mayRead ? null : records.find(drafts, { key })
    if (draft !== null) names.set(key, (JSON.parse(draft.file) as { readonly name?: unknown }).name)
    return names.get(key) ?? key
  }
  return rows.map(({ id, kind, flow, thread, comment, by, at, readAt }) => {
    const said = mayRead ? records.find(commentsTable, { id: comment }) : null
    const text = said === null || said.deletedAt !== null ? null : said.text.slice(0, wordsMax)
    const named = { key: flow, name: nameOfFlow(flow) }
    return { id, kind, flow: named, thread, by: nameOf(door, by), text, at: instant(at), readAt: instant(readAt) }
  })
}

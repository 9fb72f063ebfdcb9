import { refuse } from './errors/refusal.ts'
import { limitOf, PageQuery } from './page.ts'
import type { ServerRequest, ServerRoute } from './route.ts'

type Item = { readonly [name: string]: unknown }

/** A list that is short enough to be read whole takes `limit` and `cursor` like every other: all of it, unless a limit is asked for. */
export function paged(route: ServerRoute): ServerRoute {
  const { pagedBy } = route
  if (pagedBy === undefined) return route
  return {
    ...route,
    query: PageQuery,
    async handle(request, host) {
      const reply = await route.handle(request, host)
      const body = reply.body as { readonly items: readonly Item[] }
      return { ...reply, body: { ...body, ...sliceOf(body.items, request.query, (item) => String(item[pagedBy])) } }
    },
  }
}

function sliceOf(all: readonly Item[], query: ServerRequest['query'], idOf: (item: Item) => string) {
  const before = query.cursor === undefined ? -1 : all.findIndex((item) => idOf(item) === query.cursor)
  if (query.cursor !== undefined && before < 0) throw refuse('SLU_CURSOR_INVALID')
  const { limit = all.length } = limitOf(query)
  const items = all.slice(before + 1, before + 1 + limit)
  const last = items.at(-1)
  return { items, next: last !== undefined && before + 1 + limit < all.length ? idOf(last) : null }
}

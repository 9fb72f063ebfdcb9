import type { JsonObject } from '@sluice/flows'
import type { Caller, PackServer, Permission, Route, RouteHost, RouteReply } from '../server/pack-server.ts'
import { sightOf } from '../server/sight.ts'
import type { World } from './world.ts'

/** A signed-in person with these roles. Everything is permitted unless `may` is given: routes check permissions before packs are asked. */
export function testCaller(
  id: string,
  roles: readonly string[] = [],
  more: {
    readonly rep?: string
    readonly may?: readonly Permission[]
    readonly kind?: 'user' | 'token'
    readonly behind?: string
    readonly behindRep?: string
  } = {},
): Caller {
  return {
    actor: { kind: more.kind ?? 'user', id, ...(more.behind === undefined ? {} : { behind: more.behind }) },
    name: id,
    roles,
    rep: more.rep ?? null,
    ...(more.behindRep === undefined ? {} : { behindRep: more.behindRep }),
    may: (permission) => more.may === undefined || more.may.includes(permission),
  }
}

/** Calls a pack's route the way the server would, without HTTP. @example `callRoute(world, server, 'GET /tasks', caller)` */
export async function callRoute(
  world: World,
  server: PackServer,
  line: string,
  caller: Caller,
  request: { readonly body?: unknown; readonly query?: { readonly [name: string]: string } } = {},
): Promise<RouteReply & { readonly body: JsonObject }> {
  const [method, path = ''] = line.split(' ')
  const { route, params } = findRoute(server.routes ?? [], method ?? '', path)
  const host: RouteHost = {
    records: world.store.records,
    command: async <Result>(name: string, payload: unknown, by: Caller) => world.command<Result>(name, payload, by.actor),
    sight: (by) => sightOf([server], by, world.store.records),
    now: world.now,
  }
  const reply = await route.handle(
    {
      params,
      query: request.query ?? {},
      body: request.body ?? null,
      rawBody: null,
      headers: {},
      caller,
      language: 'en',
      receivedAt: world.now(),
    },
    host,
  )
  return { ...reply, body: reply.body as JsonObject }
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly params: { readonly [name: string]: string } } {
  const parts = path.split('/')
  for (const route of routes) {
    const pattern = route.path.split('/')
    if (route.method !== method || pattern.length !== parts.length) continue
    if (!pattern.every((piece, index) => piece.startsWith(':') || piece === parts[index])) continue
    return {
      route,
      params: Object.fromEntries(pattern.flatMap((piece, index) => (piece.startsWith(':') ? [[piece.slice(1), parts[index] ?? '']] : []))),
    }
  }
  throw new Error(`no route ${method} ${path}`)
}

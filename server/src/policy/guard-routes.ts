import type { Permission } from '@sluice/sdk/server'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { refuse } from '../http/errors/refusal.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Set by `guardRoutes` from the table, never by a route itself. */
    permission?: Permission
  }
}

/** Gives every route its permission from the table and stops the start when one has no row. Register it before any route. */
export function guardRoutes(app: FastifyInstance, table: ReadonlyMap<string, Permission>): void {
  app.addHook('onRoute', (route: RouteOptions) => {
    const methods = Array.isArray(route.method) ? route.method : [route.method]
    const rows = methods.map((method) => {
      const name = `${method === 'HEAD' ? 'GET' : method} ${route.url}`
      const permission = table.get(name)
      if (permission === undefined) throw refuse('SLU_ROUTE_WITHOUT_PERMISSION', { details: [{ path: name, message: name }] })
      return permission
    })
    if (new Set(rows).size > 1) throw refuse('SLU_ROUTE_WITHOUT_PERMISSION', { details: [{ path: route.url, message: methods.join(' ') }] })
    route.config = { ...route.config, permission: rows[0] as Permission }
  })
}

import type { Permission } from '@sluice/sdk/server'
import type { FastifyInstance } from 'fastify'
import type { ServerRoute } from '../route.ts'
import { type DescribedRoute, openApiDocument } from './document.ts'
import { extraRoutes } from './extra-routes.ts'

/** `GET /openapi.json`, written once, for the first who asks. */
export function mountOpenApi(app: FastifyInstance, routes: readonly ServerRoute[], table: ReadonlyMap<string, Permission>): void {
  const own: DescribedRoute = { method: 'GET', url: '/openapi.json', summary: 'This description', tag: 'system' }
  let text: string | null = null
  app.get('/openapi.json', (_request, reply) => {
    text ??= JSON.stringify(openApiDocument([...routes, ...extraRoutes, own], table))
    return reply.type('application/json; charset=utf-8').send(text)
  })
}

import Fastify, { type FastifyInstance } from 'fastify'
import { systemStart } from './auth/caller.ts'
import { flowNames } from './commands/flow-name-table.ts'
import { drafts } from './commands/tables.ts'
import { type Door, openDoor, type Parts } from './door.ts'
import { answerErrors, answerUnroutable } from './http/answer-errors.ts'
import { answerBrokenRequests, answerUnusualRequests } from './http/broken-requests.ts'
import { guardCallers } from './http/guard-callers.ts'
import { guardRequests } from './http/guard-requests.ts'
import { httpLimits } from './http/limits.ts'
import { logRequests } from './http/log-requests.ts'
import { mountRoute } from './http/mount.ts'
import { mountOpenApi } from './http/openapi/mount.ts'
import { paged } from './http/paged.ts'
import { fromPack } from './http/route.ts'
import { serverRoutes } from './http/routes/index.ts'
import { mountEvents } from './ingest/mount.ts'
import { mountLive } from './live/mount.ts'
import { mountMetrics } from './metrics/mount.ts'
import { guardRoutes } from './policy/guard-routes.ts'
import { permissionTable } from './policy/permission-table.ts'
import { mountPush } from './push/mount.ts'
import { mountEditor } from './static/mount.ts'
import { mountStream } from './stream/mount.ts'

export interface App {
  readonly fastify: FastifyInstance
  readonly door: Door
}

/** The whole HTTP side, ready for `listen` or `inject`. Fails when a route has no row in the permission table. */
export async function buildApp(parts: Parts): Promise<App> {
  const door = openDoor(parts)
  const { records } = parts.engine.reader
  // Data of a release before names were kept beside the drafts.
  if (records.count(flowNames) !== records.count(drafts)) await door.command('flow.name-all', {}, { kind: 'system', id: systemStart })
  const table = permissionTable(parts.packServers)
  const fastify = Fastify({
    ...serverOptions(parts),
    logger: false,
    bodyLimit: httpLimits.bodyBytesMax,
    requestTimeout: httpLimits.requestMsMax,
    keepAliveTimeout: httpLimits.idleConnectionMsMax,
    routerOptions: { maxParamLength: httpLimits.idCharsMax * 3, ignoreTrailingSlash: false },
    clientErrorHandler: answerBrokenRequests,
    frameworkErrors: answerUnroutable,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: true,
  })
  fastify.addHook('onClose', () => door.simulations.close())
  // One more than is taken: what is beyond Node leaves out without a word, and `malformed` has to see that there was more.
  fastify.server.maxHeadersCount = httpLimits.headersMax + 1
  fastify.server.headersTimeout = httpLimits.headersMsMax
  fastify.server.maxConnections = httpLimits.connectionsMax
  answerUnusualRequests(fastify.server)

  guardRoutes(fastify, table)
  guardRequests(fastify, door)
  guardCallers(fastify, door)
  logRequests(fastify, door)
  answerErrors(fastify, table)

  const packRoutes = parts.packServers.flatMap((pack) => (pack.routes ?? []).map((route) => fromPack(pack.id, route)))
  const routes = [...serverRoutes(door), ...packRoutes].map(paged)
  for (const route of routes) mountRoute(fastify, door, route)
  mountEvents(fastify, door)
  mountStream(fastify, door)
  mountPush(fastify, door)
  mountMetrics(fastify, door)
  await mountLive(fastify, door)
  mountOpenApi(fastify, routes, table)
  await mountEditor(fastify, door)
  return { fastify, door }
}

function serverOptions({ config }: Parts) {
  const trustProxy = config.trustProxy.length === 0 ? false : [...config.trustProxy]
  const http = {
    maxHeaderSize: httpLimits.headerBytesMax,
    // Asked in `malformed`, where the answer is a problem document.
    requireHostHeader: false,
    connectionsCheckingInterval: httpLimits.connectionCheckMs,
  }
  return config.tls === null ? { trustProxy, http } : { trustProxy, https: { ...http, ...config.tls } }
}

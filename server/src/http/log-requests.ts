import type { FastifyInstance } from 'fastify'
import type { Door } from '../door.ts'

/** One line per request, by route pattern: the address itself may hold a customer's id. Events at full speed are logged at debug only. */
export function logRequests(app: FastifyInstance, door: Door): void {
  const { log } = door
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply
    if (statusCode >= 500) log.error(lineOf(request, statusCode, reply.elapsedTime), 'request failed')
    else if (request.method !== 'GET' && request.routeOptions.url !== '/api/v1/events' && log.isLevelEnabled('info')) {
      log.info(lineOf(request, statusCode, reply.elapsedTime), 'request')
    } else if (log.isLevelEnabled('debug')) log.debug(lineOf(request, statusCode, reply.elapsedTime), 'request')
    done()
  })
}

type Request = { readonly id: string; readonly method: string; readonly routeOptions: { readonly url?: string | undefined } } & {
  readonly failure: unknown
  readonly failureCode: string | null
  readonly identity: { readonly caller: { readonly actor: { readonly kind: string; readonly id: string } } } | null
}

function lineOf(request: Request, status: number, ms: number) {
  const actor = request.identity?.caller.actor
  return {
    request: request.id,
    method: request.method,
    route: request.routeOptions.url ?? '(none)',
    status,
    ms: Math.round(ms),
    ...(actor === undefined ? {} : { actor: `${actor.kind}:${actor.id}` }),
    ...(request.failureCode === null ? {} : { code: request.failureCode }),
    ...(request.failure === null ? {} : { error: request.failure }),
  }
}

import type { Permission } from '@sluice/sdk/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { asProblem } from './errors/from-unknown.ts'
import { Refusal, refuse } from './errors/refusal.ts'
import { languageOf } from './language.ts'
import { httpLimits } from './limits.ts'
import { problemDocument } from './problem-document.ts'
import { apiHeaders } from './security-headers.ts'

/** Every failure leaves as problem+json in the caller's language, also those of the framework itself. */
export function answerErrors(app: FastifyInstance, table: ReadonlyMap<string, Permission>): void {
  const methodsOf = methodFinder([...table.keys()])

  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? ''
    const allowed = methodsOf(path)
    const { method } = request
    const refusal =
      allowed.length === 0
        ? refuse('SLU_ROUTE_UNKNOWN', { values: { method, path: path.slice(0, 200) } })
        : refuse('SLU_METHOD_REFUSED', { values: { method, allowed: allowed.join(', ') }, headers: { allow: allowed.join(', ') } })
    return sendProblem(request, reply, refusal)
  })
}

/** An address that cannot be decoded fails before any hook ran. */
export function answerUnroutable(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const language = languageOf(request.headers['accept-language'])
  const problem = refuse('SLU_ID_INVALID', { values: { name: 'url' } })
  reply
    .code(problem.status)
    .headers({ ...apiHeaders, 'content-language': language })
    .type('application/problem+json; charset=utf-8')
  reply.send(JSON.stringify(problemDocument(problem, language, instanceOf(request))))
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const { accepts } = request.routeOptions.config
  const problem = asProblem(error, {
    bodyBytesMax: request.routeOptions.bodyLimit ?? httpLimits.bodyBytesMax,
    sent: String(request.headers['content-type'] ?? '').slice(0, 100),
    accepted: accepts?.join(', ') ?? 'application/json',
  })
  request.failure = problem === error ? null : error
  request.failureCode = problem.code
  const language = languageOf(request.headers['accept-language'])
  // Says when it is worth asking again, also where the engine refused; a refusal's own figure wins.
  if (problem.status === 503 || problem.status === 429) reply.header('retry-after', '2')
  if (problem instanceof Refusal) reply.headers(problem.headers)
  // A body we did not read to its end would be taken for the next request on this connection.
  if (problem.status === 413 || problem.status === 408) reply.header('connection', 'close')
  return reply
    .code(problem.status)
    .headers({ 'content-language': language, 'cache-control': 'no-store' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemDocument(problem, language, instanceOf(request))))
}

/** Names this very request for the log; the path could hold a customer's id. */
function instanceOf(request: FastifyRequest): string {
  return `/requests/${request.id}`
}

/** Methods of the routes a path fits, the editor's catch-all aside. */
function methodFinder(routes: readonly string[]): (path: string) => string[] {
  const patterns = routes
    .filter((route) => !route.endsWith('*'))
    .map((route) => {
      const [method = '', url = ''] = route.split(' ')
      const pattern = url.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')
      return { method, fits: new RegExp(`^${pattern}$`) }
    })
  return (path) => {
    const named = new Set(patterns.filter(({ fits }) => fits.test(path)).map(({ method }) => method))
    // What can be read can be asked for its headers alone.
    return [...named].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  }
}

import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { hostName, isLoopback } from '../config/public-bind.ts'
import type { Door } from '../door.ts'
import { refuse } from './errors/refusal.ts'
import { httpLimits } from './limits.ts'
import { mediaType } from './mount.ts'
import { isWrite } from './route.ts'
import { apiHeaders } from './security-headers.ts'
import { malformed } from './well-formed.ts'

declare module 'fastify' {
  interface FastifyRequest {
    receivedAt: number
    /** What was thrown where a problem document hides it. */
    failure: unknown
    failureCode: string | null
  }
  interface FastifyContextConfig {
    /** Content types a route takes; null: no body; absent: it looks itself. */
    accepts?: readonly string[] | null
  }
}

const frequentTypes = ['application/json', 'application/cloudevents+json', 'application/cloudevents-batch+json']

/** What is checked of every request before anybody is asked who they are and before a byte of the body is read. */
export function guardRequests(app: FastifyInstance, door: Door): void {
  app.decorateRequest('receivedAt', 0)
  app.decorateRequest('failure', null)
  app.decorateRequest('failureCode', null)
  const boot = randomBytes(4).toString('hex')
  let count = 0
  app.setGenReqId(() => `${boot}-${(count++).toString(36)}`)

  // One parser for all: a route gets the bytes and decides. Fastify's own limits still hold.
  app.removeAllContentTypeParsers()
  // Those that are named are found without taking the header apart.
  app.addContentTypeParser([...frequentTypes, '*'], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const isOurs = ourHosts(door)

  app.addHook('onRequest', (request, reply, done) => {
    request.receivedAt = door.now()
    reply.headers(apiHeaders)
    const { headers, method, url } = request
    if (url.length > httpLimits.urlBytesMax) return done(refuse('SLU_HEADERS_TOO_LARGE'))
    const broken = malformed(request.raw)
    if (broken !== null) return done(broken)
    if (!isOurs(headers.host) || !isAskedOf(headers.host, url)) return done(refuse('SLU_HOST_REFUSED'))
    if (!isWrite(method)) return done()
    if (door.stopping) return done(refuse('SLU_STOPPING', { headers: { 'retry-after': '5', connection: 'close' } }))
    const encoding = headers['content-encoding']
    // Unpacking is where a kilobyte becomes a gigabyte.
    if (encoding !== undefined && encoding !== 'identity')
      return done(refuse('SLU_ENCODING_REFUSED', { headers: { 'accept-encoding': 'identity' } }))
    const { accepts } = request.routeOptions.config
    const sent = headers['content-type']
    const hasBody = headers['content-length'] !== undefined ? headers['content-length'] !== '0' : headers['transfer-encoding'] !== undefined
    if (Array.isArray(accepts) && hasBody && !accepts.includes(mediaType(sent))) {
      return done(refuse('SLU_MEDIA_TYPE_REFUSED', { values: { sent: String(sent ?? '').slice(0, 100), accepted: accepts.join(', ') } }))
    }
    done()
  })
}

/**
 * A page of another site can point its own name at 127.0.0.1 (DNS rebinding) and would then be "same origin". On one's own machine
 * only the names of this machine are answered; behind a proxy or on a public address SLUICE_PUBLIC_URL says the name.
 */
function isOurHost(host: string | undefined, { config }: Door): boolean {
  const name = hostName(host)
  if (config.publicUrl !== null && name === new URL(config.publicUrl).hostname) return true
  if (!isLoopback(config.host)) return true
  return isLoopback(name) || (config.publicUrl === null && config.trustProxy.length > 0)
}

/** A request line may hold a whole address (RFC 9112 §3.2.2); it then names the same host and port as the Host header, as every client writes it. */
function isAskedOf(host: string | undefined, url: string): boolean {
  if (url.charCodeAt(0) === slash || url === '*') return true
  if (!URL.canParse(url)) return false
  const asked = new URL(url)
  if (!/^https?:$/.test(asked.protocol) || asked.username !== '' || asked.password !== '') return false
  const named = `${asked.protocol}//${host}`
  return URL.canParse(named) && asked.host === new URL(named).host
}

const slash = 0x2f

function ourHosts(door: Door): (host: string | undefined) => boolean {
  // A sender names the same host each time.
  let last: { readonly host: string | undefined; readonly ours: boolean } | null = null
  return (host) => {
    if (last === null || last.host !== host) last = { host, ours: isOurHost(host, door) }
    return last.ours
  }
}

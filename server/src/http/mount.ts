import type { RouteHost, RouteReply } from '@sluice/sdk/server'
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { anonymous } from '../auth/caller.ts'
import type { Door } from '../door.ts'
import { refuse } from './errors/refusal.ts'
import { parseJson } from './json-body.ts'
import { type Language, languageOf } from './language.ts'
import { httpLimits } from './limits.ts'
import { bodyText, handleOnce } from './once.ts'
import { isPlainText } from './plain-text.ts'
import { isWrite, type ServerRequest, type ServerRoute } from './route.ts'
import { utf8 } from './utf8.ts'
import { bodyValidator, queryValidator, type Validator } from './validate/validator.ts'

/** Puts one route of ours on Fastify: ids, query and body are checked, then the handler sees plain values. */
export function mountRoute(app: FastifyInstance, door: Door, route: ServerRoute): void {
  assertStrict(route)
  const checkBody = route.body === undefined ? null : bodyValidator(route.body)
  const checkQuery = route.query === undefined ? null : queryValidator(route.query)
  app.route({
    method: route.method,
    url: route.url,
    bodyLimit: route.bodyBytesMax ?? httpLimits.bodyBytesMax,
    config: { accepts: acceptedTypes(route), ...deniedPart(door, route) },
    handler: async (request, reply) => {
      const asked = read(request, route, checkBody, checkQuery)
      const host = hostFor(door)
      const key = request.headers['idempotency-key']
      const once = typeof key === 'string' && isWrite(route.method) && route.remembersAnswers !== false
      const answer = once ? await handleOnce(door, route, asked, host, key) : await route.handle(asked, host)
      return send(reply, answer)
    },
  })
}

function deniedPart(door: Door, { onDenied }: ServerRoute): Pick<FastifyContextConfig, 'onDenied'> {
  if (onDenied === undefined) return {}
  return {
    async onDenied(request, caller) {
      await onDenied({ params: paramsOf(request), caller }, hostFor(door))
    },
  }
}

/** A body that takes unknown fields is how mass assignment begins. */
function assertStrict({ method, url, body }: ServerRoute): void {
  const { type, additionalProperties } = (body ?? {}) as { type?: unknown; additionalProperties?: unknown }
  if (type === 'object' && additionalProperties === undefined) {
    throw new Error(`${method} ${url}: its body schema must say { additionalProperties: false }`)
  }
}

/** Content types this route takes; null: it takes no body. */
function acceptedTypes(route: ServerRoute): readonly string[] | null {
  if (!isWrite(route.method)) return null
  const json = route.body === undefined && route.rawContentTypes !== undefined ? [] : ['application/json']
  return [...json, ...(route.jsonContentTypes ?? []), ...(route.rawContentTypes ?? [])]
}

function hostFor(door: Door): RouteHost {
  return {
    records: door.engine.reader.records,
    command: (name, payload, caller) => door.command(name, payload, caller.actor),
    sight: door.sight,
    now: door.now,
  }
}

function read(request: FastifyRequest, route: ServerRoute, checkBody: Validator | null, checkQuery: Validator | null): ServerRequest {
  const language = languageOf(request.headers['accept-language'])
  const query = queryOf(request, checkQuery, language)
  const type = mediaType(request.headers['content-type'])
  const bytes = request.body instanceof Uint8Array ? request.body : null
  const isRaw = route.rawContentTypes?.includes(type) === true
  const body = isRaw || !isWrite(route.method) ? undefined : jsonOf(bytes, route, language)
  if (checkBody !== null && !isRaw && body !== undefined) {
    const details = checkBody(body, language)
    if (details.length > 0) throw refuse('SLU_BODY_INVALID', { details })
  }
  return {
    params: paramsOf(request),
    query,
    body,
    rawBody: isRaw ? (bytes ?? new Uint8Array()) : null,
    headers: request.headers as ServerRequest['headers'],
    path: request.url.split('?', 1)[0] ?? request.url,
    caller: request.identity?.caller ?? anonymous,
    identity: request.identity,
    address: request.ip,
    secure: request.protocol === 'https',
    language,
    receivedAt: request.receivedAt,
  }
}

export function mediaType(header: string | undefined): string {
  return (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

function jsonOf(bytes: Uint8Array | null, route: ServerRoute, language: Language): unknown {
  if (bytes === null || bytes.length === 0) {
    if (route.body === undefined || route.bodyOptional === true) return undefined
    throw refuse('SLU_BODY_EMPTY')
  }
  return parseJson(utf8(bytes), language)
}

/** Ids name rows, files and topics further in: nothing that could climb out of its place gets that far. */
function paramsOf(request: FastifyRequest): ServerRequest['params'] {
  const params = request.params as Record<string, string>
  for (const [name, value] of Object.entries(params)) {
    if (!isId(value)) throw refuse('SLU_ID_INVALID', { values: { name: name === '*' ? 'path' : name } })
  }
  return params
}

export function isId(value: string): boolean {
  return value.length >= 1 && value.length <= httpLimits.idCharsMax && !/[/\\]|^\.{1,2}$/.test(value) && isPlainText(value)
}

function queryOf(request: FastifyRequest, check: Validator | null, language: Language): ServerRequest['query'] {
  const query = request.query as Record<string, unknown>
  const doubled = Object.keys(query).filter((name) => typeof query[name] !== 'string')
  const details = doubled.map((path) => ({
    path: `/${path.slice(0, 100)}`,
    message: language === 'en' ? 'is given more than once' : '重复出现',
  }))
  if (check !== null && details.length === 0) details.push(...check(query, language))
  if (details.length > 0) throw refuse('SLU_QUERY_INVALID', { details })
  return query as ServerRequest['query']
}

function send(reply: FastifyReply, { status, body, headers, contentType }: RouteReply): FastifyReply {
  reply.code(status ?? (body === undefined ? 204 : 200))
  if (headers !== undefined) reply.headers(headers)
  if (contentType !== undefined) return reply.type(contentType).send(body)
  return body === undefined ? reply.send() : reply.type('application/json; charset=utf-8').send(bodyText(body))
}

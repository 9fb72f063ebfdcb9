import { createHash } from 'node:crypto'
import type { RouteHost, RouteReply } from '@sluice/sdk/server'
import { idempotency } from '../commands/tables.ts'
import type { Door } from '../door.ts'
import { refuse } from './errors/refusal.ts'
import type { ServerRequest, ServerRoute } from './route.ts'

type Answer = { readonly status: number; readonly headers: { readonly [name: string]: string }; readonly body: string }

/** Requests at work right now, so that the same key twice at once does the work once. */
const atWork = new Set<string>()

/** The bytes of an answer; a string body goes out as it is. */
export function bodyText(body: unknown): string {
  return body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
}

/**
 * Handles a write that carries an `Idempotency-Key`: the same key again gives the same answer and changes nothing, also when the
 * server died between the commit and the answer.
 */
export async function handleOnce(
  door: Door,
  route: ServerRoute,
  request: ServerRequest,
  host: RouteHost,
  key: string,
): Promise<RouteReply> {
  if (!/^[\x20-\x7e]{1,200}$/.test(key)) throw refuse('SLU_IDEMPOTENCY_KEY_INVALID')
  const { actor } = request.caller
  const id = digest([actor.kind, actor.id, route.method, request.path, key])
  const body = digest([JSON.stringify(request.query), request.rawBody ?? bodyText(request.body ?? null)])
  if (atWork.has(id)) throw refuse('SLU_IDEMPOTENCY_IN_PROGRESS', { headers: { 'retry-after': '1' } })
  atWork.add(id)
  try {
    const known = host.records.find(idempotency, { id })
    if (known !== null && known.request !== body) throw refuse('SLU_IDEMPOTENCY_KEY_REUSED')
    if (known?.answer != null) return replay(known.answer)
    const reply = await route.handle(request, recording(host, id, body))
    const answer = { status: reply.status ?? 200, headers: { ...reply.headers, ...typeOf(reply) }, body: bodyText(reply.body) }
    if (answer.status < 300) await door.command('idempotency.answer', { id, request: body, answer }, actor)
    return reply
  } finally {
    atWork.delete(id)
  }
}

function recording(host: RouteHost, id: string, request: string): RouteHost {
  let index = 0
  return {
    ...host,
    command: (name, payload, caller) => {
      const once = { id, request, index, name, payload }
      index += 1
      return host.command('idempotency.once', once, caller)
    },
  }
}

function replay({ status, headers, body }: Answer): RouteReply {
  const { 'content-type': contentType, ...rest } = headers
  return {
    status,
    body,
    contentType: contentType ?? 'application/json; charset=utf-8',
    headers: { ...rest, 'idempotency-replayed': 'true' },
  }
}

function typeOf({ contentType }: RouteReply): { readonly 'content-type'?: string } {
  return contentType === undefined ? {} : { 'content-type': contentType }
}

function digest(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(String(part.length)).update(':').update(part)
  return hash.digest('base64url')
}

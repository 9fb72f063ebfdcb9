import type { Route, RouteHost, RouteReply, RouteRequest } from '@sluice/sdk/server'
import type { TSchema } from 'typebox'
import type { Identity } from '../auth/identify.ts'

export type Method = Route['method']

export interface ServerRequest extends RouteRequest {
  /** Null on public routes that nobody signed. */
  readonly identity: Identity | null
  /** The path as it was asked for, without the query. */
  readonly path: string
  /** Address of the client; behind a trusted proxy the one it names. */
  readonly address: string
  /** Came over TLS, here or at the trusted proxy. */
  readonly secure: boolean
}

/** A route of the server or of a pack, in one shape: what is mounted, guarded and described in OpenAPI. Its permission stands in the table. */
export interface ServerRoute {
  readonly method: Method
  /** Whole path, `/api/v1/flows/:key`. */
  readonly url: string
  readonly summary: string
  /** Heading in the API description. */
  readonly tag: string
  readonly query?: TSchema
  /** The list is given whole, and the member of its items that a cursor names: `limit` and `cursor` are seen to by `paged.ts`. */
  readonly pagedBy?: string
  readonly body?: TSchema
  /** An empty body is fine too. */
  readonly bodyOptional?: boolean
  readonly bodyBytesMax?: number
  readonly rawContentTypes?: readonly string[]
  /** What the raw body holds, for the API description; the route checks it itself. */
  readonly rawBody?: TSchema
  /** JSON content types beside application/json. */
  readonly jsonContentTypes?: readonly string[]
  /** False: an `Idempotency-Key` is not kept, because the answer holds a secret or the route is repeatable by itself. */
  readonly remembersAnswers?: boolean
  /** What the answers look like, by status, for the API description. */
  readonly answers?: { readonly [status: string]: { readonly description: string; readonly schema?: TSchema } }
  /** Answers by itself instead of JSON: event streams, files. Named in the API description as this content type. */
  readonly answersWith?: string
  readonly handle: (request: ServerRequest, host: RouteHost) => RouteReply | Promise<RouteReply>
  /** Somebody known who may not call it tried to; asked before the refusal leaves. */
  readonly onDenied?: (request: Pick<ServerRequest, 'params' | 'caller'>, host: RouteHost) => Promise<void>
}

/** A pack's route, under /api/v1. */
export function fromPack(pack: string, route: Route): ServerRoute {
  const { permission: _inTable, path, ...rest } = route
  return { ...rest, url: `/api/v1${path}`, tag: pack }
}

export const isWrite = (method: string): boolean => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'

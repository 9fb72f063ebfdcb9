import type {
  Actor,
  CommandHandler,
  Gate,
  NodeOutcome,
  RecordsReader,
  StepContext,
  TableDefinition,
  WriteContext,
} from '@sluice/engine/worker'
import type { Json } from '@sluice/flows'
import type { TSchema } from 'typebox'
import type { OutsideHandler } from './outside.ts'
import type { Sight } from './sight.ts'

/** What a person or token may do. A role is a set of these (server/src/policy/roles.ts). */
export type Permission =
  | 'public' // named exceptions only: health, sign-in, webhooks with their own signature
  | 'self' // anyone signed in
  | 'flows.read'
  | 'flows.write'
  | 'flows.publish'
  | 'flows.comment'
  /** Stops a live flow from starting, and lets it go on. */
  | 'flows.block'
  | 'runs.read'
  /** Looks at the runs about the customers one knows, and at nothing else of flows. Whoever has `runs.read` has it too. */
  | 'runs.own'
  | 'runs.start'
  | 'runs.act'
  | 'events.write'
  | 'tasks.read'
  | 'tasks.answer'
  | 'customers.read'
  | 'customers.write'
  | 'customers.import'
  | 'consents.read'
  | 'consents.write'
  | 'withdrawals.read'
  | 'alerts.read'
  | 'messages.read'
  | 'audit.read'
  /** Sees one hidden value of a run for a written reason; never what is frozen or without consent. */
  | 'data.reveal'
  | 'users.manage'
  | 'tokens.manage'
  | 'settings.read'
  | 'settings.write'
  | 'system.operate'

/** The signed-in person or token behind a request. */
export interface Caller {
  readonly actor: Actor
  readonly name: string
  readonly roles: readonly string[]
  /** CRM rep id when this user is a rep. */
  readonly rep: string | null
  /** CRM rep id of who made the token that speaks here: it is nobody's rep itself, and yet no other person. */
  readonly behindRep?: string
  may(permission: Permission): boolean
}

export interface RouteRequest {
  readonly params: { readonly [name: string]: string }
  readonly query: { readonly [name: string]: string | undefined }
  readonly body: unknown
  readonly rawBody: Uint8Array | null
  readonly headers: { readonly [name: string]: string | undefined }
  readonly caller: Caller
  readonly language: 'en' | 'zh-CN'
  readonly receivedAt: number
}

/** What a route may use: reads on its own connection, writes as named commands. */
export interface RouteHost {
  readonly records: RecordsReader
  /** Runs a named command in the engine's write transaction; rejects with `SluiceProblem`. */
  command<Result = unknown>(name: string, payload: unknown, caller: Caller): Promise<Result>
  /** What this caller may see of customer data that was copied out of its table: into tasks, alerts, messages. */
  sight(caller: Caller): Sight
  now(): number
}

export interface RouteReply {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: { readonly [name: string]: string }
  /** Sent as is, for example `text/csv` or the plain `success` a platform expects. */
  readonly contentType?: string
}

/** One HTTP route under `/api/v1`. Its permission row is mandatory by type. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** `/customers/:id/consents` */
  readonly path: string
  readonly permission: Permission
  readonly summary: string
  /** Strict: unknown fields are refused. */
  readonly body?: TSchema
  readonly query?: TSchema
  /** The list is given whole in `items`, and this member of each tells it from the others: the server sees to `limit` and `cursor`. */
  readonly pagedBy?: string
  /** Bytes, 1 MiB unless told. */
  readonly bodyBytesMax?: number
  /** Body arrives as raw bytes of these content types instead of parsed JSON. */
  readonly rawContentTypes?: readonly string[]
  readonly handle: (request: RouteRequest, host: RouteHost) => RouteReply | Promise<RouteReply>
}

/** Keys of this workspace; they lie in its data folder, beside the database and never in it. */
export interface PackKeyring {
  /** For secrets that must be read again: the database alone does not give them away. */
  seal(secret: string): string
  /** Throws when this was sealed elsewhere, or changed. */
  open(sealed: string): string
  /** Recognises a value again without keeping it; whoever lacks the key cannot try values out. The same after a restart. */
  digest(value: string): string
}

/** Where a pack starts: the same on the engine's thread and on the door's. */
export interface PackHost {
  /** Folder of this workspace; a pack keeps its own files, such as keys, below `keys/`. */
  readonly dataFolder: string
  /** Name of the connected model; null: none is. */
  readonly model: string | null
  /** Absent in simulations, which keep nothing. */
  readonly keyring?: PackKeyring
}

/** The server half of a pack. Nothing here runs before `activate`d by the server's pack loader. */
export interface PackServer {
  readonly id: string
  /** Called once on each thread, before anything else of the pack runs there. */
  readonly start?: (host: PackHost) => void
  // biome-ignore lint/suspicious/noExplicitAny: tables of different rows share no row type.
  readonly tables: readonly TableDefinition<any>[]
  /** Named commands, run in the write transaction: `consent.grant`. */
  readonly commands?: { readonly [name: string]: CommandHandler }
  /** Steps with an internal effect, or the preparing half of an outside one, by node type. */
  // biome-ignore lint/suspicious/noExplicitAny: each step has the config type of its node.
  readonly steps?: { readonly [type: string]: (context: StepContext<any>) => NodeOutcome }
  /** Outside acts by node type or handler name; each says whom it touches and for what. */
  readonly outside?: { readonly [handler: string]: OutsideHandler }
  readonly gates?: readonly Gate[]
  /** Events of the outside world this pack acts on itself: CloudEvents type → command that gets the event, in the transaction of its intake. */
  readonly consumers?: { readonly [eventType: string]: string }
  readonly routes?: readonly Route[]
  /** What this reader may see of customer data wherever it was carried: runs, journals, streams, tasks. */
  readonly sight?: (caller: Caller, records: RecordsReader) => Sight
  /** Fills an empty workspace with something true to show; `unload` takes exactly that away again. */
  readonly demo?: { load(context: WriteContext, options: { readonly language: 'en' | 'zh-CN' }): void; unload(context: WriteContext): void }
}

export function definePackServer(pack: PackServer): PackServer {
  return pack
}

export type CommandResult = Json

import type { FlowDefinition, Json, Problem } from '@sluice/flows'

export { playLimits } from '../limits.ts'

/** A flow that the draft may call, as it would be found now. */
export interface CalledFlow {
  readonly file: FlowDefinition
  /** The version that new runs take; null: it was never published, so it is only looked into and not called. */
  readonly version: number | null
}

/** One simulation for the browser's worker: what the server would be asked, and what it would look up for it. */
export interface PlayRequest {
  readonly id: number
  /** The draft as a flow file. */
  readonly flow: string
  /** The rest of the body of `POST /flows/{key}/simulate`. */
  readonly asked: Json
  readonly called: readonly CalledFlow[]
  /** Working calendars of the workspace, as `core.calendar.save` takes them. */
  readonly calendars: readonly Json[]
  readonly now: number
}

export type PlayAnswer =
  /** The answer of the route, as text. */
  | { readonly ok: true; readonly text: string }
  /** It ended, with more in its journal than can be handed over. */
  | { readonly ok: false; readonly why: 'too-large' }
  /** What blocks publishing blocks this too. */
  | { readonly ok: false; readonly why: 'problems'; readonly problems: readonly Problem[] }
  /** What was told cannot be read: where, and which rule it breaks. */
  | { readonly ok: false; readonly why: 'unreadable'; readonly places: readonly { readonly path: string; readonly rule: string }[] }
  | { readonly ok: false; readonly why: 'refused'; readonly code: string; readonly status: number; readonly message: string }

/** What the worker says: that it is loaded, then one answer for each request. */
export type WorkerSays = { readonly id: null } | { readonly id: number; readonly answer: PlayAnswer }

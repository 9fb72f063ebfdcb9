import type { RunDraft } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import type { NodeId, ScopeId } from '../ids.ts'
import { textOf } from '../words.ts'
import { rememberAuthors } from './authors.ts'
import { rememberUndoable } from './undo.ts'

export function applyNodeCompleted(draft: RunDraft, entry: EntryOf<'node.completed'>): void {
  const token = draft.token(entry.token)
  if (entry.undoable === true) rememberUndoable(draft, token, entry.data)
  rememberAuthors(draft, entry.authors)
  draft.setOutput(entry.node, entry.data, token.scope)
  if (entry.next.length === 0) draft.endLine(token.scope, entry.data)
  if (entry.scope !== null) draft.openScope(entry.scope, forkParent(draft, token.scope, entry.node), entry.node)
  draft.addTokens(entry.next, entry.node, entry.scope ?? token.scope, entry.data, entry.at)
  draft.dropToken(token.id)
}

/**
 * A line that comes round to the same fork alone replaces the scope of the last round instead of nesting in it: nothing else
 * is alive there for a join to wait for, and a loop of a year must not pile up scopes.
 */
function forkParent(draft: RunDraft, scope: ScopeId, fork: NodeId): ScopeId {
  const last = draft.run.scopes[scope]
  const alone = last !== undefined && last.parent !== null && last.fork === fork && last.live === 1
  return alone ? (last.parent ?? scope) : scope
}

export function applyNodeWaiting(draft: RunDraft, entry: EntryOf<'node.waiting'>): void {
  const token = draft.token(entry.token)
  draft.setToken({ ...token, state: 'waiting', wait: entry.wait, since: entry.at, limit: entry.limit ?? token.limit ?? null })
  if (entry.limit != null) draft.usedTimer()
  if ('timerId' in entry.wait && entry.wait.timerId !== null) draft.usedTimer()
}

export function applyNodeFailed(draft: RunDraft, entry: EntryOf<'node.failed'>): void {
  rememberAuthors(draft, entry.authors)
  const { code, message } = entry.error
  const error = { code, message, node: entry.node, ...textOf(entry.error) }
  draft.setToken({ ...draft.token(entry.token), state: 'ready', wait: null, error, since: entry.at, limit: null })
}

export function applyRetryScheduled(draft: RunDraft, entry: EntryOf<'node.retry-scheduled'>): void {
  const wait = { kind: 'retry', timerId: entry.timerId, dueAt: entry.dueAt } as const
  draft.setToken({ ...draft.token(entry.token), state: 'waiting', wait, since: entry.at })
  draft.usedTimer()
}

export function applyNodeRetried(draft: RunDraft, entry: EntryOf<'node.retried'>): void {
  const limit = entry.limit ?? null
  const token = draft.token(entry.token)
  draft.setToken({ ...token, state: 'ready', wait: null, error: null, attempt: entry.attempt, since: entry.at, limit })
  if (limit !== null) draft.usedTimer()
}

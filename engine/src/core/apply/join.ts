import type { RunDraft } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import { closes } from '../scopes.ts'

export function applyJoinArrived(draft: RunDraft, entry: EntryOf<'join.arrived'>): void {
  const wait = { kind: 'join', timerId: entry.timerId, dueAt: entry.dueAt } as const
  draft.setToken({ ...draft.token(entry.token), state: 'waiting', wait, since: entry.at })
  if (entry.timerId !== null) draft.usedTimer()
}

/** The line goes on outside the scope the join closes, unless it stays; a join that closes none lets each arrival through where it is. */
export function applyJoinPassed(draft: RunDraft, entry: EntryOf<'join.passed'>): void {
  const scope = draft.run.scopes[entry.scope]
  const closing = scope !== undefined && closes(draft.flow, entry.node, scope)
  const outside = closing && entry.stays !== true ? (scope.parent ?? entry.scope) : entry.scope
  if (closing) draft.closeScope(entry.scope, entry.node)
  draft.setOutput(entry.node, entry.data, outside)
  if (entry.next.length === 0) draft.endLine(outside, entry.data)
  if (entry.opened !== null) draft.openScope(entry.opened, outside, entry.node)
  draft.addTokens(entry.next, entry.node, entry.opened ?? outside, entry.data, entry.at)
  for (const token of entry.tokens) draft.dropToken(token)
}

export function applyJoinIgnored(draft: RunDraft, entry: EntryOf<'join.ignored'>): void {
  draft.dropToken(entry.token)
}

import type { RunDraft } from '../draft.ts'
import type { EntryOf } from '../entry.ts'

export function applyLockTaken(draft: RunDraft, entry: EntryOf<'lock.taken'>): void {
  const { node, token: id, key, scope, opened, data, next, at } = entry
  const token = draft.token(id)
  draft.setOutput(node, data, token.scope)
  draft.openScope(scope, token.scope, null)
  if (opened !== null) draft.openScope(opened, scope, node)
  draft.addTokens(next, node, opened ?? scope, data, at)
  draft.dropToken(id)
  draft.run.locks = { ...draft.run.locks, [scope]: { node, token: id, key } }
}

export function applyLockLeft(draft: RunDraft, entry: EntryOf<'lock.left'>): void {
  const { node, token, scope, opened, data, next, at } = entry
  draft.setOutput(node, data, scope)
  if (next.length === 0) draft.endLine(scope, data)
  if (opened !== null) draft.openScope(opened, scope, node)
  draft.addTokens(next, node, opened ?? scope, data, at)
  draft.dropToken(token)
}

export function applyLockFreed(draft: RunDraft, entry: EntryOf<'lock.freed'>): void {
  const { [entry.scope]: _, ...others } = draft.run.locks ?? {}
  if (Object.keys(others).length > 0) draft.run.locks = others
  else delete draft.run.locks
}

import type { RunDraft } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import { itemScope } from '../scopes.ts'

export function applyEachStarted(draft: RunDraft, entry: EntryOf<'each.started'>): void {
  const { items, concurrency, reviewed, collect, limit = null, at } = entry
  const token = draft.token(entry.token)
  draft.setToken({ ...token, state: 'waiting', wait: { kind: 'each' }, since: at, limit: limit ?? token.limit ?? null })
  draft.setEach(entry.token, { items, concurrency, reviewed, collect, next: 0, active: 0, results: {}, ended: [], asked: 0 })
  if (limit !== null) draft.usedTimer()
}

export function applyItemStarted(draft: RunDraft, entry: EntryOf<'each.item-started'>): void {
  const { token: of, index, scope, node, next, at } = entry
  const each = draft.run.each?.[of]
  if (each === undefined) throw new Error(`SLU_JOURNAL_BROKEN: token ${of} of run ${draft.run.id} is no for-each at work`)
  const value = each.items[index] ?? null
  draft.setEach(of, { ...each, next: index + 1, active: each.active + 1 })
  draft.openScope(scope, draft.token(of).scope, node)
  draft.setItem(scope, { of, index, value })
  draft.addTokens(next, node, scope, value, at)
}

/** The line may stand in an item of a for-each further in: what failed is the item of the one the entry names. */
export function applyItemFailed(draft: RunDraft, entry: EntryOf<'each.item-failed'>): void {
  const { code, message, node } = entry.error
  const result = { error: { code, message, node } }
  const { scope } = draft.token(entry.line)
  draft.endLine(scope, result)
  let at = itemScope(draft.run, scope)
  while (at !== null && at.item.of !== entry.token) at = at.parent === null ? null : itemScope(draft.run, at.parent)
  if (at !== null) draft.setItem(at.id, { ...at.item, result })
  draft.dropToken(entry.line)
}

export function applyEachReviewing(draft: RunDraft, entry: EntryOf<'each.reviewing'>): void {
  const each = draft.run.each?.[entry.token]
  if (each !== undefined) draft.setEach(entry.token, { ...each, asked: each.ended.length })
  draft.setToken({ ...draft.token(entry.token), state: 'ready', wait: null, attempt: entry.attempt, since: entry.at })
}

export function applyEachReviewed(draft: RunDraft, entry: EntryOf<'each.reviewed'>): void {
  const each = draft.run.each?.[entry.token]
  if (each !== undefined && entry.added.length > 0) draft.setEach(entry.token, { ...each, items: [...each.items, ...entry.added] })
  draft.setToken({ ...draft.token(entry.token), state: 'waiting', wait: { kind: 'each' }, since: entry.at })
}

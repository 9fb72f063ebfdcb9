import type { RunDraft } from '../draft.ts'
import type { EntryOf } from '../entry.ts'

export function applyTokenCancelled(draft: RunDraft, entry: EntryOf<'token.cancelled'>): void {
  draft.dropToken(entry.token)
}

export function applyIncident(draft: RunDraft, entry: EntryOf<'incident.raised'>): void {
  const token = draft.token(entry.token)
  draft.setToken({ ...token, state: 'incident', wait: null, error: entry.error, since: entry.at, limit: null })
}

/** Kept for the reader of the journal; what follows from it stands in the next entry. */
export function recordedOnly(): void {}

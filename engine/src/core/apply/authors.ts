import type { RunDraft } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import type { UserId } from '../ids.ts'

/** What these people said is in the run from here on. Each is named once, in the order they came. */
export function rememberAuthors(draft: RunDraft, authors: readonly UserId[] | undefined): void {
  if (authors === undefined || authors.length === 0) return
  draft.run.authors = [...new Set([...(draft.run.authors ?? []), ...authors])]
}

/** Changes nothing else: what was said comes in with the entry behind it. */
export function applySaid(draft: RunDraft, { authors }: EntryOf<'task.answered' | 'node.skipped' | 'signal.received'>): void {
  rememberAuthors(draft, authors)
}

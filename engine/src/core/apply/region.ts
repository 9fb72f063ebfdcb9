import type { RunDraft } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import { regionKey } from '../regions.ts'

export function applyRaceWon(draft: RunDraft, entry: EntryOf<'race.won'>): void {
  draft.closeScope(entry.scope, entry.node)
}

export function applyRegionEntered(draft: RunDraft, entry: EntryOf<'region.entered'>): void {
  const { node, item, timerId, dueAt } = entry
  draft.setRegion(regionKey(node, item), { node, item, timerId, dueAt })
  draft.usedTimer()
}

export function applyRegionLeft(draft: RunDraft, entry: EntryOf<'region.left'>): void {
  draft.setRegion(regionKey(entry.node, entry.item), null)
}

export function applyRegionEnded(draft: RunDraft, entry: EntryOf<'region.ended'>): void {
  const { node, item, token, data, next, scope, opened, at, limitRuns } = entry
  if (limitRuns !== true) draft.setRegion(regionKey(node, item), null)
  if (next.length === 0) draft.endLine(scope, data)
  if (opened !== null) draft.openScope(opened, scope, node)
  draft.addTokens(next, node, opened ?? scope, data, at)
  draft.dropToken(token)
}

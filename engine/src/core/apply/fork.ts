import { type RunDraft, rootScope } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import { rememberAuthors } from './authors.ts'

export function applyRunForked(draft: RunDraft, entry: EntryOf<'run.forked'>): void {
  const { run } = draft
  const { node, from, input, trigger, event, outputs } = entry.begin
  run.id = entry.run
  run.flow = entry.flow
  run.version = entry.flowVersion
  run.digest = entry.digest
  run.startedAt = entry.at
  run.event = event
  run.trigger = trigger
  run.limit = entry.limit
  run.forkedFrom = { run: entry.of, node }
  if (Object.keys(entry.kept).length > 0) run.kept = entry.kept
  if (entry.by !== undefined) run.startedBy = entry.by
  rememberAuthors(draft, entry.authors)
  if (entry.limit !== null) draft.usedTimer()
  draft.openScope(rootScope, rootScope, null)
  for (const [id, data] of Object.entries(outputs)) draft.setOutput(id, data, rootScope)
  if (from === null) draft.setOutput(node, input, rootScope)
  if (entry.scope !== null) draft.openScope(entry.scope, rootScope, node)
  draft.addTokens(entry.next, from ?? node, entry.scope ?? rootScope, input, entry.at)
  if (entry.next.length === 0) run.output = input
}

export function applyRunMoved(draft: RunDraft, entry: EntryOf<'run.moved'>): void {
  draft.run.version = entry.to.version
  draft.run.digest = entry.to.digest
}

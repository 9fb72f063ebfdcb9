import { type RunDraft, rootScope } from '../draft.ts'
import type { EntryOf } from '../entry.ts'
import { rememberAuthors } from './authors.ts'

export function applyRunStarted(draft: RunDraft, entry: EntryOf<'run.started'>): void {
  const { run } = draft
  run.id = entry.run
  run.flow = entry.flow
  run.version = entry.flowVersion
  run.digest = entry.digest
  run.startedAt = entry.at
  run.event = entry.event
  run.trigger = entry.node
  run.parent = entry.parent
  run.limit = entry.limit
  if (entry.depth !== undefined) run.depth = entry.depth
  if (entry.rank !== undefined) run.rank = entry.rank
  if (entry.by !== undefined) run.startedBy = entry.by
  rememberAuthors(draft, entry.authors)
  if (entry.limit !== null) draft.usedTimer()
  draft.openScope(rootScope, rootScope, null)
  if (entry.scope !== null) draft.openScope(entry.scope, rootScope, entry.node)
  draft.addTokens(entry.next, entry.node, entry.scope ?? rootScope, entry.data, entry.at)
  draft.setOutput(entry.node, entry.data, rootScope)
  if (entry.next.length === 0) run.output = entry.data
}

export function applyRunQueued(draft: RunDraft, { node, token, data, at }: EntryOf<'run.queued'>): void {
  draft.addTokens([{ id: token, node, port: 'in', edge: -1 }], node, rootScope, data, at)
  draft.setToken({ ...draft.token(token), from: null })
}

export function applyRunSucceeded(draft: RunDraft, entry: EntryOf<'run.succeeded'>): void {
  end(draft, 'succeeded', entry.at)
  draft.run.output = entry.output
}

export function applyRunFailed(draft: RunDraft, entry: EntryOf<'run.failed'>): void {
  end(draft, 'failed', entry.at)
  draft.run.error = entry.error
}

export function applyRunCancelled(draft: RunDraft, entry: EntryOf<'run.cancelled'>): void {
  end(draft, 'cancelled', entry.at)
}

function end(draft: RunDraft, status: 'succeeded' | 'failed' | 'cancelled', at: number): void {
  draft.run.status = status
  draft.run.endedAt = at
  draft.run.limit = null
  delete draft.run.regions
  delete draft.run.done
  delete draft.run.undoing
}

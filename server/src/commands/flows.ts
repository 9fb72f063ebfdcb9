import type { CompiledFlow } from '@sluice/engine/core'
import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { commentsTable } from './comment-tables.ts'
import { flowNames } from './flow-name-table.ts'
import { wordsOf } from './flow-names.ts'
import { noticesTable } from './notice-tables.ts'
import { syncSchedules } from './schedules.ts'
import { drafts, hookSecrets, versions } from './tables.ts'
import { copiesTable } from './template-tables.ts'

export interface SaveFlow {
  readonly key: string
  readonly file: string
  readonly etag: string
  /** Null: counted a little later, once people who edit together pause (`flow.recount`). */
  readonly problems: number | null
  /** ETag the editor read, `*` for any, null when it does not care. */
  readonly ifMatch: string | null
  /** Refuse when there is a draft already. */
  readonly onlyNew?: boolean
  readonly demo?: boolean
}

/** Command `flow.save` → `{ created }`. A stale edit changes nothing. */
export function saveFlow(
  context: WriteContext,
  { key, file, etag, problems, ifMatch, onlyNew, demo = false }: SaveFlow,
): { readonly created: boolean } {
  const known = context.records.find(drafts, { key })
  const stale = ifMatch !== null && (known === null || (ifMatch !== '*' && ifMatch !== known.etag))
  if (stale || (onlyNew === true && known !== null)) throw refuse('SLU_PRECONDITION_FAILED')
  if (known?.etag === etag) return { created: false }
  const { now, actor } = context
  const createdAt = known?.createdAt ?? now
  context.records.upsert(drafts, {
    key,
    file,
    etag,
    problems: problems ?? known?.problems ?? 0,
    demo: known?.demo ?? demo,
    createdAt,
    updatedAt: now,
    updatedBy: actor.id,
  })
  const { folder, owner } = (known === null ? null : context.records.find(flowNames, { key })) ?? { folder: null, owner: personOf(actor) }
  context.records.upsert(flowNames, { key, words: wordsOf(key, file), folder, owner })
  context.notify('flows', { flow: key, change: 'saved', etag })
  return { created: known === null }
}

/** Whoever makes a flow owns it, also through a token of theirs. */
function personOf({ kind, id, behind }: WriteContext['actor']): string | null {
  return kind === 'user' ? id : (behind ?? null)
}

/** Command `flow.recount`: how many problems the draft has that was stored without counting; one that was stored since is left alone. */
export function recountFlow(
  context: WriteContext,
  { key, etag, problems }: { readonly key: string; readonly etag: string; readonly problems: number },
): void {
  context.records.update(drafts, { key, etag }, { problems })
}

/** Command `flow.delete`: the draft goes and no new run starts. What was published stays, because its runs are explained by it. */
export function deleteFlow(context: WriteContext, { key, ifMatch }: { readonly key: string; readonly ifMatch: string | null }): void {
  const known = context.records.find(drafts, { key })
  if (known === null) throw refuse('SLU_FLOW_UNKNOWN')
  if (ifMatch !== null && ifMatch !== '*' && ifMatch !== known.etag) throw refuse('SLU_PRECONDITION_FAILED')
  context.records.delete(drafts, { key })
  context.records.delete(flowNames, { key })
  context.records.delete(copiesTable, { flow: key })
  context.records.delete(commentsTable, { flow: key })
  context.records.delete(noticesTable, { flow: key })
  activateVersion(context, key, null)
  context.audit('flow.deleted', { flow: key })
  context.notify('flows', { flow: key, change: 'deleted' })
}

export interface PublishFlow {
  readonly key: string
  /** Of the draft that was checked and compiled; another one by now is refused. */
  readonly etag: string
  readonly compiled: CompiledFlow
  readonly note: string
  /** Fresh secrets for webhook triggers; those that have one keep it. */
  readonly hooks: readonly { readonly node: string; readonly sealed: string }[]
  /** What is to happen to runs on older versions; null: nobody was asked, they finish where they are. */
  readonly runs?: RunChoice | null
}

/** What publishing or going back does with runs that live on another version. */
export type RunChoice = 'finish' | 'move' | 'stop'

/** Command `flow.publish` → `{ version, digest }`: seals the draft as the next version and starts new runs on it. */
export function publishFlow(
  context: WriteContext,
  { key, etag, compiled, note, hooks, runs = null }: PublishFlow,
): { readonly version: number; readonly digest: string } {
  const draft = context.records.find(drafts, { key })
  if (draft === null) throw refuse('SLU_FLOW_UNKNOWN')
  if (draft.etag !== etag) throw refuse('SLU_FLOW_CHANGED')
  const [last] = context.records.list(versions, { where: { key }, orderBy: [['version', 'desc']], limit: 1 })
  const version = (last?.version ?? 0) + 1
  const { digest } = compiled
  context.command('engine.flow.put', { flow: { ...compiled, version }, activate: false })
  const { now, actor } = context
  context.records.insert(versions, { key, version, digest, file: draft.file, note, active: false, publishedAt: now, publishedBy: actor.id })
  for (const { node, sealed } of hooks) {
    if (context.records.find(hookSecrets, { flow: key, node }) !== null) continue
    context.records.insert(hookSecrets, { flow: key, node, sealed, previousSealed: null, previousUntil: 0, createdAt: now })
  }
  activateVersion(context, key, version)
  context.audit('flow.published', { flow: key, version: String(version) }, { digest, ...(runs === null ? {} : { runs }) })
  context.notify('flows', { flow: key, change: 'published', version })
  return { version, digest }
}

/** Command `flow.activate`: new runs start on this version; null: on none. Living runs stay on theirs. */
export function activateFlow(
  context: WriteContext,
  {
    key,
    version,
    reason = '',
    runs = null,
  }: { readonly key: string; readonly version: number | null; readonly reason?: string; readonly runs?: RunChoice | null },
): void {
  if (version !== null && context.records.find(versions, { key, version }) === null) throw refuse('SLU_FLOW_VERSION_UNKNOWN')
  const [before] = context.records.list(versions, { where: { key, active: true }, limit: 1 })
  activateVersion(context, key, version)
  const why = { ...(reason === '' ? {} : { reason }), ...(runs === null ? {} : { runs }) }
  context.audit('flow.activated', { flow: key, version: String(version ?? 'none') }, { from: before?.version ?? null, ...why })
  context.notify('flows', { flow: key, change: 'activated', version })
}

function activateVersion(context: WriteContext, key: string, version: number | null): void {
  context.command('engine.flow.activate', { key, version })
  context.records.update(versions, { key, active: true }, { active: false })
  if (version !== null) context.records.update(versions, { key, version }, { active: true })
  syncSchedules(context)
}

/**
 * Command `flow.forget`: what was published of deleted flows goes too, where no run is left to be explained by it. A request of its
 * own after the one that ended the runs: they are gone only once that one is committed.
 */
export function forgetFlows(context: WriteContext, { keys }: { readonly keys: readonly string[] }): void {
  for (const key of keys) {
    if (context.records.find(drafts, { key }) !== null) continue
    if (!context.command<{ readonly gone: boolean }>('engine.flow.forget', { key }).gone) continue
    context.records.delete(versions, { key })
    context.records.delete(hookSecrets, { flow: key })
  }
}

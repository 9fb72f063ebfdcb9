import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { type SaveFlow, saveFlow } from './flows.ts'
import { type CopyRow, copiesTable, retiredTable, templatesTable } from './template-tables.ts'

/** Command `template.publish` → `{ version }`: the next version of a template of this workspace. */
export function publishTemplate(
  context: WriteContext,
  { key, file, note, after }: { readonly key: string; readonly file: string; readonly note: string; readonly after: number },
): { readonly version: number } {
  const [last] = context.records.list(templatesTable, { where: { key }, orderBy: [['version', 'desc']], limit: 1 })
  const version = Math.max(last?.version ?? 0, after) + 1
  const { now, actor } = context
  context.records.insert(templatesTable, { key, version, file, note, publishedAt: now, publishedBy: actor.id })
  context.records.delete(retiredTable, { key })
  context.audit('template.published', { template: key, version: String(version) })
  context.notify('flows', { template: key, change: 'template' })
  return { version }
}

/** Command `template.retire`: nobody installs it any more; its copies stay as they are. Publishing it again brings it back. */
export function retireTemplate(context: WriteContext, { key }: { readonly key: string }): void {
  const { now, actor } = context
  context.records.upsert(retiredTable, { key, retiredAt: now, retiredBy: actor.id })
  context.audit('template.retired', { template: key })
  context.notify('flows', { template: key, change: 'template' })
}

/** Command `template.install`: a draft of its own that remembers where it came from. */
export function installTemplate(context: WriteContext, { save, copy }: { readonly save: SaveFlow; readonly copy: CopyRow }): void {
  saveFlow(context, { ...save, onlyNew: true })
  context.records.upsert(copiesTable, copy)
  context.audit('template.installed', { flow: copy.flow, template: copy.template, version: String(copy.version) })
}

/** Command `template.upgrade`: the merged draft, over exactly the draft that was merged. */
export function upgradeCopy(context: WriteContext, { save, copy }: { readonly save: SaveFlow; readonly copy: CopyRow }): void {
  const known = context.records.find(copiesTable, { flow: copy.flow })
  if (known === null) throw refuse('SLU_TEMPLATE_NOT_A_COPY')
  saveFlow(context, save)
  context.records.upsert(copiesTable, copy)
  context.audit('template.upgraded', { flow: copy.flow, from: String(known.version), to: String(copy.version) })
}

import type { WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { flowFolders, flowNames } from './flow-name-table.ts'
import { foldWords } from './flow-names.ts'
import { users } from './tables.ts'

export const folderLimits = { nameCharsMax: 80, foldersMax: 200 } as const

/** Command `flow-folder.create` → `{ id }`. */
export function createFolder(context: WriteContext, { name }: { readonly name: string }): { readonly id: string } {
  const { records, now } = context
  if (records.count(flowFolders) >= folderLimits.foldersMax) throw refuse('SLU_FOLDER_LIMIT')
  const named = freeName(context, name)
  const id = context.newId()
  records.insert(flowFolders, { id, ...named, createdAt: now })
  context.notify('flows', { folder: id, change: 'folder' })
  return { id }
}

/** Command `flow-folder.rename`. */
export function renameFolder(context: WriteContext, { id, name }: { readonly id: string; readonly name: string }): void {
  assertFolder(context, id)
  context.records.update(flowFolders, { id }, freeName(context, name, id))
  context.notify('flows', { folder: id, change: 'folder' })
}

/** Command `flow-folder.delete`: its flows stay and lie in no folder. */
export function deleteFolder(context: WriteContext, { id }: { readonly id: string }): void {
  assertFolder(context, id)
  context.records.update(flowNames, { folder: id }, { folder: null })
  context.records.delete(flowFolders, { id })
  context.notify('flows', { folder: id, change: 'folder' })
}

export interface PlaceFlow {
  readonly key: string
  readonly folder?: string | null
  /** A person of this workspace; null: nobody. */
  readonly owner?: string | null
}

/** Command `flow.place`: where it lies and who answers for it; the draft and its ETag stay as they are. */
export function placeFlow(context: WriteContext, { key, folder, owner }: PlaceFlow): void {
  const { records } = context
  const known = records.find(flowNames, { key })
  if (known === null) throw refuse('SLU_FLOW_UNKNOWN')
  if (folder != null) assertFolder(context, folder)
  if (owner != null && records.find(users, { id: owner })?.active !== true) throw refuse('SLU_OWNER_UNKNOWN')
  records.upsert(flowNames, { ...known, ...(folder !== undefined && { folder }), ...(owner !== undefined && { owner }) })
  if (owner !== undefined && owner !== known.owner) {
    context.audit('flow.owner-changed', { flow: key, ...(owner !== null && { person: owner }) }, { from: known.owner })
  }
  context.notify('flows', { flow: key, change: 'placed' })
}

function assertFolder({ records }: WriteContext, id: string): void {
  if (records.find(flowFolders, { id }) === null) throw refuse('SLU_FOLDER_UNKNOWN')
}

function freeName({ records }: WriteContext, wish: string, own?: string): { readonly name: string; readonly folded: string } {
  const name = wish.trim()
  const folded = foldWords(name)
  const [same] = records.list(flowFolders, { where: { folded }, limit: 1 })
  if (same !== undefined && same.id !== own) throw refuse('SLU_FOLDER_TAKEN')
  return { name, folded }
}

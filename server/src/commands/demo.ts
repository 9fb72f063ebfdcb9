import type { CommandHandler } from '@sluice/engine/worker'
import { reps } from '@sluice/nodes/crm/server'
import type { Actor, PackServer, WriteContext } from '@sluice/sdk/server'
import { refuse } from '../http/errors/refusal.ts'
import { createFolder, placeFlow } from './flow-folders.ts'
import { flowFolders, flowNames } from './flow-name-table.ts'
import { deleteFlow, type PublishFlow, publishFlow, type SaveFlow, saveFlow } from './flows.ts'
import { drafts, sessions, settings, users } from './tables.ts'
import { type CopyRow, copiesTable } from './template-tables.ts'
import { createUser, type NewUser } from './users.ts'

export interface LoadDemo {
  readonly language: 'en' | 'zh-CN'
  readonly users: readonly NewUser[]
  /** Copies of the templates; those that compile are published too. */
  readonly folders: readonly { readonly name: string; readonly flows: readonly string[] }[]
  readonly flows: readonly { readonly save: SaveFlow; readonly copy: CopyRow; readonly publish: PublishFlow | null }[]
}

/**
 * Commands `demo.load` and `demo.unload`: the people, flows and customers of the demo workspace, in one transaction each.
 * Loading is refused unless nobody and nothing is there yet.
 */
export function demoCommands(packServers: () => readonly PackServer[]): { readonly [name: string]: CommandHandler } {
  return {
    'demo.load'(context: WriteContext, demo: LoadDemo) {
      const { records } = context
      if (records.count(users) > 0 || records.count(drafts) > 0 || records.count(settings) > 0) throw refuse('SLU_DEMO_NOT_EMPTY')
      for (const { save, copy, publish } of demo.flows) {
        saveFlow(context, { ...save, demo: true })
        records.upsert(copiesTable, copy)
        if (publish !== null) publishFlow(context, publish)
      }
      for (const pack of packServers()) pack.demo?.load(context, { language: demo.language })
      addPeople(context, demo.users)
      placeFlows(context, demo.folders)
      records.upsert(settings, { name: 'demo', value: true, updatedAt: context.now })
      context.audit('demo.loaded', {})
      return { users: demo.users.length, flows: demo.flows.length }
    },
    'demo.unload'(context: WriteContext, { keep }: { readonly keep: Actor['id'] | null }) {
      const { records } = context
      for (const pack of [...packServers()].reverse()) pack.demo?.unload(context)
      const flows = records.list(drafts, { where: { demo: true }, limit: 10_000 }).map(({ key }) => key)
      for (const key of flows) deleteFlow(context, { key, ifMatch: null })
      forgetFolders(context)
      context.runs.forget({ subjects: [], flows })
      // Whoever removes the demo stays, or nobody could sign in any more.
      for (const { id } of records.list(users, { where: { demo: true }, limit: 10_000 })) {
        if (id === keep) continue
        records.delete(sessions, { user: id })
        records.delete(users, { id })
        records.update(flowNames, { owner: id }, { owner: null })
      }
      records.update(users, { demo: true }, { demo: false })
      records.delete(settings, { name: 'demo' })
      context.audit('demo.removed', {})
      context.notify('flows', { change: 'demo-removed' })
      return { flows }
    },
  }
}

/** A demo rep signs in as the rep whose customers are theirs, by the same name. */
function addPeople(context: WriteContext, people: readonly NewUser[]): void {
  for (const person of people) {
    const known = person.rep == null ? null : context.records.find(reps, { id: person.rep })
    createUser(context, { ...person, rep: known?.id ?? null, name: known?.name ?? person.name, demo: true, grantor: null })
  }
}

/** The analyst of the demo answers for its flows. */
function placeFlows(context: WriteContext, folders: LoadDemo['folders']): void {
  const { records } = context
  const analyst = records.list(users, { where: { demo: true } }).find(({ roles }) => roles.includes('analyst'))
  if (analyst !== undefined) records.update(flowNames, {}, { owner: analyst.id })
  for (const { name, flows } of folders) {
    const { id } = createFolder(context, { name })
    for (const key of flows) placeFlow(context, { key, folder: id })
  }
}

/** A folder of the demo goes with its flows; one that somebody uses stays. */
function forgetFolders({ records }: WriteContext): void {
  for (const { id } of records.list(flowFolders)) {
    if (records.count(flowNames, { folder: id }) === 0) records.delete(flowFolders, { id })
  }
}

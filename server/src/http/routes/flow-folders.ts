import { Type } from 'typebox'
import { folderLimits } from '../../commands/flow-folders.ts'
import { type FlowFolderRow, flowFolders, flowNames } from '../../commands/flow-name-table.ts'
import type { Door } from '../../door.ts'
import { refuse } from '../errors/refusal.ts'
import type { ServerRoute } from '../route.ts'

const FolderBody = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: folderLimits.nameCharsMax, pattern: '\\S' }) },
  { additionalProperties: false },
)

/** Folders of the list of flows, of the whole workspace. */
export function flowFolderRoutes(door: Door): readonly ServerRoute[] {
  const { records } = door.engine.reader
  const view = ({ id, name }: FlowFolderRow) => ({ id, name, flows: records.count(flowNames, { folder: id }) })
  const found = (id: string) => {
    const folder = records.find(flowFolders, { id })
    if (folder === null) throw refuse('SLU_FOLDER_UNKNOWN')
    return view(folder)
  }
  const tag = 'flows'
  return [
    {
      method: 'GET',
      url: '/api/v1/flow-folders',
      summary: 'Folders of the list of flows with how many lie in each, in all and in none',
      tag,
      pagedBy: 'id',
      handle: () => ({
        body: {
          items: records.list(flowFolders, { orderBy: [['folded', 'asc']], limit: folderLimits.foldersMax }).map(view),
          flows: records.count(flowNames),
          loose: records.count(flowNames, { folder: null }),
        },
      }),
    },
    {
      method: 'POST',
      url: '/api/v1/flow-folders',
      summary: 'Makes a folder',
      tag,
      body: FolderBody,
      async handle({ body, caller }, host) {
        const { id } = await host.command<{ id: string }>('flow-folder.create', body, caller)
        return { status: 201, body: found(id), headers: { location: `/api/v1/flow-folders/${id}` } }
      },
    },
    {
      method: 'PATCH',
      url: '/api/v1/flow-folders/:id',
      summary: 'Renames a folder',
      tag,
      body: FolderBody,
      async handle({ params: { id = '' }, body, caller }, host) {
        await host.command('flow-folder.rename', { ...(body as object), id }, caller)
        return { body: found(id) }
      },
    },
    {
      method: 'DELETE',
      url: '/api/v1/flow-folders/:id',
      summary: 'Removes a folder; its flows stay',
      tag,
      async handle({ params: { id = '' }, caller }, host) {
        await host.command('flow-folder.delete', { id }, caller)
        return { status: 204 }
      },
    },
  ]
}

import { queryOptions } from '@tanstack/react-query'
import { api, type Page } from '../../app/api/index.ts'

export interface FlowFolder {
  readonly id: string
  readonly name: string
  readonly flows: number
}

interface Folders extends Page<FlowFolder> {
  /** Flows of the workspace, and those of them that lie in no folder. */
  readonly flows: number
  readonly loose: number
}

/** In the address: the flows that lie in no folder. */
export const noFolder = 'none'

export const foldersQuery = queryOptions({
  queryKey: ['flows', 'folders'],
  queryFn: ({ signal }) => api.get<Folders>('/flow-folders', undefined, signal),
})

export const createFolder = (name: string) => api.post<FlowFolder>('/flow-folders', { name })
export const renameFolder = ({ id, name }: Pick<FlowFolder, 'id' | 'name'>) => api.patch<FlowFolder>(`/flow-folders/${id}`, { name })
export const deleteFolder = (id: string) => api.delete<void>(`/flow-folders/${id}`)

export interface FlowPlace {
  readonly key: string
  readonly folder?: string | null
  readonly owner?: string | null
}

export const placeFlow = ({ key, ...place }: FlowPlace) => api.patch<unknown>(`/flows/${encodeURIComponent(key)}`, place)

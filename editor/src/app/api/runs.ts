import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { Page, Run } from './shapes.ts'

const pageItems = 50

export interface RunFilters {
  readonly flow?: string | undefined
  readonly state?: string | undefined
  readonly subject?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** `consent`: an act of the run was refused by a gate or taken back. */
  readonly blocked?: string | undefined
  /** A withdrawal: the runs that it ended; with `ended` those whose timers or tasks ended with them. */
  readonly withdrawal?: string | undefined
  readonly ended?: string | undefined
}

export const runsQuery = (filters: RunFilters) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', filters],
    queryFn: ({ pageParam, signal }) => api.get<Page<Run>>('/runs', { ...filters, limit: pageItems, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', 'one', id],
    queryFn: ({ signal }) => api.get<Run>(`/runs/${encodeURIComponent(id)}`, undefined, signal),
  })

/** With `compensate` what its steps did is undone first. */
export const cancelRun = ({ id, compensate = false }: { readonly id: string; readonly compensate?: boolean }) =>
  api.post<Run>(`/runs/${encodeURIComponent(id)}/cancel`, compensate ? { compensate } : undefined)
export const retryRun = (id: string) => api.post<Run>(`/runs/${encodeURIComponent(id)}/retry`)

import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { api, type FlowSummary, type Page } from '../../app/api/index.ts'

const pageItems = 100

interface FlowFilters {
  readonly query?: string | undefined
  readonly state?: string | undefined
}

/** Searched and cut into pages by the server: a workspace may have thousands. What was found stays until the next is there. */
export const flowListQuery = ({ query, state }: FlowFilters) =>
  infiniteQueryOptions({
    queryKey: ['flows', 'list', query ?? '', state ?? ''],
    queryFn: ({ pageParam, signal }) => api.get<Page<FlowSummary>>('/flows', { query, state, limit: pageItems, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query'
import { api, type FlowSummary, type Page } from '../../app/api/index.ts'

const pageItems = 100

interface FlowPage extends Page<FlowSummary> {
  /** When the day began that its counts are of. An answer kept for the time without a network may be from before. */
  readonly todayFrom?: string
}

interface FlowFilters {
  readonly query?: string | undefined
  readonly state?: string | undefined
  readonly folder?: string | undefined
  readonly owner?: string | undefined
}

/** Searched and cut into pages by the server: a workspace may have thousands. What was found stays until the next is there. */
export const flowListQuery = ({ query, state, folder, owner }: FlowFilters) =>
  infiniteQueryOptions({
    queryKey: ['flows', 'list', query ?? '', state ?? '', folder ?? '', owner ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get<FlowPage>('/flows', { query, state, folder, owner, limit: pageItems, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

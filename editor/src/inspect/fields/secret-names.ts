import { queryOptions } from '@tanstack/react-query'
import { api, type Page } from '../../app/api/index.ts'

/** What a flow may use by name; nobody sees the values. */
export const secretNamesQuery = queryOptions({
  queryKey: ['secret-names'],
  queryFn: ({ signal }) => api.get<Page<{ readonly name: string }>>('/secret-names', undefined, signal),
  staleTime: 300_000,
})

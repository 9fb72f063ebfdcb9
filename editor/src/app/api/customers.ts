import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { ConsentSheet, Customer, Page, Rep, Strategy } from './shapes.ts'

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => api.get<Customer>(`/customers/${encodeURIComponent(id)}`, undefined, signal),
  })

export const consentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id, 'consents'],
    queryFn: ({ signal }) => api.get<ConsentSheet>(`/customers/${encodeURIComponent(id)}/consents`, undefined, signal),
  })

export const strategiesQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id, 'strategies'],
    queryFn: ({ signal }) => api.get<Page<Strategy>>(`/customers/${encodeURIComponent(id)}/strategies`, undefined, signal),
  })

export const repsQuery = queryOptions({
  queryKey: ['reps'],
  queryFn: ({ signal }) => api.get<Page<Rep>>('/reps', undefined, signal),
  staleTime: 300_000,
})

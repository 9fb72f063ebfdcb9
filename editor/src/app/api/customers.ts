import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, send } from './request.ts'
import type { ConsentSheet, Customer, FieldDefinition, ImportReport, Page, Rep, Strategy } from './shapes.ts'

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

/** Writes the rep anew, so all that stays is named. */
export const saveRep = ({ id, name, team = null, region = null, language = 'en', deputy = null, manager = null }: Rep) =>
  api.post<Rep>('/reps', { id, name, team, region, language, deputy, manager })

export const fieldsQuery = queryOptions({
  queryKey: ['customer-fields'],
  queryFn: ({ signal }) => api.get<Page<FieldDefinition>>('/customer-fields', undefined, signal),
  staleTime: 300_000,
})

const pageItems = 50

export const customersQuery = (query: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'list', query ?? ''],
    queryFn: ({ pageParam, signal }) => api.get<Page<Customer>>('/customers', { query, limit: pageItems, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

export interface ImportRequest {
  readonly file: File
  readonly key: string
  readonly dryRun: boolean
}

/** The file goes up as it is; the server reads it in its own encoding. */
export async function importCustomers({ file, key, dryRun }: ImportRequest): Promise<ImportReport> {
  const query = { key, dryRun, file: file.name.slice(0, 100) }
  return (await send<ImportReport>('POST', '/customers/import', { query, raw: { type: 'text/csv', content: file } })).body
}

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { Cell, Page, Withdrawal } from './shapes.ts'

const pageItems = 50

export const withdrawalQuery = (id: string) =>
  queryOptions({
    queryKey: ['withdrawals', 'one', id],
    queryFn: ({ signal }) => api.get<Withdrawal>(`/withdrawals/${encodeURIComponent(id)}`, undefined, signal),
  })

export const withdrawalsQuery = (filters: { readonly state?: string | undefined; readonly customer?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['withdrawals', 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Withdrawal>>('/withdrawals', { ...filters, limit: pageItems, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

export interface WithdrawRequest {
  readonly customer: string
  readonly cells?: readonly Cell[]
  readonly session?: string
  readonly all?: true
  readonly channel: string
}

export const withdrawConsent = (request: WithdrawRequest) =>
  api.post<{ readonly withdrawal: string; readonly epoch: number }>('/consents/withdraw', request)

export interface GrantRequest extends Cell {
  readonly customer: string
  readonly scope: 'standing' | 'session'
  readonly session?: string
  readonly act: string
}

export const grantConsent = (request: GrantRequest) => api.post<{ readonly consent: string; readonly epoch: number }>('/consents', request)

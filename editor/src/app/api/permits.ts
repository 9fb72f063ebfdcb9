import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { Page } from './shapes.ts'

/** Leave one outside act had: on which consent, by which rules, and how it ended. */
export interface Permit {
  readonly id: string
  readonly customer: string
  readonly run: string | null
  readonly node: string | null
  readonly purpose: string
  readonly scene: string
  readonly channel: string | null
  readonly recipient: string | null
  readonly categories: readonly string[]
  readonly policyHash: string | null
  readonly consent: string
  readonly epoch: number
  readonly issuedAt: string
  readonly state: 'issued' | 'acked' | 'dispatched' | 'cancelled' | 'escaped' | 'recalled'
  readonly withdrawal: string | null
}

/** The newest ones; a run with more than the limit is rare, and its steps show what is there. */
export const permitsOfRun = (run: string) =>
  queryOptions({
    queryKey: ['permits', run],
    queryFn: ({ signal }) => api.get<Page<Permit>>('/permits', { run, limit: 200 }, signal),
  })

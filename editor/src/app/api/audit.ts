import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { AuditEntry, AuditVerdict, Page } from './shapes.ts'

const pageItems = 100

export interface AuditFilters {
  readonly kind?: string | undefined
  readonly customer?: string | undefined
  readonly actor?: string | undefined
  readonly purpose?: string | undefined
  readonly flow?: string | undefined
  readonly record?: string | undefined
}

export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', filters],
    queryFn: ({ pageParam, signal }) => api.get<Page<AuditEntry>>('/audit', { ...filters, limit: pageItems, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

export const verifyAudit = () => api.get<AuditVerdict>('/audit/verify')

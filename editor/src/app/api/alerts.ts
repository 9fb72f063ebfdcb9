import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { Alert, Page } from './shapes.ts'

const shownMax = 200

export type AlertView = 'open' | 'acknowledged'

export const alertsQuery = (view: AlertView) =>
  queryOptions({
    queryKey: ['alerts', 'list', view],
    queryFn: ({ signal }) => api.get<Page<Alert>>('/alerts', { state: view, limit: shownMax }, signal),
  })

export const acknowledgeAlert = (id: string) => api.post<Alert>(`/alerts/${encodeURIComponent(id)}/acknowledge`)

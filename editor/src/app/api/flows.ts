import type { FlowDefinition } from '@sluice/flows'
import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { FlowSummary, Page } from './shapes.ts'

const flowsMax = 200

/** The first flows, for names and choices; more than these are found on their screen. */
export const flowsQuery = queryOptions({
  queryKey: ['flows', 'all'],
  queryFn: ({ signal }) => api.get<Page<FlowSummary>>('/flows', { limit: flowsMax }, signal),
})

export function readFlow(key: string): Promise<FlowDefinition> {
  return api.get<FlowDefinition>(`/flows/${key}`)
}

/** Stores a flow under its own key; refused when there is one already. */
export function createFlow(flow: FlowDefinition): Promise<FlowDefinition> {
  return api.put<FlowDefinition>(`/flows/${flow.key}`, flow, { 'if-none-match': '*' })
}

export function deleteFlow(key: string): Promise<void> {
  return api.delete<void>(`/flows/${key}`)
}

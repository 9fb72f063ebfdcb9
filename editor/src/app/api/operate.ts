import type { Json, Text } from '@sluice/flows'
import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { RunFilters } from './runs.ts'
import type { Page, Run } from './shapes.ts'

/** Operating runs. Whatever may repeat or change something is asked for first; `shown` binds the confirmation to that answer. */

export interface RepeatedEffect {
  readonly node: string
  readonly type: string
  readonly effect: 'internal' | 'idempotent' | 'unsafe'
  readonly done: number
  readonly failed: number
  readonly lastAt: string | null
  readonly canKeep: boolean
}

export interface RerunPreview {
  readonly shown: string
  readonly cancels: boolean
  readonly effects: readonly RepeatedEffect[]
  readonly aloneAt: readonly string[]
}

export interface MovePreview {
  readonly shown: string
  readonly can: boolean
  readonly from: number
  readonly to: number
  readonly obstacles: readonly { readonly kind: string; readonly node?: string }[]
  readonly changes: readonly { readonly node: string; readonly where: 'here' | 'passed'; readonly what: string }[]
}

export type BulkAction = 'cancel' | 'retry' | 'move'

export interface BulkOrder {
  readonly action: BulkAction
  readonly filter: Readonly<Record<string, unknown>>
  readonly version?: number
  readonly compensate?: boolean
  readonly reason?: string
}

export interface BulkPreview {
  readonly shown: string
  readonly count: number
  readonly can: number
  readonly more: boolean
  readonly limit: number
}

export interface BulkResult {
  readonly done: number
  readonly failed: number
  readonly results: readonly { readonly run: string; readonly ok: boolean; readonly code: string | null }[]
}

export interface Incident {
  readonly run: string
  readonly flow: string
  readonly version: number
  readonly subject: string | null
  readonly node: string
  readonly label: Text | null
  readonly token: string
  readonly attempt: number
  readonly since: string
  readonly code: string | null
  readonly message: string | null
  /** The message is not worded for the reader: it stands as it was recorded. */
  readonly recorded?: boolean
  readonly cause: string | null
  readonly fix: string | null
  readonly retryHelps: boolean
}

export interface DeadLetter {
  readonly id: string
  readonly at: string
  readonly type: string
  readonly source: string
  readonly subject: string | null
  readonly reason: 'nobody' | 'failed' | 'paused'
  readonly flow: string | null
  /** Why its trigger could not tell. */
  readonly code: string | null
  readonly state: 'open' | 'redelivered' | 'dismissed'
  readonly content: Json
}

export interface HistogramSlot {
  readonly from: string
  readonly to: string
  readonly live: number
  readonly succeeded: number
  readonly troubled: number
}

const at = (run: string) => `/runs/${encodeURIComponent(run)}`
const rerunAt = (run: string, node: string) => `${at(run)}/rerun-from/${encodeURIComponent(node)}`

export const previewRerun = (run: string, node: string) => api.post<RerunPreview>(rerunAt(run, node), { confirm: false })
export const rerun = (order: { readonly run: string; readonly node: string; readonly shown: string; readonly repeat: readonly string[] }) =>
  api.post<{ readonly run: string }>(rerunAt(order.run, order.node), { confirm: true, shown: order.shown, repeat: order.repeat })
export const skipStep = ({
  run,
  ...skip
}: {
  readonly run: string
  readonly node: string
  readonly port: string
  readonly data: Json
  readonly reason: string
}) => api.post<Run>(`${at(run)}/skip`, skip)
export const previewMove = (run: string, version: number) => api.post<MovePreview>(`${at(run)}/move`, { version })
export const moveRun = ({ run, ...move }: { readonly run: string; readonly version: number; readonly shown: string }) =>
  api.post<Run>(`${at(run)}/move`, { ...move, confirm: true })
export const previewBulk = (order: BulkOrder) => api.post<BulkPreview>('/runs/bulk', order)
export const actInBulk = (order: BulkOrder & { readonly shown: string }) => api.post<BulkResult>('/runs/bulk', { ...order, confirm: true })
export const pauseFlow = ({ key, mode, reason }: { readonly key: string; readonly mode: 'hold' | 'refuse'; readonly reason: string }) =>
  api.post<unknown>(`/flows/${encodeURIComponent(key)}/pause`, { mode, reason })
export const resumeFlow = (key: string) => api.post<{ readonly released: number }>(`/flows/${encodeURIComponent(key)}/resume`)
export const redeliverLetter = (id: string) =>
  api.post<{ readonly runs: readonly { readonly run: string }[] }>(`/dead-letters/${encodeURIComponent(id)}/redeliver`)
export const dismissLetter = (id: string) => api.post<unknown>(`/dead-letters/${encodeURIComponent(id)}/dismiss`)

export const incidentsQuery = (filter: { readonly flow?: string | undefined; readonly run?: string | undefined }) =>
  queryOptions({
    queryKey: ['runs', 'incidents', filter],
    queryFn: ({ signal }) => api.get<Page<Incident>>('/incidents', { ...filter, limit: 100 }, signal),
  })

export const lettersQuery = queryOptions({
  queryKey: ['dead-letters'],
  queryFn: ({ signal }) => api.get<Page<DeadLetter>>('/dead-letters', { limit: 200 }, signal),
})

export const histogramQuery = (filters: RunFilters, slots: number) =>
  queryOptions({
    queryKey: ['runs', 'histogram', filters, slots],
    queryFn: ({ signal }) =>
      api.get<{ readonly from: string; readonly to: string; readonly items: readonly HistogramSlot[] }>(
        '/runs/histogram',
        { ...filters, slots },
        signal,
      ),
  })

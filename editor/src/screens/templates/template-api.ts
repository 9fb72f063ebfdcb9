import type { FlowDefinition, MergeConflict, Side } from '@sluice/flows'
import { queryOptions } from '@tanstack/react-query'
import { api, type Page } from '../../app/api/index.ts'

export interface Need {
  readonly kind: 'model' | 'messages' | 'host' | 'secret' | 'webhook'
  readonly name: string | null
}

export interface Template {
  readonly key: string
  readonly source: 'shipped' | 'workspace'
  readonly version: number
  readonly note: string
  readonly needs: readonly Need[]
  readonly copies: number
  readonly flow: FlowDefinition
}

export type CopyOf =
  | { readonly template: null }
  | { readonly template: string; readonly version: number; readonly newest: number | null; readonly note: string }

export interface UpgradePreview {
  readonly from: number
  readonly to: number
  readonly note: string
  readonly shown: string
  readonly conflicts: readonly MergeConflict[]
  readonly open: readonly string[]
  readonly ours: FlowDefinition
  readonly flow: FlowDefinition
}

export type Choices = Readonly<Record<string, Side>>

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: ({ signal }) => api.get<Page<Template>>('/templates', undefined, signal),
})

/** What the workspace measured of the time before a template is installed. */
interface TemplateBaseline {
  readonly key: string
  /** Null: nothing tells how often it would have started. */
  readonly events: number | null
  readonly answered: number
  readonly more: boolean
  readonly medianMs: number | null
}

export const baselinesQuery = queryOptions({
  queryKey: ['templates', 'baselines'],
  queryFn: ({ signal }) => api.get<Page<TemplateBaseline> & { readonly days: number }>('/template-baselines', undefined, signal),
  staleTime: 60_000,
})

export const installTemplate = ({ template, ...body }: { template: string; key: string; name?: string; answers: object }) =>
  api.post<{ readonly flow: string }>(`/templates/${template}/install`, body)
export const previewUpgrade = (key: string, choices: Choices) => api.post<UpgradePreview>(`/flows/${key}/template/upgrade`, { choices })
export const upgradeCopy = (key: string, shown: string, choices: Choices) =>
  api.post<{ readonly to: number }>(`/flows/${key}/template/upgrade`, { confirm: true, shown, choices })
export const publishTemplate = (key: string, body: object) => api.put<{ readonly version: number }>(`/templates/${key}`, body)
export const retireTemplate = (key: string) => api.delete<void>(`/templates/${key}`)

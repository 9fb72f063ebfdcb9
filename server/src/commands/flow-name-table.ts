import { defineTable } from '@sluice/sdk/server'

/** What a flow is found by, beside its draft: a search of thousands must not read thousands of files. */
export interface FlowNameRow {
  readonly key: string
  /** Key and names, folded. */
  readonly words: string
}

export const flowNames = defineTable<FlowNameRow>({
  name: 'flow_names',
  columns: { key: { type: 'text' }, words: { type: 'text' } },
  primaryKey: ['key'],
})

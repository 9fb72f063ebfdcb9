import { defineTable } from '@sluice/sdk/server'

/** What a flow is found by, beside its draft: a search of thousands must not read thousands of files. */
export interface FlowNameRow {
  readonly key: string
  /** Key and names, folded. */
  readonly words: string
  /** Where it lies in the list; null: in none. */
  readonly folder: string | null
  /** The person who answers for it; null: a machine made it, or a release that kept no owners. */
  readonly owner: string | null
}

export const flowNames = defineTable<FlowNameRow>({
  name: 'flow_names',
  columns: {
    key: { type: 'text' },
    words: { type: 'text' },
    folder: { type: 'text', nullable: true },
    owner: { type: 'text', nullable: true },
  },
  primaryKey: ['key'],
  indexes: [{ columns: ['folder', 'key'] }, { columns: ['owner', 'key'] }],
})

/** A folder of the list of flows. It holds nothing itself: each flow says where it lies, and lies in one at the most. */
export interface FlowFolderRow {
  readonly id: string
  readonly name: string
  /** Folded: two folders by one name would be told apart by nobody. */
  readonly folded: string
  readonly createdAt: number
}

export const flowFolders = defineTable<FlowFolderRow>({
  name: 'flow_folders',
  columns: { id: { type: 'text' }, name: { type: 'text' }, folded: { type: 'text' }, createdAt: { type: 'integer' } },
  primaryKey: ['id'],
  indexes: [{ columns: ['folded'], unique: true }],
})

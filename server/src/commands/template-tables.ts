import { defineTable } from '@sluice/sdk/server'

/** A template of this workspace; each change is a version of its own. */
export interface TemplateRow {
  readonly key: string
  readonly version: number
  /** The flow file with its parameters. */
  readonly file: string
  readonly note: string
  readonly publishedAt: number
  readonly publishedBy: string
}

export const templatesTable = defineTable<TemplateRow>({
  name: 'flow_templates',
  columns: {
    key: { type: 'text' },
    version: { type: 'integer' },
    file: { type: 'text' },
    note: { type: 'text' },
    publishedAt: { type: 'integer' },
    publishedBy: { type: 'text' },
  },
  primaryKey: ['key', 'version'],
})

/** A template that was taken out of the gallery. Its versions stay, so that a later one is newer than every copy of them. */
export interface RetiredRow {
  readonly key: string
  readonly retiredAt: number
  readonly retiredBy: string
}

export const retiredTable = defineTable<RetiredRow>({
  name: 'flow_templates_retired',
  columns: { key: { type: 'text' }, retiredAt: { type: 'integer' }, retiredBy: { type: 'text' } },
  primaryKey: ['key'],
})

/** Which flow is a copy of which template. */
export interface CopyRow {
  readonly flow: string
  readonly template: string
  readonly version: number
  /** The template as it was filled in: what an upgrade compares both sides with. */
  readonly base: string
  readonly answers: { readonly [name: string]: unknown }
}

export const copiesTable = defineTable<CopyRow>({
  name: 'flow_copies',
  columns: {
    flow: { type: 'text' },
    template: { type: 'text' },
    version: { type: 'integer' },
    base: { type: 'text' },
    answers: { type: 'json' },
  },
  primaryKey: ['flow'],
  indexes: [{ columns: ['template'] }],
})

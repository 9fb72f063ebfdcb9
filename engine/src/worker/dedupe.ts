import { quietTable, ratePlacesTable, ratesTable } from './admission.ts'
import { behindTable } from './behind.ts'
import { locksTable } from './locks.ts'
import { forksTable, heldTable, lettersTable, pausesTable, refusalsTable } from './operate-tables.ts'
import { defineTable } from './records.ts'

interface DedupeRow {
  readonly flow: string
  /** What the flow's `dedupe` expression gave. */
  readonly key: string
  readonly run: string
  readonly at: number
}

/** Events a flow has already acted on, by its own idea of sameness. Hosts create it with the packs' tables. */
export const dedupeTable = defineTable<DedupeRow>({
  name: 'engine_dedupe',
  columns: { flow: { type: 'text' }, key: { type: 'text' }, run: { type: 'text' }, at: { type: 'integer' } },
  primaryKey: ['flow', 'key'],
})

/** Tables the loop itself keeps beside the store's own. */
export const engineTables = [
  dedupeTable,
  locksTable,
  ratesTable,
  ratePlacesTable,
  quietTable,
  forksTable,
  pausesTable,
  heldTable,
  lettersTable,
  refusalsTable,
  behindTable,
] as const

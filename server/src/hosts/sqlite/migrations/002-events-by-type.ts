import type { Migration } from './index.ts'

/** A step may take an event that came before the step was reached. */
export const eventsByType: Migration = {
  number: 2,
  name: 'events by type',
  sql: 'CREATE INDEX inbox_by_type ON inbox (type, received_at);',
}

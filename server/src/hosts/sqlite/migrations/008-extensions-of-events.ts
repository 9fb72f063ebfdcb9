import type { Migration } from './index.ts'

/** The attributes of a CloudEvent that a sender adds, so that waits for earlier events and replays of past ones see them too. */
export const extensionsOfEvents: Migration = {
  number: 8,
  name: 'extensions of events',
  sql: 'ALTER TABLE inbox ADD COLUMN extensions TEXT;',
}

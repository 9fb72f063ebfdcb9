import type { Migration } from './index.ts'

/** Whose words an event may carry, so that a step that takes it later knows who must not approve what it says. */
export const authorsOfEvents: Migration = {
  number: 7,
  name: 'authors of events',
  sql: 'ALTER TABLE inbox ADD COLUMN authors TEXT;',
}

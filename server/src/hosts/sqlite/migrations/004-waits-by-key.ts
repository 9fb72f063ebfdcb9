import type { Migration } from './index.ts'

/** An event finds the runs that wait for it without a look at those that wait for another. */
export const waitsByKey: Migration = {
  number: 4,
  name: 'waits by key',
  sql: `DROP INDEX waits_by_type;
CREATE INDEX waits_by_key ON waits (type, key);`,
}

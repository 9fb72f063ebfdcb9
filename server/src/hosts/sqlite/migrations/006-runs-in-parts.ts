import type { Migration } from './index.ts'

/**
 * The runs of a customer, found in stretches of a few thousand runs: one index over all of them took a page of its own from each commit
 * for nearly every run (`store/run-parts.ts`). Runs of earlier releases are one stretch, number 0, so that no row is written anew.
 */
export const runsInParts: Migration = {
  number: 6,
  name: 'runs in parts',
  sql: `ALTER TABLE runs ADD COLUMN part INTEGER NOT NULL DEFAULT 0;
DROP INDEX runs_by_subject;
CREATE INDEX runs_of_subject ON runs (part, subject, id) WHERE subject IS NOT NULL;`,
}

import type { Migration } from './index.ts'

/** Timers of withdrawals ring before others that are due. */
export const timerRanks: Migration = {
  number: 3,
  name: 'timer ranks',
  sql: `ALTER TABLE timers ADD COLUMN rank INTEGER NOT NULL DEFAULT 1;
CREATE INDEX timers_urgent ON timers (rank, due_at, run, id) WHERE rank < 1;`,
}

import { firstTables } from './001-first-tables.ts'
import { eventsByType } from './002-events-by-type.ts'
import { timerRanks } from './003-timer-ranks.ts'
import { waitsByKey } from './004-waits-by-key.ts'
import { notSucceededOfFlow } from './005-not-succeeded-of-flow.ts'
import { runsInParts } from './006-runs-in-parts.ts'
import { authorsOfEvents } from './007-authors-of-events.ts'
import { extensionsOfEvents } from './008-extensions-of-events.ts'
import { auditFilters } from './009-audit-filters.ts'

/** One numbered step of the file's shape. A released one is never edited: its checksum is stored in every database. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

export const allMigrations: readonly Migration[] = [
  firstTables,
  eventsByType,
  timerRanks,
  waitsByKey,
  notSucceededOfFlow,
  runsInParts,
  authorsOfEvents,
  extensionsOfEvents,
  auditFilters,
]

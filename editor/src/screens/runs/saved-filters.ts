import type { RunFilters } from '../../app/api/index.ts'

export const savedFilters = ['stuck', 'consent'] as const
export type SavedFilter = (typeof savedFilters)[number]

const minute = 60_000
const stuckMs = 24 * 60 * minute

/** What a saved filter asks the server, to the minute so that a list keeps its address for that long. */
export function savedFilter(name: string | undefined, now = Date.now()): RunFilters {
  if (name === 'consent') return { blocked: 'consent' }
  if (name === 'stuck')
    return { state: 'running,waiting,incident', to: new Date(Math.floor(now / minute) * minute - stuckMs).toISOString() }
  return {}
}

import type { Visit } from './visits.ts'

/**
 * Where an axis of time ends. Who still waits has waited until this very moment, not until the last thing that happened; but a wait of
 * days leaves at least half of the axis to what did happen, or all of that would be one line at its edge.
 */
export function endOfAxis(startedAt: number, endedAt: number, visits: readonly Visit[], now: number): number {
  if (!visits.some(({ to }) => to === null)) return endedAt
  const happened = endedAt - startedAt
  return Math.max(endedAt, happened === 0 ? now : Math.min(now, endedAt + happened))
}

import type { Visit } from './visits.ts'

/** Where an axis of time ends: who still waits has waited until this very moment, not until the last thing that happened. */
export function endOfAxis(endedAt: number, visits: readonly Visit[], now: number): number {
  return visits.some(({ to }) => to === null) ? Math.max(endedAt, now) : endedAt
}

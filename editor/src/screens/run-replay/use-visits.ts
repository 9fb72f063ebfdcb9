import { useMemo } from 'react'
import type { Timeline } from '../../run/timeline.ts'
import { type Visit, visitsIn } from '../../run/visits.ts'

export function useVisits(line: Timeline): readonly Visit[] {
  return useMemo(() => visitsIn(line.entries), [line])
}

/** The first stop at which an entry is already told. */
export function stopAt(line: Timeline, place: number): number {
  const found = line.stops.findIndex((stop) => stop >= place)
  return found < 0 ? Math.max(0, line.stops.length - 1) : found
}

/** The stay that is looked at: the last one of the step of which the journal has spoken at this moment. */
export function visitAt(visits: readonly Visit[], node: string, count: number): Visit | null {
  let found: Visit | null = null
  for (const visit of visits) {
    if (visit.node !== node || visit.first >= count) continue
    if (found === null || spokenAt(visit, count) >= spokenAt(found, count)) found = visit
  }
  return found
}

function spokenAt({ first, last }: Visit, count: number): number {
  return last < count ? last : first
}

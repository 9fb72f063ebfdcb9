import type { Waiting } from '@sluice/nodes/approvals/server'
import { pushLimits } from './limits.ts'

const rememberedMax = 5_000

/**
 * Whether somebody begins to be waited for: a task says that it is open with each note and each claim, too. What was opened before the
 * start is told only when it has changed hands.
 */
export function oncePerWaiting(startedAt: number): (task: string, waiting: Waiting) => boolean {
  const seen = new Set<string>()
  return (task, { assignee, createdAt, isHandedOver }) => {
    const key = `${task} ${assignee}`
    if (seen.has(key)) return false
    seen.add(key)
    for (const oldest of seen) {
      if (seen.size <= rememberedMax) break
      seen.delete(oldest)
    }
    return createdAt >= startedAt || isHandedOver
  }
}

/** At most so many a minute for each person. */
export function rateOfPeople(): (person: string, now: number) => boolean {
  let minute = 0
  const counts = new Map<string, number>()
  return (person, now) => {
    const current = Math.floor(now / 60_000)
    if (current !== minute) counts.clear()
    minute = current
    const count = (counts.get(person) ?? 0) + 1
    counts.set(person, count)
    return count <= pushLimits.perPersonMinuteMax
  }
}

import type { InfiniteData } from '@tanstack/react-query'
import type { Page, Run, RunStateName } from '../../app/api/index.ts'

const endStates: readonly RunStateName[] = ['succeeded', 'failed', 'cancelled']

export interface LiveRun {
  readonly run: string
  readonly status: RunStateName
}

/** What such a run waits for is not in the message. */
const standingStates: readonly RunStateName[] = ['waiting', 'incident']

/** Puts live states into the loaded pages. `isKnown` is false when the list must be read again: a run is not in it, or stands somewhere new. */
export function mergeLive(
  data: InfiniteData<Page<Run>, string | null>,
  live: readonly LiveRun[],
  now: string,
): { readonly data: InfiniteData<Page<Run>, string | null>; readonly isKnown: boolean } {
  const states = new Map(live.map((each) => [each.run, each.status]))
  const found = new Set<string>()
  let stands = false
  const pages = data.pages.map((page) => {
    if (!page.items.some((run) => states.has(run.id))) return page
    const items = page.items.map((run) => {
      const state = states.get(run.id)
      if (state === undefined) return run
      found.add(run.id)
      if (state !== run.state && standingStates.includes(state)) stands = true
      return state === run.state ? run : { ...run, state, endedAt: endStates.includes(state) ? (run.endedAt ?? now) : null }
    })
    return { ...page, items }
  })
  return { data: found.size === 0 ? data : { ...data, pages }, isKnown: found.size === states.size && !stands }
}

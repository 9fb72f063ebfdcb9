import { flowsQuery, queryClient } from '../../../app/api/index.ts'
import { go } from '../../../app/navigate.ts'
import { actTour } from './tour-store.ts'

/** Begins it on the flow that is open, else on the one that was changed last, else where one is made. */
export async function startTour(): Promise<void> {
  actTour({ kind: 'begin' })
  if (/^\/flows\/[^/]+$/.test(location.pathname)) return
  const { items } = await queryClient.fetchQuery(flowsQuery)
  const [newest] = [...items].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt))
  go(newest === undefined ? '/flows?new=1' : `/flows/${newest.key}`)
}

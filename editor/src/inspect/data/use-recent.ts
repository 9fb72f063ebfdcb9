import { useQuery } from '@tanstack/react-query'
import { api, type JournalItem, type Page, type Run, useMay } from '../../app/api/index.ts'
import { wholeItem } from '../../app/api/journal.ts'
import { useFlow } from '../../canvas/flow-editor.ts'

export interface RecentRun {
  readonly run: Run
  readonly journal: readonly JournalItem[]
}

/** As many as one look may read: each is a journal of its own. */
const runsMax = 30
const lanes = 4
const entriesMax = 1_000

/** The latest runs of the open flow with what happened in them; asked for only while somebody looks. Masked as everywhere. */
export function useRecentRuns(isOn: boolean): readonly RecentRun[] {
  const may = useMay()
  const key = useFlow((state) => state.doc.head.key)
  const query = useQuery({
    queryKey: ['runs', 'recent', key],
    queryFn: ({ signal }) => readRecent(key, signal),
    enabled: isOn && may('runs.read'),
    staleTime: 30_000,
  })
  return query.data ?? none
}

const none: readonly RecentRun[] = []

async function readRecent(flow: string, signal: AbortSignal): Promise<readonly RecentRun[]> {
  const { items } = await api.get<Page<Run>>('/runs', { flow, limit: runsMax }, signal)
  const found: RecentRun[] = []
  const open = items.map((run, index) => ({ run, index }))
  const lane = async () => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const { run, index } = next
      const journal = await api.get<Page<JournalItem>>(`/runs/${encodeURIComponent(run.id)}/journal`, { limit: entriesMax }, signal)
      found[index] = { run, journal: journal.items.map(wholeItem) }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return found
}

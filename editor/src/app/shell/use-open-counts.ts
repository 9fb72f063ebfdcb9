import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Alert, api, type Page, type Task, useMay, useStream } from '../api/index.ts'
import { useFirstIdle } from '../when-idle.ts'
import type { Screen } from './screens.ts'

const countMax = 100

async function openOnes<Item>(path: string, more: { readonly mine?: true }, signal: AbortSignal): Promise<readonly Item[]> {
  return (await api.get<Page<Item>>(path, { state: 'open', limit: countMax, ...more }, signal)).items
}

/** What waits for the reader, not what they may look at: open tasks and unread alerts beside their names in the rail; kept true by the stream, as the notices behind the bell are. */
export function useOpenCounts(): Partial<Record<Screen['id'], number>> {
  const may = useMay()
  const client = useQueryClient()
  const isIdle = useFirstIdle()
  const tasks = useQuery({
    queryKey: ['tasks', 'count'],
    queryFn: async ({ signal }) =>
      (await openOnes<Pick<Task, 'mayAnswer'>>('/tasks', { mine: true }, signal)).filter(({ mayAnswer }) => mayAnswer).length,
    enabled: isIdle && may('tasks.read'),
  })
  const alerts = useQuery({
    queryKey: ['alerts', 'count'],
    queryFn: async ({ signal }) =>
      (await openOnes<Pick<Alert, 'mayAcknowledge'>>('/alerts', {}, signal)).filter((alert) => alert.mayAcknowledge).length,
    enabled: isIdle && may('alerts.read'),
  })
  useStream({ topics: ['tasks', 'alerts', 'notices'] }, (message) => {
    if (message.kind === 'resumed' || (message.kind === 'topic' && message.topic === 'notices')) {
      void client.invalidateQueries({ queryKey: ['notices'] })
    }
    if (message.kind === 'resumed' || (message.kind === 'topic' && message.topic === 'tasks')) {
      void client.invalidateQueries({ queryKey: ['tasks'] })
    }
    if (message.kind === 'resumed' || (message.kind === 'topic' && message.topic === 'alerts')) {
      void client.invalidateQueries({ queryKey: ['alerts'] })
    }
  })
  return { ...(tasks.data !== undefined && { tasks: tasks.data }), ...(alerts.data !== undefined && { alerts: alerts.data }) }
}

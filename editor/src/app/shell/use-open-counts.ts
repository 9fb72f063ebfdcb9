import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type Page, useMay, useStream } from '../api/index.ts'
import { useFirstIdle } from '../when-idle.ts'
import type { Screen } from './screens.ts'

const countMax = 100

async function countOf(path: string, signal: AbortSignal): Promise<number> {
  return (await api.get<Page<unknown>>(path, { state: 'open', limit: countMax }, signal)).items.length
}

/** Open tasks and unread alerts beside their names in the rail; kept true by the stream, as the notices behind the bell are. */
export function useOpenCounts(): Partial<Record<Screen['id'], number>> {
  const may = useMay()
  const client = useQueryClient()
  const isIdle = useFirstIdle()
  const tasks = useQuery({
    queryKey: ['tasks', 'count'],
    queryFn: ({ signal }) => countOf('/tasks', signal),
    enabled: isIdle && may('tasks.read'),
  })
  const alerts = useQuery({
    queryKey: ['alerts', 'count'],
    queryFn: ({ signal }) => countOf('/alerts', signal),
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

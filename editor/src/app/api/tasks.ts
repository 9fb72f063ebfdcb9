import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { Page, Task } from './shapes.ts'

const shownMax = 200

export type TaskView = 'open' | 'mine' | 'answered'

export const tasksQuery = (view: TaskView) =>
  queryOptions({
    queryKey: ['tasks', 'list', view],
    queryFn: ({ signal }) =>
      api.get<Page<Task>>(
        '/tasks',
        { state: view === 'answered' ? 'answered' : 'open', mine: view === 'mine' ? true : undefined, limit: shownMax },
        signal,
      ),
  })

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => api.get<Task>(`/tasks/${encodeURIComponent(id)}`, undefined, signal),
  })

const path = (id: string, act: string) => `/tasks/${encodeURIComponent(id)}/${act}`
export const claimTask = (id: string) => api.post<Task>(path(id, 'claim'))
export const transferTask = (input: { readonly id: string; readonly to: string }) =>
  api.post<Task>(path(input.id, 'transfer'), { to: input.to })

export interface TaskAnswer {
  readonly id: string
  readonly action: string
  readonly data: unknown
  readonly shownHash: string
}
export const answerTask = ({ id, ...answer }: TaskAnswer) => api.post<Task>(path(id, 'answer'), answer)

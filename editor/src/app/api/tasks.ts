import { queryOptions } from '@tanstack/react-query'
import { api, send } from './request.ts'
import type { Page, Task } from './shapes.ts'

const shownMax = 200

export type TaskView = 'open' | 'mine' | 'sent' | 'answered'

/** Tasks are read without a network too: the service worker keeps the last answers. */
const offline = { networkMode: 'always' } as const

export const tasksQuery = (view: TaskView) =>
  queryOptions({
    queryKey: ['tasks', 'list', view],
    queryFn: ({ signal }) =>
      api.get<Page<Task>>(
        '/tasks',
        {
          state: view === 'answered' ? 'answered' : view === 'sent' ? 'all' : 'open',
          mine: view === 'mine' ? true : undefined,
          sent: view === 'sent' ? true : undefined,
          limit: shownMax,
        },
        signal,
      ),
    ...offline,
  })

export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => api.get<Task>(`/tasks/${encodeURIComponent(id)}`, undefined, signal),
    ...offline,
  })

const path = (id: string, act: string) => `/tasks/${encodeURIComponent(id)}/${act}`
export const claimTask = (id: string) => api.post<Task>(path(id, 'claim'))
export const transferTask = ({ id, to, comment }: { readonly id: string; readonly to: string; readonly comment?: string }) =>
  api.post<Task>(path(id, 'transfer'), { to, ...(comment !== undefined && comment !== '' && { comment }) })
export const addSigner = ({
  id,
  ...body
}: {
  readonly id: string
  readonly to: string
  readonly place: string
  readonly comment?: string
}) => api.post<Task>(path(id, 'add-signer'), body)
export const returnTask = ({ id, ...body }: { readonly id: string; readonly comment: string }) => api.post<Task>(path(id, 'return'), body)
export const withdrawTask = ({ id, ...body }: { readonly id: string; readonly comment: string }) =>
  api.post<Task>(path(id, 'withdraw'), body)
export const askAbout = ({ id, ...body }: { readonly id: string; readonly to?: string; readonly text: string }) =>
  api.post<Task>(path(id, 'ask'), body)
export const commentOn = ({ id, text }: { readonly id: string; readonly text: string }) => api.post<Task>(path(id, 'comment'), { text })

export interface TaskAnswer {
  readonly id: string
  readonly action: string
  readonly data: unknown
  readonly shownHash: string
}

/** The same key again is the same answer: a decision sent twice because the network broke off is taken once. */
export async function answerTask({ id, ...answer }: TaskAnswer, key?: string): Promise<Task> {
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  return (await send<Task>('POST', path(id, 'answer'), { body: answer, headers })).body
}

export interface Absence {
  readonly id: string
  readonly person: string
  readonly deputy: string
  readonly from: string
  readonly until: string
  readonly byAdmin: boolean
}

export const absencesQuery = queryOptions({
  queryKey: ['absences'],
  queryFn: ({ signal }) => api.get<Page<Absence>>('/absences', undefined, signal),
})
export const setAbsence = (body: { readonly deputy: string; readonly from: string; readonly until: string }) =>
  api.post<Absence>('/absences', body)
export const endAbsence = (id: string) => api.post<Absence>(`/absences/${encodeURIComponent(id)}/end`)

/** A colleague, as far as handing work on needs to know. */
export interface Colleague {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
  readonly rep: string | null
  readonly active: boolean
}

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => api.get<Page<Colleague>>('/people', undefined, signal),
  staleTime: 300_000,
})

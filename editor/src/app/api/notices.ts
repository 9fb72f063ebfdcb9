import { queryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { Page } from './shapes.ts'

/** Something said that one should see: named in a comment, given a thread, answered where one takes part. */
export interface Notice {
  readonly id: string
  readonly kind: 'mention' | 'assigned' | 'answer'
  readonly flow: { readonly key: string; readonly name: string | { readonly en: string; readonly 'zh-CN': string } }
  readonly thread: string
  readonly by: string
  /** Null when it was taken back. */
  readonly text: string | null
  readonly at: string
  readonly readAt: string | null
}

const shownMax = 50

export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => api.get<Page<Notice> & { readonly unread: number }>('/notices', { limit: shownMax }, signal),
})

export const readNotices = (ids?: readonly string[]) => api.post<void>('/notices/read', ids === undefined ? {} : { ids })

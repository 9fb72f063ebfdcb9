import { infiniteQueryOptions } from '@tanstack/react-query'
import { api } from './request.ts'
import type { Message, Page } from './shapes.ts'

const pageItems = 50

export const messagesQuery = (filters: { readonly state?: string | undefined; readonly customer?: string | undefined }) =>
  infiniteQueryOptions({
    queryKey: ['messages', 'list', filters],
    queryFn: ({ pageParam, signal }) => api.get<Page<Message>>('/messages', { ...filters, limit: pageItems, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

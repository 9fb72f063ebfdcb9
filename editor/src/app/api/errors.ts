import { queryOptions } from '@tanstack/react-query'
import { dataLanguage } from '../i18n/index.ts'
import { api } from './request.ts'
import type { Page } from './shapes.ts'

export interface ErrorWords {
  readonly code: string
  readonly says: string
  readonly hint: string
}

/** What the error codes of recorded runs mean, in the reader's language. They change with the server's version only. */
export function errorWordsQuery() {
  return queryOptions({
    queryKey: ['error-words', dataLanguage()],
    queryFn: async ({ signal }) => {
      const { items } = await api.get<Page<ErrorWords>>('/errors', undefined, signal)
      return new Map(items.map((item) => [item.code, item]))
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
}

import { QueryClient } from '@tanstack/react-query'
import { isProblem } from './problem-error.ts'

/** A refusal does not change by asking again; only a silent or overloaded server is asked twice more. */
export function worthRetrying(failures: number, error: unknown): boolean {
  return failures < 2 && isProblem(error) && (error.status === 0 || error.status >= 502)
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 10_000, gcTime: 300_000, retry: worthRetrying, refetchOnWindowFocus: true },
    // Without a network an act fails at once and says so, instead of happening later by itself.
    mutations: { retry: false, networkMode: 'always' },
  },
})

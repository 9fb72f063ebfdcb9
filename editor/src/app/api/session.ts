import { queryOptions, useQuery } from '@tanstack/react-query'
import { setWorkspaceZone } from '../i18n/index.ts'
import { queryClient } from './client.ts'
import { isProblem } from './problem-error.ts'
import { api } from './request.ts'
import type { Session } from './shapes.ts'

/** Null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await api.get<Session>('/session', undefined, signal)
      setWorkspaceZone(session.workspace.timeZone)
      return session
    } catch (error) {
      if (isProblem(error, 401)) return null
      throw error
    }
  },
  staleTime: 60_000,
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => api.get<{ readonly needed: boolean }>('/setup', undefined, signal),
})

export function useSession(): Session | null {
  return useQuery(sessionQuery).data ?? null
}

/** What the server allows this person; the screens only mirror it. */
export function useMay(): (permission: string) => boolean {
  const permissions = useSession()?.user.permissions ?? []
  return (permission) => permissions.includes(permission)
}

export async function signIn(email: string, password: string): Promise<void> {
  await api.post('/session', { email, password })
  queryClient.clear()
  await queryClient.fetchQuery(sessionQuery)
}

export async function signOut(): Promise<void> {
  await api.delete('/session')
  queryClient.clear()
}

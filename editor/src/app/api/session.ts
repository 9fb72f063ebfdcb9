import { queryOptions, useQuery } from '@tanstack/react-query'
import { setWorkspaceZone } from '../i18n/index.ts'
import { queryClient } from './client.ts'
import { isProblem } from './problem-error.ts'
import { api, nowSignedOut } from './request.ts'
import type { Session } from './shapes.ts'

interface Door {
  /** The first admin still has to be made. */
  readonly needed: boolean
  readonly signedIn: boolean
}

const askAtTheDoor = (signal?: AbortSignal) => api.get<Door>('/setup', undefined, signal)

/**
 * Null: nobody is signed in. Asked at the door first, which answers everybody: a browser writes every refusal into its console,
 * and a sign-in screen that starts with an error looks broken to whoever opens it.
 */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    if (!(await askAtTheDoor(signal)).signedIn) return null
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
  // Asked without a network too: the service worker keeps the last answer.
  networkMode: 'always',
})

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => askAtTheDoor(signal),
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

/** Leaves for the sign-in when the server does not know this browser any more; says nothing when the server cannot be asked. */
export async function noticeSignOut(): Promise<void> {
  const door = await askAtTheDoor().catch(() => null)
  if (door?.signedIn === false) nowSignedOut()
}

/** The questions of the first sign-in are over for this person, here and on every other device. */
export async function noteFirstRun(outcome: 'answered' | 'skipped'): Promise<void> {
  await api.put('/session/first-run', { outcome })
  queryClient.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, user: { ...session.user, firstRun: false } })
}

/** Where whoever has just signed in goes: where they wanted to, or first to the questions that nobody is asked twice. */
export function firstStop(to: string): string {
  const session = queryClient.getQueryData(sessionQuery.queryKey)
  if (session?.user.firstRun !== true) return to
  return to === '/' ? '/welcome' : `/welcome?to=${encodeURIComponent(to)}`
}

/** With the account, for the next device. */
export const keepLanguage = (language: 'en' | 'zh-CN') => api.put<void>('/session/language', { language })

export async function signOut(): Promise<void> {
  await api.delete('/session')
  queryClient.clear()
}

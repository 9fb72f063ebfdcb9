import { createStore } from 'zustand/vanilla'
import { queryClient, sessionQuery } from '../../app/api/index.ts'

const recentMax = 5

/** Step types this person placed last, the latest first, as the palette shows them. */
export const recentTypes = createStore<{ readonly types: readonly string[] }>(() => ({ types: [] }))

/** Each person on a shared computer has their own. */
const keyOf = () => `sluice.recent.${queryClient.getQueryData(sessionQuery.queryKey)?.user.id ?? ''}`

/** As they were kept; whoever signed in since has others. */
export function readRecent(): void {
  recentTypes.setState({ types: kept() })
}

/** What is there already keeps its place while it is looked at: nothing may move under the pointer that just pressed it. */
export function noteRecent(type: string): void {
  const types = [type, ...kept().filter((each) => each !== type)].slice(0, recentMax)
  try {
    localStorage.setItem(keyOf(), JSON.stringify(types))
  } catch {
    // Without storage there is nothing to remember.
    return
  }
  if (!recentTypes.getState().types.includes(type)) recentTypes.setState({ types })
}

function kept(): readonly string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(keyOf()) ?? '[]')
    return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string').slice(0, recentMax) : []
  } catch {
    return []
  }
}

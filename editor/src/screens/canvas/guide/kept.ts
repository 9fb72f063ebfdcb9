import { queryClient, sessionQuery } from '../../../app/api/index.ts'

type Name = 'tour' | 'hints'

/** Each person on a shared computer has their own. */
function keyOf(name: Name): string {
  return `sluice.${name}.${queryClient.getQueryData(sessionQuery.queryKey)?.user.id ?? ''}`
}

export function readKept(name: Name): string | null {
  try {
    return localStorage.getItem(keyOf(name))
  } catch {
    return null
  }
}

export function writeKept(name: Name, value: string): void {
  try {
    localStorage.setItem(keyOf(name), value)
  } catch {
    // Storage may be switched off; it then lasts for this page.
  }
}

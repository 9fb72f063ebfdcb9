import { create } from 'zustand'

const storageKey = 'sluice.rail'

function stored(): boolean {
  try {
    return localStorage.getItem(storageKey) === 'narrow'
  } catch {
    return false
  }
}

export const useRail = create<{ readonly isNarrow: boolean }>(() => ({ isNarrow: stored() }))

export function toggleRail(): void {
  const isNarrow = !useRail.getState().isNarrow
  useRail.setState({ isNarrow })
  try {
    localStorage.setItem(storageKey, isNarrow ? 'narrow' : 'wide')
  } catch {
    // The choice then lasts for this page.
  }
}

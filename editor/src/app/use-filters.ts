import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

type Filters = Readonly<Record<string, string | undefined>>

/** Filters of a list live in the address, so that a view can be shared. `set({ state: undefined })` takes one away. */
export function useFilters(): { readonly filters: Filters; readonly set: (patch: Filters) => void } {
  const filters: Filters = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = useCallback(
    (patch: Filters) =>
      void navigate({
        to: '.',
        replace: true,
        search: (old: object) =>
          Object.fromEntries(Object.entries({ ...old, ...patch }).filter(([, value]) => value !== undefined && value !== '')),
      } as never),
    [navigate],
  )
  return { filters, set }
}

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

type Filters = Readonly<Record<string, string | undefined>>
/** A number stays a bare number in the address; text that looks like one would be quoted. */
type Patch = Readonly<Record<string, string | number | undefined>>

/** Filters of a list live in the address, so that a view can be shared. `set({ state: undefined })` takes one away. */
export function useFilters(): { readonly filters: Filters; readonly set: (patch: Patch) => void } {
  const filters: Filters = useSearch({ strict: false })
  const navigate = useNavigate()
  const set = useCallback(
    (patch: Patch) =>
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

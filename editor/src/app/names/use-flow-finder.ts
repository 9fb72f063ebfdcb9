import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, type FlowSummary, flowsQuery, type Page, useMay } from '../api/index.ts'

const foundMax = 50
const typingMs = 200

export interface FlowFinder {
  /** The first flows, and what the server found for what was typed. */
  readonly flows: readonly FlowSummary[]
  /** There are more than a choice can hold: it has to be searched. */
  readonly isSearched: boolean
  readonly isPending: boolean
}

/** Flows to choose from. Where a workspace has more than are read at once, the server is asked for what is typed (a name or a key). */
export function useFlowFinder(typed: string): FlowFinder {
  const may = useMay()
  const first = useQuery({ ...flowsQuery, enabled: may('flows.read') })
  const isSearched = first.data !== undefined && first.data.next !== null
  const query = useSettled(typed.trim())
  const found = useQuery({
    queryKey: ['flows', 'found', query],
    queryFn: ({ signal }) => api.get<Page<FlowSummary>>('/flows', { query, limit: foundMax }, signal),
    enabled: isSearched && query !== '',
    placeholderData: keepPreviousData,
  })
  const flows = merged(first.data?.items ?? [], isSearched ? (found.data?.items ?? []) : [])
  return { flows, isSearched, isPending: first.isPending }
}

function merged(first: readonly FlowSummary[], found: readonly FlowSummary[]): readonly FlowSummary[] {
  if (found.length === 0) return first
  const keys = new Set(found.map((flow) => flow.key))
  return [...found, ...first.filter((flow) => !keys.has(flow.key))]
}

/** A text once nobody typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMs)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

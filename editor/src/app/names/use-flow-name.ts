import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, type FlowSummary, flowsQuery, type Page, useMay } from '../api/index.ts'
import { useSay } from '../i18n/index.ts'

/** One list names hardly more flows than this; a longer one shows their keys. */
const namedMax = 50
const sameNameMax = 20

/** A flow's name for its key; the key itself where the reader may not list flows. Those that are not among the first are asked for by key. */
export function useFlowName(): (key: string) => string {
  const say = useSay()
  const may = useMay()
  const flows = useQuery({ ...flowsQuery, enabled: may('flows.read'), staleTime: 60_000 })
  const missed = useRef(new Set<string>())
  const [asked, setAsked] = useState<readonly string[]>([])
  useEffect(() => {
    if (missed.current.size > asked.length && asked.length < namedMax) setAsked([...missed.current].slice(0, namedMax))
  })
  const more = useQuery({
    queryKey: ['flows', 'named', ...asked],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(asked.map((key) => api.get<Page<FlowSummary>>('/flows', { query: key, limit: sameNameMax }, signal)))
      return pages.flatMap(({ items }) => items)
    },
    enabled: asked.length > 0,
    staleTime: 60_000,
    placeholderData: (before) => before,
  })
  return (key) => {
    const isIt = (flow: FlowSummary) => flow.key === key
    const found = flows.data?.items.find(isIt) ?? more.data?.find(isIt)
    if (found === undefined && flows.data !== undefined && flows.data.next !== null && key !== '') missed.current.add(key)
    return say(found?.name) || key
  }
}

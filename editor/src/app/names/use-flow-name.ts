import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { api, type FlowSummary, flowsQuery, type Page, useMay } from '../api/index.ts'
import { useSay } from '../i18n/index.ts'

/** One list names hardly more flows than this; a longer one shows their keys. */
const namedMax = 50

type Named = Pick<FlowSummary, 'key' | 'name'>
const isKey = /^[a-z0-9-]{1,64}$/

/** A flow's name for its key. Those that are not among the first, or all where the reader may not list flows, are asked for by key. */
export function useFlowName(): (key: string) => string {
  const say = useSay()
  const may = useMay()
  const mayList = may('flows.read')
  const mayName = may('runs.own')
  const flows = useQuery({ ...flowsQuery, enabled: mayList, staleTime: 60_000 })
  const missed = useRef(new Set<string>())
  const [asked, setAsked] = useState<readonly string[]>([])
  useEffect(() => {
    if (missed.current.size > asked.length && asked.length < namedMax) setAsked([...missed.current].slice(0, namedMax).sort())
  })
  const more = useQuery({
    queryKey: ['flows', 'named', ...asked],
    queryFn: async ({ signal }) => (await api.get<Page<Named>>('/flow-names', { keys: asked.join(',') }, signal)).items,
    enabled: asked.length > 0,
    staleTime: 60_000,
    placeholderData: (before) => before,
  })
  return (key) => {
    const isIt = (flow: Named) => flow.key === key
    const found = flows.data?.items.find(isIt) ?? more.data?.find(isIt)
    const isMissing = mayList ? flows.data !== undefined && flows.data.next !== null : mayName
    if (found === undefined && isMissing && isKey.test(key)) missed.current.add(key)
    return say(found?.name) || key
  }
}

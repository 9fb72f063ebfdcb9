import { useQuery } from '@tanstack/react-query'
import { flowsQuery, useMay } from '../api/index.ts'
import { useSay } from '../i18n/index.ts'

/** A flow's name for its key; the key itself where the reader may not list flows. */
export function useFlowName(): (key: string) => string {
  const say = useSay()
  const may = useMay()
  const flows = useQuery({ ...flowsQuery, enabled: may('flows.read'), staleTime: 60_000 })
  return (key) => say(flows.data?.items.find((flow) => flow.key === key)?.name) || key
}

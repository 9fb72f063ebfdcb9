import { useQuery } from '@tanstack/react-query'
import { flowsQuery } from '../../app/api/index.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { onDemand, Select } from '../../ui/index.ts'

const FlowSearch = onDemand(async () => (await import('./FlowSearch.tsx')).FlowSearch)

/** One flow of a list's entries, from a list as long as there are few. */
export function FlowFilter({
  value,
  onChange,
  isCompact = true,
}: {
  readonly value: string | null
  readonly onChange: (flow: string | undefined) => void
  /** As high as chips, where it stands beside some. */
  readonly isCompact?: boolean
}) {
  const t = useT()
  const say = useSay()
  const flows = useQuery(flowsQuery)
  const all = 'any'
  const known = flows.data?.items ?? []
  const options = known.map((flow) => ({ value: flow.key, label: say(flow.name) }))
  // More than a list can hold: the server is asked for what is typed.
  if (flows.data !== undefined && flows.data.next !== null) return <FlowSearch value={value} onChange={onChange} />
  const unknown = value !== null && !known.some((flow) => flow.key === value) ? [{ value, label: value }] : []
  return (
    <Select
      aria-label={t('runs.flow')}
      isCompact={isCompact}
      value={value ?? all}
      onChange={(flow) => onChange(flow === all ? undefined : flow)}
      options={[{ value: all, label: t('runs.flow.any') }, ...unknown, ...options]}
    />
  )
}

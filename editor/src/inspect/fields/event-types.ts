import { packs } from '@sluice/nodes'
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../../app/api/index.ts'
import { lettersQuery } from '../../app/api/operate.ts'
import { useSay, useT } from '../../app/i18n/index.ts'
import { templatesQuery } from '../../screens/templates/template-api.ts'
import type { Option } from '../../ui/index.ts'

const sent = packs.flatMap((pack) => pack.events ?? [])
const listening = new Set(['core.event', 'core.wait-event'])

/** Types of events that this workspace knows, each once, with where it is known from. */
export function useEventTypes(): readonly Option[] {
  const t = useT()
  const say = useSay()
  const may = useMay()
  const letters = useQuery({ ...lettersQuery, enabled: may('runs.read'), retry: false }).data?.items ?? []
  const templates = useQuery({ ...templatesQuery, retry: false }).data?.items ?? []
  const found = new Map(sent.map((event) => [event.type, say(event.label)]))
  const add = (type: unknown, help: string) => {
    if (typeof type === 'string' && !found.has(type)) found.set(type, help)
  }
  for (const letter of letters) add(letter.type, t('inspect.event.arrived'))
  for (const { flow } of templates)
    for (const node of flow.nodes)
      if (listening.has(node.type)) add(node.config?.type, t('inspect.event.template', { name: say(flow.name) }))
  return [...found].map(([type, help]) => ({ value: type, label: type, help }))
}

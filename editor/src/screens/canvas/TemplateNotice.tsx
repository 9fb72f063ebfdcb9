import { useQuery } from '@tanstack/react-query'
import { api } from '../../app/api/index.ts'
import { useFirstIdle } from '../../app/when-idle.ts'
import { useFlow, useView } from '../../canvas/flow-editor.ts'
import type { CopyOf } from '../templates/template-api.ts'
import { NewerTemplate } from './parts-on-demand.ts'

/** Says that the template of this copy has a newer version; most flows are no copy of one that moved on. */
export function TemplateNotice() {
  const key = useFlow((state) => state.doc.head.key)
  const canEdit = useView((view) => view.canEdit)
  const { data } = useQuery({
    queryKey: ['flow-template', key],
    queryFn: ({ signal }) => api.get<CopyOf>(`/flows/${key}/template`, undefined, signal),
    enabled: useFirstIdle(),
  })
  if (!canEdit || data === undefined || data.template === null || data.newest === null || data.newest <= data.version) return null
  return <NewerTemplate flowKey={key} version={data.newest} />
}

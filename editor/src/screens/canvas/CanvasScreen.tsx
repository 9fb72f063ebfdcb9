import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isProblem, useMay } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { usePage } from '../../app/shell/page.ts'
import { useRail } from '../../app/shell/rail-store.ts'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { Button, EmptyState } from '../../ui/index.ts'
import { FlowWorkspace } from './FlowWorkspace.tsx'
import { readDraft, readStatus } from './flow-api.ts'

/** Opens a flow for drawing. The document itself never goes through the query cache: it is read once, then the editor owns it. */
export function CanvasScreen({ flowKey }: { readonly flowKey: string }) {
  const t = useT()
  const may = useMay()
  const draft = useQuery({
    queryKey: ['flow-draft', flowKey],
    queryFn: ({ signal }) => readDraft(flowKey, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const status = useQuery({ queryKey: ['flow-status', flowKey], queryFn: ({ signal }) => readStatus(flowKey, signal) })
  useNarrowRail()
  usePage({ crumbs: [{ label: t('app.screen.flows'), href: '/flows' }, { label: flowKey }] })
  if (draft.isPending) return <ScreenLoading />
  if (draft.isError) {
    const missing = isProblem(draft.error, 404)
    return (
      <EmptyState
        title={missing ? t('canvas.load.missing', { key: flowKey }) : t('canvas.load.failed')}
        action={
          missing ? (
            <Button tone="primary" onPress={() => go('/flows')}>
              {t('app.screen.flows')}
            </Button>
          ) : (
            <Button tone="primary" onPress={() => void draft.refetch()}>
              {t('app.retry')}
            </Button>
          )
        }
      />
    )
  }
  return (
    <FlowWorkspace key={flowKey} file={draft.data.file} etag={draft.data.etag} status={status.data ?? null} canWrite={may('flows.write')} />
  )
}

/** The drawing needs the room; the rail comes back as it was on the next screen. */
function useNarrowRail(): void {
  useEffect(() => {
    const { isNarrow } = useRail.getState()
    useRail.setState({ isNarrow: true })
    return () => useRail.setState({ isNarrow })
  }, [])
}

import { queryOptions, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { isProblem, queryClient, useMay } from '../../app/api/index.ts'
import { useT } from '../../app/i18n/index.ts'
import { go } from '../../app/navigate.ts'
import { usePage } from '../../app/shell/page.ts'
import { narrowRail } from '../../app/shell/rail-store.ts'
import { ScreenLoading } from '../../app/shell/ScreenStates.tsx'
import { Button, EmptyState } from '../../ui/index.ts'
import { FlowWorkspace } from './FlowWorkspace.tsx'
import { type Draft, readDraft, readStatus } from './flow-api.ts'

/** Opens a flow for drawing. The document itself never goes through the query cache: it is read once, then the editor owns it. */
function FlowScreen({ flowKey }: { readonly flowKey: string }) {
  const t = useT()
  const may = useMay()
  const draft = useQuery({
    queryKey: ['flow-draft', flowKey],
    queryFn: ({ signal }) => takeFirst(flowKey)?.coming ?? readDraft(flowKey, signal),
    initialData: () => (first?.draft === undefined ? undefined : takeFirst(flowKey)?.draft),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const status = useQuery(statusQuery(flowKey))
  useEffect(narrowRail, [])
  if (draft.isPending)
    return (
      <ByKey flowKey={flowKey}>
        <ScreenLoading />
      </ByKey>
    )
  if (draft.isError) {
    const missing = isProblem(draft.error, 404)
    return (
      <ByKey flowKey={flowKey}>
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
      </ByKey>
    )
  }
  return (
    <FlowWorkspace key={flowKey} file={draft.data.file} etag={draft.data.etag} status={status.data ?? null} canWrite={may('flows.write')} />
  )
}

/** Until the flow itself says where one is. Beside it, it would have the last word: effects of what is outside run last. */
function ByKey({ flowKey, children }: { readonly flowKey: string; readonly children: ReactNode }) {
  const t = useT()
  usePage({ crumbs: [{ label: t('app.screen.flows'), href: '/flows' }, { label: flowKey }] })
  return children
}

const statusQuery = (flowKey: string) =>
  queryOptions({ queryKey: ['flow-status', flowKey], queryFn: ({ signal }) => readStatus(flowKey, signal) })

/** The draft that is read for the first drawing of a visit. The screen takes it, once; whenever it is opened again it reads anew. */
let first: { readonly flowKey: string; readonly coming: Promise<Draft>; draft?: Draft } | null = null

function takeFirst(flowKey: string): typeof first {
  const taken = first?.flowKey === flowKey ? first : null
  first = null
  return taken
}

/** So that the first drawing is the flow's: not an empty screen first, with a wide rail. What fails is told when the screen is drawn. */
async function warm({ flowKey }: { readonly flowKey: string }): Promise<void> {
  narrowRail()
  const coming = readDraft(flowKey)
  first = { flowKey, coming }
  const [draft] = await Promise.all([coming.catch(() => undefined), queryClient.prefetchQuery(statusQuery(flowKey))])
  if (draft !== undefined && first?.coming === coming) first.draft = draft
}

export const CanvasScreen = Object.assign(FlowScreen, { warm })

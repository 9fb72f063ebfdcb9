import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { PageHead } from '../../app/shell/page.ts'
import type { FlowStatus } from './flow-api.ts'
import { useSaving } from './use-saving.ts'

/** Drawing goes on for a while: the server is asked once it rests. */
const restMs = 1_500

/** What the badge beside the name says: nothing live yet, which version is, and whether the draft is that version. */
export function useDraftBadge(status: FlowStatus | null, key: string): NonNullable<PageHead['environment']> {
  const client = useQueryClient()
  const { pending, savedAt, etag } = useSaving()
  useEffect(() => {
    if (savedAt === null) return
    const timer = setTimeout(() => void client.invalidateQueries({ queryKey: ['flow-status', key] }), restMs)
    return () => clearTimeout(timer)
  }, [client, key, savedAt])
  const version = status?.active ?? null
  if (version === null) return { kind: 'draft' }
  // What was saved since the status was read counts as a change until the server has said.
  const isOlder = savedAt !== null && (client.getQueryState(['flow-status', key])?.dataUpdatedAt ?? 0) < savedAt
  const isOther = isOlder && bare(etag) !== bare(status?.etag)
  return { kind: pending > 0 || isOther || status?.changed === true ? 'changed' : 'live', version }
}

function bare(etag: string | null | undefined): string {
  return (etag ?? '').replace(/^W\//, '').replaceAll('"', '')
}

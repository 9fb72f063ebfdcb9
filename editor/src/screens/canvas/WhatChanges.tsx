import { diffFlows } from '@sluice/flows'
import { useQuery } from '@tanstack/react-query'
import { useT } from '../../app/i18n/index.ts'
import { useFlow } from '../../canvas/flow-editor.ts'
import { changesOf, countsOf } from '../../diff/changes.ts'
import { toFile } from '../../doc/index.ts'
import { Link } from '../../ui/index.ts'
import styles from './Dialogs.module.css'
import { readVersion } from './flow-api.ts'

/** The draft against the live version in one line, and the way to the drawing of both. */
export function WhatChanges({ active }: { readonly active: number | null }) {
  const t = useT()
  const doc = useFlow((state) => state.doc)
  const { key } = doc.head
  const live = useQuery({
    queryKey: ['flow-version', key, String(active)],
    enabled: active !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => readVersion(key, active ?? 0, signal),
  })
  if (active === null) return <p className={styles.quiet}>{t('publish.changes.first')}</p>
  if (live.data === undefined) return <p className={styles.quiet}>{t('app.loading')}</p>
  const draft = toFile(doc)
  const counts = countsOf(changesOf(live.data, draft, diffFlows(live.data, draft)))
  const { added, removed, changed, moved } = counts
  if (added + removed + changed === 0 && moved > 0) return <p className={styles.quiet}>{t('publish.changes.moved', { moved })}</p>
  if (added + removed + changed === 0) return <p className={styles.quiet}>{t('publish.changes.none')}</p>
  return (
    <p className={styles.row} data-testid="what-changes">
      <span>{t('publish.changes.count', { version: active, added, removed, changed })}</span>
      <Link href={`/flows/${key}/diff?a=${active}&b=draft`}>{t('publish.changes.show')}</Link>
    </p>
  )
}

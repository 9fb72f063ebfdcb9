import { useInfiniteQuery } from '@tanstack/react-query'
import { Eye, History } from 'lucide-react'
import { useStore } from 'zustand'
import { api, type JournalItem, type Page, type Run, runsQuery } from '../../app/api/index.ts'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { CustomerName } from '../../app/names/CustomerName.tsx'
import { go } from '../../app/navigate.ts'
import { useFlow, useFlowEditor } from '../../canvas/flow-editor.ts'
import { Button, StatusChip, toast } from '../../ui/index.ts'
import styles from './Drawer.module.css'

/** Latest runs of this flow; one of them can be drawn on the canvas. */
export function FlowRuns() {
  const t = useT()
  const format = useFormat()
  const { runs } = useFlowEditor()
  const key = useFlow((state) => state.doc.head.key)
  const followed = useStore(runs, (state) => state.followed)
  const list = useInfiniteQuery({ ...runsQuery({ flow: key }), refetchInterval: 5_000 })
  const items = list.data?.pages.flatMap((page) => page.items) ?? []

  async function show(run: Run): Promise<void> {
    try {
      const page = await api.get<Page<JournalItem>>(`/runs/${encodeURIComponent(run.id)}/journal`, { limit: 500 })
      runs.load(run.id, run.version, run.state, page.items)
    } catch {
      toast({ tone: 'error', title: t('app.problem.title') })
    }
  }

  if (!list.isPending && items.length === 0) return <p className={styles.empty}>{t('canvas.runs.empty')}</p>
  return (
    <table className={styles.table}>
      <tbody>
        {items.map((run) => (
          <tr key={run.id} data-run={run.id} data-shown={run.id === followed}>
            <th scope="row" className={styles.mono}>
              {run.id.slice(-8)}
            </th>
            <td>
              <StatusChip state={run.state} />
            </td>
            <td className={styles.quiet}>v{run.version}</td>
            <td>{run.subject == null ? '' : <CustomerName id={run.subject} />}</td>
            <td className={styles.quiet}>{format.relative(run.startedAt)}</td>
            <td className={styles.quiet}>
              {run.endedAt === null ? '' : format.duration(Date.parse(run.endedAt) - Date.parse(run.startedAt))}
            </td>
            <td>
              <span className={styles.actions}>
                <Button size="small" tone="quiet" icon={<Eye size={14} aria-hidden="true" />} onPress={() => void show(run)}>
                  {run.id === followed ? t('canvas.runs.followed') : t('canvas.runs.follow')}
                </Button>
                <Button size="small" tone="quiet" icon={<History size={14} aria-hidden="true" />} onPress={() => go(`/runs/${run.id}`)}>
                  {t('canvas.runs.replay')}
                </Button>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

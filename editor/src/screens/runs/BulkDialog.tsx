import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RunFilters } from '../../app/api/index.ts'
import { actInBulk, type BulkAction, type BulkOrder, type BulkResult, previewBulk } from '../../app/api/operate.ts'
import { useT } from '../../app/i18n/index.ts'
import { QueryProblem } from '../../app/shell/QueryProblem.tsx'
import { useAct } from '../../app/shell/use-act.ts'
import { Button, Checkbox, Dialog, Link, NumberField, Segments, Spinner, TextField } from '../../ui/index.ts'
import styles from './Operate.module.css'

/** The same act on all runs of the list: how many first, then one result for each. */
export function BulkDialog({ filters, onClose }: { readonly filters: RunFilters; readonly onClose: () => void }) {
  const t = useT()
  const [action, setAction] = useState<BulkAction>('retry')
  const [version, setVersion] = useState<number | null>(null)
  const [compensate, setCompensate] = useState(false)
  const [reason, setReason] = useState('')
  const order: BulkOrder = {
    action,
    filter: filterOf(filters),
    ...(action === 'move' && version !== null && { version }),
    ...(action === 'cancel' && compensate && { compensate }),
  }
  const canAsk = action !== 'move' || (version !== null && version > 0 && filters.flow !== undefined)
  const preview = useQuery({
    queryKey: ['runs', 'bulk', order],
    queryFn: () => previewBulk(order),
    enabled: canAsk,
    gcTime: 0,
    staleTime: 0,
  })
  const act = useAct(actInBulk, { refresh: [['runs']], onProblem: () => void preview.refetch() })
  if (act.data !== undefined) return <Results result={act.data} onClose={onClose} />
  const can = canAsk ? (preview.data?.can ?? 0) : 0
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('operate.bulk.title')}
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone={action === 'cancel' ? 'danger' : 'primary'}
            isDisabled={can === 0 || preview.isFetching}
            isPending={act.isPending}
            onPress={() => preview.data !== undefined && act.mutate({ ...order, shown: preview.data.shown, reason })}
          >
            {t(`operate.bulk.do.${action}`, { count: can })}
          </Button>
        </>
      }
    >
      <div className={styles.stack} data-testid="bulk">
        <p className={styles.quiet}>{t('operate.bulk.lead')}</p>
        <Segments<BulkAction>
          label={t('operate.bulk.action')}
          value={action}
          onChange={setAction}
          options={(['retry', 'cancel', 'move'] as const).map((value) => ({ value, label: t(`operate.bulk.${value}`) }))}
        />
        {action === 'move' &&
          (filters.flow === undefined ? (
            <p className={styles.warn}>{t('operate.bulk.needs-flow')}</p>
          ) : (
            <NumberField
              label={t('operate.move.version')}
              value={version ?? Number.NaN}
              minValue={1}
              onChange={(value) => setVersion(Number.isFinite(value) ? value : null)}
            />
          ))}
        {action === 'cancel' && (
          <Checkbox isSelected={compensate} onChange={setCompensate} help={t('runs.cancel.undo.help')}>
            {t('runs.cancel.undo')}
          </Checkbox>
        )}
        {canAsk && preview.isFetching && <Spinner size={16} />}
        {canAsk && preview.isError && <QueryProblem error={preview.error} onRetry={() => void preview.refetch()} />}
        {canAsk && preview.data !== undefined && !preview.isFetching && (
          <p aria-live="polite">
            {t('operate.bulk.count', { count: preview.data.count, can: preview.data.can })}
            {preview.data.more && ` ${t('operate.bulk.more', { limit: preview.data.limit })}`}
          </p>
        )}
        <TextField label={t('operate.reason')} value={reason} onChange={setReason} maxLength={500} />
      </div>
    </Dialog>
  )
}

function Results({ result, onClose }: { readonly result: BulkResult; readonly onClose: () => void }) {
  const t = useT()
  const failed = result.results.filter(({ ok }) => !ok)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('operate.bulk.done', { done: result.done, failed: result.failed })}
      actions={<Button onPress={onClose}>{t('app.close')}</Button>}
    >
      <div className={styles.stack} data-testid="bulk-results">
        {failed.length === 0 ? (
          <p>{t('operate.bulk.all-done')}</p>
        ) : (
          <ul className={styles.list}>
            {failed.map(({ run, code }) => (
              <li key={run}>
                <Link href={`/runs/${run}`}>{run.slice(-6)}</Link> <code>{code}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  )
}

/** The list's filter in the words of the bulk route. */
export function filterOf({ flow, state, subject, from, to, blocked }: RunFilters): Readonly<Record<string, unknown>> {
  const filter = { flow, state: state?.split(','), subject, from, to, blocked }
  const named = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  // Everything there is: said out loud, because an empty filter is refused.
  return Object.keys(named).length === 0 ? { state: ['running', 'waiting', 'incident'] } : named
}

import { useQuery } from '@tanstack/react-query'
import { ShieldOff } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { type Customer, consentsQuery, useMay } from '../../../app/api/index.ts'
import { useT } from '../../../app/i18n/index.ts'
import { QueryProblem } from '../../../app/shell/QueryProblem.tsx'
import { ScreenLoading } from '../../../app/shell/ScreenStates.tsx'
import { Button, Card } from '../../../ui/index.ts'
import type { ConsentAct } from './act.ts'
import { ConsentGrid } from './ConsentGrid.tsx'
import styles from './ConsentTab.module.css'
import { Records } from './Records.tsx'
import { Sessions } from './Sessions.tsx'

const GrantDialog = lazy(async () => ({ default: (await import('./GrantDialog.tsx')).GrantDialog }))
const WithdrawDialog = lazy(async () => ({ default: (await import('./WithdrawDialog.tsx')).WithdrawDialog }))

/** What the customer allows: the grid, the sessions, the records behind them. */
export function ConsentTab({ customer }: { readonly customer: Customer }) {
  const t = useT()
  const mayWrite = useMay()('consents.write')
  const sheet = useQuery(consentsQuery(customer.id))
  const [act, setAct] = useState<ConsentAct | null>(null)
  if (sheet.isError) return <QueryProblem error={sheet.error} onRetry={() => void sheet.refetch()} />
  if (sheet.isPending) return <ScreenLoading />
  const { grid, sessions, items } = sheet.data
  const close = () => setAct(null)
  return (
    <>
      <Card
        title={t('customers.grid')}
        aside={
          mayWrite && (
            <Button
              tone="danger"
              size="small"
              icon={<ShieldOff size={14} aria-hidden="true" />}
              onPress={() => setAct({ kind: 'withdraw-all' })}
            >
              {t('customers.withdraw.all.action')}
            </Button>
          )
        }
      >
        <p className={styles.help}>{t(mayWrite ? 'customers.grid.help' : 'customers.grid.read-only')}</p>
        <ConsentGrid grid={grid} mayWrite={mayWrite} onAct={setAct} />
      </Card>
      <Card title={t('customers.sessions')} isFlush>
        <Sessions sessions={sessions} cellCount={grid.length} mayWrite={mayWrite} onAct={setAct} />
      </Card>
      <Card title={t('customers.records')} isFlush>
        <Records records={items} />
      </Card>
      <Suspense fallback={null}>
        {act?.kind === 'grant' && <GrantDialog customer={customer} cell={act.cell} onClose={close} />}
        {act !== null && act.kind !== 'grant' && <WithdrawDialog customer={customer} act={act} onClose={close} />}
      </Suspense>
    </>
  )
}

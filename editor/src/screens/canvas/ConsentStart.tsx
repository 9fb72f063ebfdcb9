import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ShieldAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { api, consentsQuery, customersQuery, isProblem } from '../../app/api/index.ts'
import { dataLanguage, type MessageId, useT } from '../../app/i18n/index.ts'
import { useFlowEditor } from '../../canvas/flow-editor.ts'
import { configOf } from '../../doc/index.ts'
import { Button, ComboBox, Dialog, isMasked, Segments, Select, toast } from '../../ui/index.ts'
import styles from './Dialogs.module.css'
import type { FlowStatus } from './flow-api.ts'
import { SimulateInstead } from './SimulateInstead.tsx'
import type { Start } from './test-samples.ts'

const purposes = ['recommendation', 'risk_modelling', 'third_party_sharing', 'service_delivery'] as const
const scenes = ['test_drive', 'quote_push', 'competitor_compare', 'finance_plan', 'aftersales_care', 'event_invite', 'community'] as const
type Change = 'withdrawn' | 'granted'

/** Consent events come from consent alone: this really gives or withdraws it for one customer, and the flow starts from that. */
export function ConsentStart({
  start,
  picker,
  status,
  onClose,
}: {
  readonly start: Start
  readonly picker: ReactNode
  readonly status: FlowStatus | null
  readonly onClose: () => void
}) {
  const t = useT()
  const { runs, view } = useFlowEditor()
  const wanted = configOf(start.step).change
  const isUnpublished = status?.active === null
  const [change, setChange] = useState<Change>(wanted === 'granted' ? 'granted' : 'withdrawn')
  const [query, setQuery] = useState('')
  const [customer, setCustomer] = useState<string | null>(null)
  const [cell, setCell] = useState<{ readonly purpose: string; readonly scene: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const customers = useInfiniteQuery(customersQuery(query === '' ? undefined : query)).data?.pages.flatMap((page) => page.items) ?? []
  const granted =
    useQuery({ ...consentsQuery(customer ?? ''), enabled: customer !== null }).data?.items.filter((each) => each.state === 'given') ?? []
  const [first] = granted
  const purpose = cell?.purpose ?? (change === 'withdrawn' ? first?.purpose : undefined) ?? 'recommendation'
  const scene = cell?.scene ?? (change === 'withdrawn' ? first?.scene : undefined) ?? 'quote_push'

  async function act(): Promise<void> {
    if (customer === null) return
    setBusy(true)
    // Whatever was drawn before makes room: the run that starts now is the one to watch.
    view.setState({ simulateOpen: false })
    runs.follow(null)
    try {
      if (change === 'withdrawn')
        await api.post('/consents/withdraw', { customer, purposes: [purpose], scenes: [scene], channel: 'preference_page' })
      else
        await api.post('/consents', { customer, purpose, scene, scope: 'standing', session: null, act: 'button', language: dataLanguage() })
      toast({ tone: 'ok', title: t(`canvas.consent.${change}.done`) })
      onClose()
    } catch (thrown) {
      setError(
        isProblem(thrown) ? [thrown.message, ...thrown.errors.map((each) => `${each.path}: ${each.message}`)].join(' ') : String(thrown),
      )
      setBusy(false)
    }
  }

  const nameOf = (name: unknown, id: string) => (isMasked(name) || typeof name !== 'string' ? id : name)
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('canvas.run.title')}
      size="medium"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          {isUnpublished ? (
            <SimulateInstead onClose={onClose} />
          ) : (
            <Button
              tone="primary"
              icon={<ShieldAlert size={15} aria-hidden="true" />}
              isPending={busy}
              isDisabled={customer === null}
              onPress={() => void act()}
            >
              {t(`canvas.consent.${change}.submit`)}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.stack} data-testid="test-dialog">
        <p className={styles.quiet}>{t('canvas.consent.lead')}</p>
        {isUnpublished && <p className={styles.warn}>{t('canvas.run.unpublished')}</p>}
        {picker}
        {wanted === 'any' && (
          <Segments
            label={t('canvas.consent.change')}
            value={change}
            onChange={setChange}
            options={(['withdrawn', 'granted'] as const).map((value) => ({ value, label: t(`canvas.consent.${value}.submit`) }))}
          />
        )}
        <ComboBox
          label={t('canvas.consent.customer')}
          placeholder={t('canvas.consent.customer.placeholder')}
          options={customers.slice(0, 50).map((each) => ({ value: each.id, label: nameOf(each.name, each.id), help: each.id }))}
          value={customer}
          inputValue={query}
          onInputChange={setQuery}
          onChange={(id) => {
            setError(null)
            setCell(null)
            setCustomer(id)
            const chosen = customers.find((each) => each.id === id)
            if (chosen !== undefined) setQuery(nameOf(chosen.name, chosen.id))
          }}
        />
        <div className={styles.two}>
          <Select
            label={t('canvas.consent.purpose')}
            value={purpose}
            onChange={(next) => setCell({ purpose: next, scene })}
            options={purposes.map((value) => ({ value, label: t(`app.purpose.${value}` as MessageId) }))}
          />
          <Select
            label={t('canvas.consent.scene')}
            value={scene}
            onChange={(next) => setCell({ purpose, scene: next })}
            options={scenes.map((value) => ({ value, label: t(`app.scene.${value}` as MessageId) }))}
          />
        </div>
        {customer !== null && change === 'withdrawn' && (
          <p className={granted.length === 0 ? styles.warn : styles.quiet}>{t('canvas.consent.grants', { count: granted.length })}</p>
        )}
        {error !== null && (
          <p className={styles.bad} role="alert">
            {error}
          </p>
        )}
      </div>
    </Dialog>
  )
}

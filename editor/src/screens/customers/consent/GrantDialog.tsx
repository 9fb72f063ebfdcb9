import { useState } from 'react'
import { type Cell, type Customer, grantConsent } from '../../../app/api/index.ts'
import { useT } from '../../../app/i18n/index.ts'
import { useWords } from '../../../app/names/use-words.ts'
import { useAct } from '../../../app/shell/use-act.ts'
import { Button, Dialog, RadioGroup } from '../../../ui/index.ts'
import styles from './ConsentTab.module.css'

const acts = ['button', 'checkbox', 'signature', 'voice', 'paper_scan'] as const
type Act = (typeof acts)[number]

/** Writes down what the customer said, with how they said it. */
export function GrantDialog({
  customer,
  cell,
  onClose,
}: {
  readonly customer: Customer
  readonly cell: Cell
  readonly onClose: () => void
}) {
  const t = useT()
  const words = useWords()
  const [act, setAct] = useState<Act | null>(null)
  const grant = useAct(grantConsent, { done: () => t('customers.granted'), refresh: [['customers']], onDone: onClose })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('customers.grant.title')}
      size="small"
      actions={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button
            tone="primary"
            isDisabled={act === null}
            isPending={grant.isPending}
            onPress={() => act !== null && grant.mutate({ ...cell, customer: customer.id, scope: 'standing', act })}
          >
            {t('customers.grant')}
          </Button>
        </>
      }
    >
      <div className={styles.question}>
        <strong>{t('customers.withdraw.cell', { purpose: words.purpose(cell.purpose), scene: words.scene(cell.scene) })}</strong>
        <p className={styles.help}>{t('customers.grant.text')}</p>
        <RadioGroup<Act>
          label={t('customers.grant.act')}
          value={act}
          onChange={setAct}
          options={acts.map((each) => ({ value: each, label: t(`customers.act.${each}`) }))}
        />
      </div>
    </Dialog>
  )
}

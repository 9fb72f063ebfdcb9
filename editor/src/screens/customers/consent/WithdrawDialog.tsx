import { type Customer, withdrawConsent } from '../../../app/api/index.ts'
import { useFormat, useT } from '../../../app/i18n/index.ts'
import { useWords } from '../../../app/names/use-words.ts'
import { go } from '../../../app/navigate.ts'
import { useAct } from '../../../app/shell/use-act.ts'
import { ConfirmDialog, isMasked, toast } from '../../../ui/index.ts'
import type { ConsentAct } from './act.ts'
import styles from './ConsentTab.module.css'

/** One question, then the fence is up. */
export function WithdrawDialog({
  customer,
  act,
  onClose,
}: {
  readonly customer: Customer
  readonly act: Exclude<ConsentAct, { readonly kind: 'grant' }>
  readonly onClose: () => void
}) {
  const t = useT()
  const format = useFormat()
  const words = useWords()
  const withdraw = useAct(withdrawConsent, {
    refresh: [['customers'], ['withdrawals']],
    onDone: ({ withdrawal }) => {
      toast({
        tone: 'ok',
        title: t('customers.withdrawn'),
        action: { label: t('customers.withdrawn.open'), run: () => go(`/withdrawals/${withdrawal}`) },
      })
      onClose()
    },
  })
  const scope =
    act.kind === 'withdraw'
      ? { cells: [act.cell] }
      : act.kind === 'withdraw-session'
        ? { session: act.session.id }
        : ({ all: true } as const)
  const what =
    act.kind === 'withdraw'
      ? t('customers.withdraw.cell', { purpose: words.purpose(act.cell.purpose), scene: words.scene(act.cell.scene) })
      : act.kind === 'withdraw-session'
        ? t('customers.withdraw.session', { when: format.dateTime(act.session.openedAt), channel: words.channel(act.session.channel) })
        : t('customers.withdraw.all')
  return (
    <ConfirmDialog
      isOpen
      title={t('customers.withdraw.title', { name: isMasked(customer.name) ? customer.id : customer.name })}
      action={t('customers.withdraw')}
      isPending={withdraw.isPending}
      onClose={onClose}
      onConfirm={() => withdraw.mutate({ customer: customer.id, channel: 'editor', ...scope })}
    >
      <div className={styles.question}>
        <p className={styles.what}>{what}</p>
        <p>{t('customers.withdraw.text')}</p>
      </div>
    </ConfirmDialog>
  )
}

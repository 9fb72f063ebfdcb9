import { Copy, FileDown, FileSignature } from 'lucide-react'
import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Button, Card, Dialog, toast } from '../../ui/index.ts'
import { saveFile } from '../flows/flow-files.ts'
import styles from './Receipt.module.css'
import { ReceiptView } from './ReceiptView.tsx'
import { contentOf } from './receipt-content.ts'

/** The signed proof: to read, to keep, to check elsewhere. */
export function Receipt({ receipt, id }: { readonly receipt: string; readonly id: string }) {
  const t = useT()
  const [isOpen, open] = useState(false)
  const content = contentOf(receipt)
  const copy = async () => {
    await navigator.clipboard.writeText(receipt)
    toast({ tone: 'ok', title: t('app.copied') })
  }
  return (
    <Card title={t('withdrawals.receipt')}>
      <p className={styles.text}>{t('withdrawals.receipt.text')}</p>
      <div className={styles.actions}>
        {content !== null && (
          <Button icon={<FileSignature size={15} aria-hidden="true" />} onPress={() => open(true)}>
            {t('withdrawals.receipt.view')}
          </Button>
        )}
        <Button icon={<FileDown size={15} aria-hidden="true" />} onPress={() => saveFile(`receipt-${id}.jws`, 'application/jose', receipt)}>
          {t('app.download')}
        </Button>
      </div>
      <Dialog
        isOpen={isOpen}
        onClose={() => open(false)}
        title={t('withdrawals.receipt')}
        actions={
          <Button icon={<Copy size={15} aria-hidden="true" />} onPress={() => void copy()}>
            {t('withdrawals.receipt.copy')}
          </Button>
        }
      >
        {content !== null && <ReceiptView content={content} />}
      </Dialog>
    </Card>
  )
}

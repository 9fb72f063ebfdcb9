import { useState } from 'react'
import { useFormat, useT } from '../../app/i18n/index.ts'
import { toFile } from '../../doc/index.ts'
import { Button, Dialog } from '../../ui/index.ts'
import { DraftComparison } from './DraftComparison.tsx'
import type { OpenFlow } from './open-flow.ts'
import styles from './RecoverBanner.module.css'

/** Work that a closed or killed tab left in this browser: compared, taken back, or thrown away by the person, never by us. */
export function RecoverBanner({ open }: { readonly open: OpenFlow }) {
  const t = useT()
  const format = useFormat()
  const [comparing, setComparing] = useState(false)
  const { found } = open
  if (found === null) return null
  const { added, removed, changed, record } = found
  const settle = (choice: 'restore' | 'discard') => {
    setComparing(false)
    void open.settle(choice)
  }
  const buttons = (
    <>
      <Button size="small" onPress={() => settle('discard')}>
        {t('canvas.recover.discard')}
      </Button>
      <Button size="small" tone="primary" onPress={() => settle('restore')}>
        {t('canvas.recover.restore')}
      </Button>
    </>
  )
  return (
    <div className={styles.banner} role="alert" data-testid="recover">
      <span className={styles.text}>
        {added + removed + changed === 0
          ? t('canvas.recover.found.other', { time: format.dateTime(record.at) })
          : t('canvas.recover.found', { time: format.dateTime(record.at), added, removed, changed })}
      </span>
      <Button size="small" tone="quiet" onPress={() => setComparing(true)}>
        {t('canvas.recover.compare')}
      </Button>
      {buttons}
      <Dialog
        isOpen={comparing}
        onClose={() => setComparing(false)}
        title={t('canvas.recover.compare.title')}
        size="large"
        actions={buttons}
      >
        <DraftComparison mine={toFile(found.mine)} theirs={toFile(open.editor.flow.getState().doc)} />
      </Dialog>
    </div>
  )
}

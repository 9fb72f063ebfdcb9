import { useState } from 'react'
import { useT } from '../../app/i18n/index.ts'
import { Checkbox, ConfirmDialog } from '../../ui/index.ts'

/** Whether to end a run, and whether what its steps did is undone first. */
export function CancelRunDialog({
  isOpen,
  isPending = false,
  onConfirm,
  onClose,
}: {
  readonly isOpen: boolean
  readonly isPending?: boolean
  readonly onConfirm: (compensate: boolean) => void
  readonly onClose: () => void
}) {
  const t = useT()
  const [compensate, setCompensate] = useState(false)
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title={t('runs.cancel.title')}
      action={t('runs.cancel')}
      keep={t('runs.keep')}
      isPending={isPending}
      onClose={onClose}
      onConfirm={() => onConfirm(compensate)}
    >
      {t('runs.cancel.text')}
      <Checkbox isSelected={compensate} onChange={setCompensate} help={t('runs.cancel.undo.help')}>
        {t('runs.cancel.undo')}
      </Checkbox>
    </ConfirmDialog>
  )
}

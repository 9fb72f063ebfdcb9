import type { ReactNode } from 'react'
import { useT } from '../app/i18n/index.ts'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

/** One question with a dangerous answer; the safe one has the focus. */
export function ConfirmDialog({
  isOpen,
  title,
  children,
  action,
  keep,
  isPending = false,
  onConfirm,
  onClose,
}: {
  readonly isOpen: boolean
  readonly title: ReactNode
  readonly children: ReactNode
  readonly action: string
  /** Words of the safe answer, where “Cancel” could mean either. */
  readonly keep?: string
  readonly isPending?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}) {
  const t = useT()
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={title}
      size="small"
      isAlert
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {keep ?? t('app.cancel')}
          </Button>
          <Button tone="danger" onPress={onConfirm} isPending={isPending}>
            {action}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}

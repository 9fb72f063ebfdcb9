import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useT } from '../app/i18n/index.ts'
import { cx } from './cx.ts'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'

export interface DialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: ReactNode
  readonly children: ReactNode
  /** Buttons at the foot, the main one last. */
  readonly actions?: ReactNode
  /** `full`: as wide as the window allows, for work rather than a question. */
  readonly size?: 'small' | 'medium' | 'large' | 'full'
  /** `side`: a sheet from the right; `bottom` on phones is automatic. */
  readonly place?: 'center' | 'side'
  /** A question that must be answered: no close by a click outside. */
  readonly isAlert?: boolean
}

/** Focus moves in, is kept inside, and goes back where it came from. */
export function Dialog({ isOpen, onClose, title, children, actions, size = 'medium', place = 'center', isAlert = false }: DialogProps) {
  const t = useT()
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={!isAlert}
      className={cx(styles.scrim, place === 'side' && styles.atSide)}
    >
      <Modal className={cx(styles.sheet, styles[size], place === 'side' && styles.side)}>
        <AriaDialog className={styles.dialog ?? ''} {...(isAlert && { role: 'alertdialog' as const })}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title ?? ''}>
              {title}
            </Heading>
            <IconButton label={t('app.close')} icon={<X size={16} aria-hidden="true" />} size="small" onPress={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {actions !== undefined && <footer className={styles.foot}>{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}

import { cloneElement, type ReactElement, type ReactNode, type Ref, useRef, useState } from 'react'
import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps, Dialog } from 'react-aria-components'
import { cx } from './cx.ts'
import list from './ListBox.module.css'
import styles from './Popover.module.css'

export interface PopoverProps extends Omit<AriaPopoverProps, 'children' | 'className' | 'style'> {
  /** Accessible name of what opens. */
  readonly label: string
  readonly children: ReactNode | ((close: () => void) => ReactNode)
  readonly className?: string | undefined
}

/** The floating surface alone; give `triggerRef` and `isOpen`, or put it in a `PopoverTrigger`. */
export function Popover({ label, children, className, ...rest }: PopoverProps) {
  return (
    <AriaPopover offset={6} {...rest} className={cx(list.popover, styles.surface, className)}>
      <Dialog aria-label={label} className={styles.dialog ?? ''}>
        {typeof children === 'function' ? children(() => rest.onOpenChange?.(false)) : children}
      </Dialog>
    </AriaPopover>
  )
}

interface TriggerProps {
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly onPress?: (() => void) | undefined
  readonly 'aria-haspopup'?: 'dialog'
  readonly 'aria-expanded'?: boolean
}

/** A button of ours and the `Popover` it opens. */
export function PopoverTrigger({ children }: { readonly children: readonly [ReactElement<TriggerProps>, ReactElement<PopoverProps>] }) {
  const [trigger, popover] = children
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      {cloneElement(trigger, { buttonRef: button, onPress: () => setOpen(true), 'aria-haspopup': 'dialog', 'aria-expanded': isOpen })}
      {cloneElement(popover, { triggerRef: button, isOpen, onOpenChange: setOpen })}
    </>
  )
}

import type { ReactNode } from 'react'
import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps, Dialog, DialogTrigger } from 'react-aria-components'
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
        {({ close }) => (typeof children === 'function' ? children(close) : children)}
      </Dialog>
    </AriaPopover>
  )
}

/** A button and the `Popover` it opens. */
export { DialogTrigger as PopoverTrigger }

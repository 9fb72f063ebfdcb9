import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components'
import { cx } from './cx.ts'
import styles from './Toggle.module.css'

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> {
  readonly children?: ReactNode
  readonly help?: ReactNode
  readonly className?: string | undefined
}

export function Checkbox({ children, help, className, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={cx(styles.checkbox, className)}>
      {({ isIndeterminate }) => (
        <>
          <span className={styles.box}>
            {isIndeterminate ? (
              <Minus size={12} strokeWidth={3} aria-hidden="true" />
            ) : (
              <Check size={12} strokeWidth={3} aria-hidden="true" />
            )}
          </span>
          {children !== undefined && (
            <span className={styles.words}>
              <span>{children}</span>
              {help !== undefined && <span className={styles.help}>{help}</span>}
            </span>
          )}
        </>
      )}
    </AriaCheckbox>
  )
}

import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Toggle.module.css'

export interface SwitchProps {
  readonly isSelected: boolean
  readonly isDisabled?: boolean | undefined
  readonly onChange: (isOn: boolean) => void
  /** Where no words stand beside it. */
  readonly 'aria-label'?: string
  readonly children?: ReactNode
  readonly className?: string | undefined
}

export function Switch({ isSelected, isDisabled, onChange, children, className, ...named }: SwitchProps) {
  return (
    <label className={cx(styles.switch, className)}>
      <input
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox says itself whether it is on.
        role="switch"
        {...named}
        className={styles.native}
        checked={isSelected}
        disabled={isDisabled === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span className={styles.track}>
        <span className={styles.thumb} />
      </span>
      {children !== undefined && <span>{children}</span>}
    </label>
  )
}

import { type Key, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { cx } from './cx.ts'
import type { Option } from './Select.tsx'
import styles from './Toggle.module.css'

/** A few choices side by side, exactly one on. */
export function Segments<Value extends string>({
  label,
  options,
  value,
  onChange,
  className,
}: {
  readonly label: string
  readonly options: readonly Option<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly className?: string
}) {
  const choose = (keys: Set<Key>) => {
    const [key] = keys
    if (key !== undefined) onChange(String(key) as Value)
  }
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={choose}
      className={cx(styles.segments, className)}
    >
      {options.map((option) => (
        <ToggleButton key={option.value} id={option.value} className={styles.segment ?? ''}>
          {option.icon}
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

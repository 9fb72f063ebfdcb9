import { type Key, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import styles from './FilterChips.module.css'
import type { Option } from './Select.tsx'

/** One choice of a list's filter, side by side; `null` is all. */
export function FilterChips<Value extends string>({
  label,
  all,
  options,
  value,
  onChange,
}: {
  readonly label: string
  /** The word for no filter. */
  readonly all: string
  readonly options: readonly Option<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value | null) => void
}) {
  const none = '*'
  const choose = (keys: Set<Key>) => {
    const key = String([...keys][0] ?? none)
    onChange(key === none ? null : (key as Value))
  }
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      selectedKeys={[value ?? none]}
      onSelectionChange={choose}
      className={styles.chips ?? ''}
    >
      <ToggleButton id={none} className={styles.chip ?? ''}>
        {all}
      </ToggleButton>
      {options.map((option) => (
        <ToggleButton key={option.value} id={option.value} className={styles.chip ?? ''}>
          {option.icon}
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

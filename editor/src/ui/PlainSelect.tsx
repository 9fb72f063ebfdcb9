import { ChevronDown } from 'lucide-react'
import { cx } from './cx.ts'
import { fieldStyles, inputClass } from './field-styles.ts'

/** The browser's own list, for a short choice on a screen that does without the kit until something opens. */
export function PlainSelect<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  /** Accessible name. */
  readonly label: string
  /** Null while it is not known; nothing is chosen then. */
  readonly value: Value | null
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <span className={fieldStyles.chooser}>
      <select
        aria-label={label}
        className={cx(inputClass, fieldStyles.compact)}
        value={value ?? ''}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value)
          if (chosen !== undefined) onChange(chosen.value)
        }}
      >
        {value === null && <option value="" disabled hidden />}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} aria-hidden="true" />
    </span>
  )
}

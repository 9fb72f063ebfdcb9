import { type KeyboardEvent, useRef } from 'react'
import { cx } from './cx.ts'
import { PlainButton } from './PlainButton.tsx'
import type { Option } from './Select.tsx'
import styles from './Toggle.module.css'

/** A few choices side by side, exactly one on. One tab stop; arrows choose. */
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
  const group = useRef<HTMLDivElement>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowUp' ? -1 : 0
    const at = options.findIndex((option) => option.value === value)
    const next = (at + by + options.length) % options.length
    const option = by === 0 ? undefined : options[next]
    if (option === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onChange(option.value)
    group.current?.querySelectorAll<HTMLElement>('[role="radio"]')[next]?.focus()
  }
  return (
    <div ref={group} role="radiogroup" aria-label={label} className={cx(styles.segments, className)} onKeyDown={onKeyDown}>
      {options.map((option) => (
        <PlainButton
          key={option.value}
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          className={styles.segment}
          onPress={() => option.value !== value && onChange(option.value)}
        >
          {option.icon}
          {option.label}
        </PlainButton>
      ))}
    </div>
  )
}

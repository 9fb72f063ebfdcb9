import { type ComponentPropsWithRef, useId } from 'react'
import { cx } from './cx.ts'
import { fieldClass, fieldStyles, inputClass } from './field-styles.ts'

/** A line or, with `rows`, some lines of text without the kit, for places that belong to a first visit. */
export function PlainField({
  label,
  value,
  isDisabled,
  lengthMax,
  rows,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly isDisabled?: boolean
  readonly lengthMax?: number
  readonly rows?: number
  readonly onChange: (text: string) => void
}) {
  const id = useId()
  const shared = {
    id,
    value,
    disabled: isDisabled === true,
    ...(lengthMax !== undefined && { maxLength: lengthMax }),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onChange(event.currentTarget.value),
  } satisfies ComponentPropsWithRef<'input'> & ComponentPropsWithRef<'textarea'>
  return (
    <div className={fieldClass}>
      <label className={fieldStyles.label} htmlFor={id}>
        {label}
      </label>
      {rows === undefined ? (
        <input {...shared} className={inputClass} />
      ) : (
        <textarea {...shared} rows={rows} className={cx(inputClass, fieldStyles.area)} />
      )}
    </div>
  )
}

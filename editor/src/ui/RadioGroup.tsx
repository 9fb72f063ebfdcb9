import { RadioGroup as AriaRadioGroup, Radio } from 'react-aria-components'
import { cx } from './cx.ts'
import { FieldFoot, type FieldFrame, FieldLabel, fieldClass } from './Field.tsx'
import type { Option } from './Select.tsx'
import styles from './Toggle.module.css'

export interface RadioGroupProps<Value extends string = string> extends FieldFrame {
  readonly options: readonly Option<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value) => void
  readonly isRequired?: boolean
  readonly isDisabled?: boolean
}

export function RadioGroup<Value extends string = string>({
  label,
  description,
  error,
  className,
  options,
  value,
  onChange,
  ...rest
}: RadioGroupProps<Value>) {
  return (
    <AriaRadioGroup
      {...rest}
      value={value}
      onChange={(chosen) => onChange(chosen as Value)}
      isInvalid={Boolean(error)}
      className={cx(fieldClass, className)}
    >
      {label !== undefined && <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>}
      <div className={styles.options}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={styles.radio ?? ''}>
            <span className={styles.dot} />
            <span className={styles.words}>
              <span>{option.label}</span>
              {option.help !== undefined && <span className={styles.help}>{option.help}</span>}
            </span>
          </Radio>
        ))}
      </div>
      <FieldFoot description={description} error={error} />
    </AriaRadioGroup>
  )
}

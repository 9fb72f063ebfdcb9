import { ChevronDown, ChevronUp } from 'lucide-react'
import { NumberField as AriaNumberField, type NumberFieldProps as AriaNumberFieldProps, Button, Group, Input } from 'react-aria-components'
import { cx } from './cx.ts'
import { FieldFoot, type FieldFrame, FieldLabel, fieldClass, fieldStyles, groupClass } from './Field.tsx'

export interface NumberFieldProps extends FieldFrame, Omit<AriaNumberFieldProps, 'children' | 'className' | 'style' | 'isInvalid'> {
  readonly placeholder?: string
}

export function NumberField({ label, description, error, className, placeholder, ...rest }: NumberFieldProps) {
  return (
    <AriaNumberField {...rest} isInvalid={Boolean(error)} className={cx(fieldClass, className)}>
      {label !== undefined && <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>}
      <Group className={groupClass}>
        <Input className={fieldStyles.bare ?? ''} {...(placeholder !== undefined && { placeholder })} />
        <span className={fieldStyles.steps}>
          <Button slot="increment" className={fieldStyles.step ?? ''}>
            <ChevronUp size={12} aria-hidden="true" />
          </Button>
          <Button slot="decrement" className={fieldStyles.step ?? ''}>
            <ChevronDown size={12} aria-hidden="true" />
          </Button>
        </span>
      </Group>
      <FieldFoot description={description} error={error} />
    </AriaNumberField>
  )
}

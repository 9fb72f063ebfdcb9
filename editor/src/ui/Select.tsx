import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { Select as AriaSelect, Button, type Key, ListBox, ListBoxItem, Popover, SelectValue, Text } from 'react-aria-components'
import { useT } from '../app/i18n/index.ts'
import { cx } from './cx.ts'
import { FieldFoot, type FieldFrame, FieldLabel, fieldClass, fieldStyles, inputClass } from './Field.tsx'
import list from './ListBox.module.css'

export interface Option<Value extends string = string> {
  readonly value: Value
  readonly label: string
  readonly help?: string
  readonly icon?: ReactNode
  readonly isDisabled?: boolean
}

export interface SelectProps<Value extends string = string> extends FieldFrame {
  readonly options: readonly Option<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value) => void
  readonly placeholder?: string
  readonly isDisabled?: boolean
  readonly isRequired?: boolean
  readonly name?: string
  /** Needed without a visible label. */
  readonly 'aria-label'?: string
  /** Small, as wide as its value: for filter bars. */
  readonly isCompact?: boolean
}

export function Select<Value extends string = string>({
  label,
  description,
  error,
  className,
  options,
  value,
  onChange,
  placeholder,
  isCompact,
  ...rest
}: SelectProps<Value>) {
  const t = useT()
  return (
    <AriaSelect
      {...rest}
      value={value}
      onChange={(key: Key | null) => key !== null && onChange(String(key) as Value)}
      isInvalid={Boolean(error)}
      placeholder={placeholder ?? t('app.select.placeholder')}
      className={cx(fieldClass, className)}
    >
      {label !== undefined && <FieldLabel isRequired={rest.isRequired}>{label}</FieldLabel>}
      <Button className={cx(inputClass, fieldStyles.trigger, isCompact && fieldStyles.compact)}>
        <SelectValue className={fieldStyles.value ?? ''}>
          {({ isPlaceholder, selectedText, defaultChildren }) => (isPlaceholder ? defaultChildren : selectedText)}
        </SelectValue>
        <ChevronDown size={14} className={fieldStyles.chevron} aria-hidden="true" />
      </Button>
      <FieldFoot description={description} error={error} />
      <Popover className={list.popover ?? ''} offset={4}>
        <ListBox className={list.list ?? ''}>{options.map((option) => optionItem(option))}</ListBox>
      </Popover>
    </AriaSelect>
  )
}

export function optionItem(option: Option) {
  return (
    <ListBoxItem
      key={option.value}
      id={option.value}
      textValue={option.label}
      className={list.item ?? ''}
      {...(option.isDisabled === true && { isDisabled: true })}
    >
      {option.icon !== undefined && <span className={list.icon}>{option.icon}</span>}
      <span className={list.words}>
        <Text slot="label">{option.label}</Text>
        {option.help !== undefined && (
          <Text slot="description" className={list.help ?? ''}>
            {option.help}
          </Text>
        )}
      </span>
      <Check size={14} className={list.check} aria-hidden="true" />
    </ListBoxItem>
  )
}
